import { Field, type FieldProps } from "@/components/form/field";
import { Input } from "@/components/ui/input";

/** A time of day. */
export function TimeField(props: FieldProps) {
  return (
    <Field<string> {...props}>
      {({ value, onChange, ...control }) => (
        <Input
          {...control}
          type="time"
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
    </Field>
  );
}
