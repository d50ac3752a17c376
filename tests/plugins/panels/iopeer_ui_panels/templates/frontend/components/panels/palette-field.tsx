"use client";

import { Field, type FieldProps } from "@/components/form/field";

const COLORS = ["#888888", "#d73a4a", "#0e8a16"];

/** One of a few colours. */
export function PaletteField(props: FieldProps) {
  return (
    <Field<string> {...props}>
      {({ value, onChange, ...control }) => (
        <select
          {...control}
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        >
          <option value="" />
          {COLORS.map((color) => (
            <option key={color}>{color}</option>
          ))}
        </select>
      )}
    </Field>
  );
}
