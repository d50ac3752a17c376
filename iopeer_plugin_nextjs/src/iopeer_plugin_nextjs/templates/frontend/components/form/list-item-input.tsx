import type { Ref } from "react";

import { DecimalInput } from "@/components/form/decimal-input";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { fromLocal, toLocal } from "@/lib/moments";

export type ListItemType =
  | "text"
  | "longText"
  | "email"
  | "url"
  | "tel"
  | "color"
  | "number"
  | "decimal"
  | "boolean"
  | "date"
  | "time"
  | "datetime";

type Item = string | number | boolean | null;

/** One value of a list, by the type of all of them. */
export function ListItemInput({
  id,
  ref,
  of,
  label,
  value,
  disabled,
  invalid,
  onChange,
}: {
  id?: string;
  ref?: Ref<never>;
  of: ListItemType;
  label: string;
  value: Item;
  disabled?: boolean;
  invalid: boolean;
  onChange: (value: Item) => void;
}) {
  const common = { id, ref, disabled, "aria-label": label, "aria-invalid": invalid };
  const text = value === null ? "" : String(value);
  switch (of) {
    case "boolean":
      return <Switch {...common} checked={value === true} onCheckedChange={onChange} />;
    case "decimal":
      return <DecimalInput {...common} value={text} onChange={onChange} />;
    case "longText":
      return (
        <Textarea
          {...common}
          value={text}
          onChange={(event) => onChange(event.target.value || null)}
        />
      );
    case "number":
      return (
        <Input
          {...common}
          type="number"
          value={text}
          onChange={(event) => onChange(event.target.value ? event.target.valueAsNumber : null)}
        />
      );
    case "datetime":
      return (
        <Input
          {...common}
          type="datetime-local"
          value={toLocal(text)}
          onChange={(event) => onChange(fromLocal(event.target.value))}
        />
      );
    default:
      return (
        <Input
          {...common}
          type={of}
          value={text}
          onChange={(event) => onChange(event.target.value || null)}
        />
      );
  }
}
