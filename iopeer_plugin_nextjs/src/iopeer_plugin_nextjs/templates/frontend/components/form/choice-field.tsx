"use client";

import { Field, type FieldProps } from "@/components/form/field";
import { Select } from "@/components/ui/select";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useTranslations } from "@/lib/i18n";

/** One of a few values. */
export function ChoiceField({ values, ...props }: FieldProps & { values: readonly string[] }) {
  const t = useTranslations("form");
  const labels = useOwnLabels();
  return (
    <Field<string> {...props}>
      {({ value, onChange, name, ...control }) => (
        <Select
          {...control}
          name={name}
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        >
          <option value="">{t(props.required ? "choose" : "none")}</option>
          {values.map((one) => (
            <option key={one} value={one}>
              {labels.choice(props.field ?? name, values, one)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
