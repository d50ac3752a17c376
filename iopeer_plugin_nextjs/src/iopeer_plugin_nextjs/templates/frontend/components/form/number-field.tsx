import { Field, type FieldProps } from "@/components/form/field";
import { Input } from "@/components/ui/input";

/** A whole number. */
export function NumberField(props: FieldProps) {
  return (
    <Field<number> {...props}>
      {({ value, onChange, ...control }) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          step={1}
          value={value ?? ""}
          onChange={(event) =>
            onChange(event.target.value === "" ? null : event.target.valueAsNumber)
          }
        />
      )}
    </Field>
  );
}
