import type { ComponentProps } from "react";

import { Input } from "@/components/ui/input";

/** An exact number, as text: no digit is lost; a decimal comma counts as a point. */
export function DecimalInput({
  value,
  onChange,
  ...props
}: Omit<ComponentProps<"input">, "value" | "onChange"> & {
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  return (
    <Input
      {...props}
      inputMode="decimal"
      autoComplete="off"
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value.replace(",", ".") || null)}
    />
  );
}
