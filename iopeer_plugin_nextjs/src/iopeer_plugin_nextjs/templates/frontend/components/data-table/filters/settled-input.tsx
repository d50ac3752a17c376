import { type ComponentProps, useEffect, useRef, useState } from "react";

import { Input } from "@/components/ui/input";

const PAUSE = 600; // milliseconds

/** An input whose value counts once typing pauses, or it is left: a number that is half typed filters nothing. */
export function SettledInput({
  value,
  onChange,
  ...props
}: Omit<ComponentProps<"input">, "value" | "onChange"> & {
  value: string;
  onChange: (value: string | null) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const pause = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(pause.current), []);
  const give = (text: string) => {
    window.clearTimeout(pause.current);
    if (text.trim() !== value) onChange(text.trim() || null);
  };
  const settle = (input: HTMLInputElement) => {
    if (draft !== null && !input.validity.badInput) give(draft);
    setDraft(null);
  };
  return (
    <Input
      {...props}
      value={draft ?? value}
      onChange={({ target: { value: text, validity } }) => {
        setDraft(text);
        window.clearTimeout(pause.current);
        if (!validity.badInput) pause.current = window.setTimeout(() => give(text), PAUSE);
      }}
      onBlur={(event) => settle(event.currentTarget)}
      onKeyDown={(event) => event.key === "Enter" && settle(event.currentTarget)}
    />
  );
}
