"use client";

import { Field, type FieldProps } from "@/components/form/field";
import {
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
} from "@/components/ui/select";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useTranslations } from "@/lib/i18n";

const NONE = " ";

/** One of a few values. */
export function ChoiceField({ values, ...props }: FieldProps & { values: readonly string[] }) {
  const t = useTranslations("form");
  const labels = useOwnLabels();
  return (
    <Field<string> {...props}>
      {({ value, onChange, id, ref, onBlur, name, disabled, ...control }) => (
        <Select
          name={name}
          disabled={disabled}
          value={value ?? ""}
          onValueChange={(chosen) => onChange(chosen === NONE ? null : chosen)}
        >
          <SelectTrigger id={id} ref={ref} onBlur={onBlur} {...control}>
            <SelectValue placeholder={t("choose")} />
          </SelectTrigger>
          <SelectContent>
            {!props.required && (
              <SelectItem value={NONE}>
                <span className="text-muted-foreground">{t("none")}</span>
              </SelectItem>
            )}
            {values.map((one) => (
              <SelectItem key={one} value={one}>
                {labels.choice(props.field ?? name, values, one)}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
