import { Field, type FieldProps } from "@/components/form/field";
import { Input } from "@/components/ui/input";

/** A day. */
export function DateField(props: FieldProps) {
  return (
    <Field<string> {...props}>
      {({ value, onChange, ...control }) => (
        <Input
          {...control}
          type="date"
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
    </Field>
  );
}
