"use client";

import { Field, type FieldProps } from "@/components/form/field";
import { Input } from "@/components/ui/input";
import { useTranslations } from "@/lib/i18n";

const NO_COLOR = "#808080";

/** A colour: chosen, or written as `#rrggbb`. */
export function ColorField(props: FieldProps) {
  const t = useTranslations("form");
  return (
    <Field<string> {...props}>
      {({ value, onChange, ...control }) => (
        <div className="flex gap-2">
          <input
            type="color"
            aria-label={t("pickColor")}
            disabled={control.disabled}
            className="h-9 w-11 shrink-0 rounded-md border border-input bg-background p-1"
            value={/^#[0-9a-f]{6}$/i.test(value ?? "") ? (value ?? NO_COLOR) : NO_COLOR}
            onChange={(event) => onChange(event.target.value)}
          />
          <Input
            {...control}
            autoComplete="off"
            maxLength={7}
            placeholder="#rrggbb"
            value={value ?? ""}
            onChange={(event) => onChange(event.target.value || null)}
          />
        </div>
      )}
    </Field>
  );
}
