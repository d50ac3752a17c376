import { type ComponentProps, useState } from "react";

import { Input } from "@/components/ui/input";

/** An input whose value counts once it is left or confirmed: a number that is half typed filters nothing. */
export function SettledInput({
  value,
  onChange,
  ...props
}: Omit<ComponentProps<"input">, "value" | "onChange"> & {
  value: string;
  onChange: (value: string | null) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const settle = () => {
    if (draft !== null && draft !== value) onChange(draft.trim() || null);
    setDraft(null);
  };
  return (
    <Input
      {...props}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === "Enter" && settle()}
    />
  );
}
