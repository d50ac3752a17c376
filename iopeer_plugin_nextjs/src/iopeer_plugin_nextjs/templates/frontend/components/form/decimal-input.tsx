import { type ComponentProps, useState } from "react";

import { Input } from "@/components/ui/input";
import { toDecimal, writtenDecimal } from "@/lib/decimals";
import { useLocale } from "@/lib/i18n";

/** An exact number, as text: no digit is lost. It is written as the reader's language does. */
export function DecimalInput({
  value,
  onChange,
  ...props
}: Omit<ComponentProps<"input">, "value" | "onChange"> & {
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  const locale = useLocale();
  // What is typed stays as it is typed, also while it is no number.
  const [typed, setTyped] = useState<{ text: string; value: string | null }>();
  const change = (text: string) => {
    const meant = text === "" ? null : toDecimal(text, locale);
    setTyped({ text, value: meant });
    onChange(meant);
  };
  return (
    <Input
      {...props}
      inputMode="decimal"
      autoComplete="off"
      value={typed && typed.value === (value || null) ? typed.text : writtenDecimal(value ?? "", locale)}
      onChange={(event) => change(event.target.value)}
    />
  );
}
