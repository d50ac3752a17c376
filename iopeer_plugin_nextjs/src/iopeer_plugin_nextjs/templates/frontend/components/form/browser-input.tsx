import type { ComponentProps } from "react";

import { Input } from "@/components/ui/input";
import { readFrom, UNREADABLE } from "@/lib/unreadable";

/** An input that the browser reads: a number, a date, a time. What it cannot read is told apart from nothing. */
export function BrowserInput({
  value,
  onChange,
  onBlur,
  ...props
}: Omit<ComponentProps<"input">, "value" | "onChange" | "onBlur"> & {
  value: string | number;
  onChange: (text: string | null) => void;
  onBlur?: () => void;
}) {
  // Half a date is no change to the browser: keys and leaving it are looked at too.
  const look = (input: HTMLInputElement) => {
    const text = readFrom(input);
    if (text !== (String(value) || null)) onChange(text);
  };
  return (
    <Input
      {...props}
      value={value === UNREADABLE ? "" : value}
      onChange={(event) => look(event.currentTarget)}
      onKeyUp={(event) => look(event.currentTarget)}
      onBlur={(event) => {
        look(event.currentTarget);
        onBlur?.();
      }}
    />
  );
}
