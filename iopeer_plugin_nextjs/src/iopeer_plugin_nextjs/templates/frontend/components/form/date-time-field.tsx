import { Field, type FieldProps } from "@/components/form/field";
import { Input } from "@/components/ui/input";
import { fromLocal, toLocal } from "@/lib/moments";

/** A moment, in the reader's own time. */
export function DateTimeField(props: FieldProps) {
  return (
    <Field<string> {...props}>
      {({ value, onChange, ...control }) => (
        <Input
          {...control}
          type="datetime-local"
          value={value ? toLocal(value) : ""}
          onChange={(event) => onChange(fromLocal(event.target.value))}
        />
      )}
    </Field>
  );
}
