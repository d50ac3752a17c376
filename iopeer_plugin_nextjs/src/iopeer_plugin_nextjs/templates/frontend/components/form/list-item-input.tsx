import type { Ref } from "react";

import { BrowserInput } from "@/components/form/browser-input";
import { DecimalInput } from "@/components/form/decimal-input";
import { toNumber } from "@/components/form/number-field";
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
        <BrowserInput
          {...common}
          type="number"
          value={text}
          onChange={(written) => onChange(toNumber(written))}
        />
      );
    case "datetime":
      return (
        <BrowserInput
          {...common}
          type="datetime-local"
          value={toLocal(text)}
          onChange={(written) => onChange(written && (fromLocal(written) ?? written))}
        />
      );
    default:
      return <BrowserInput {...common} type={of} value={text} onChange={onChange} />;
  }
}
