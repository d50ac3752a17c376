import { Field, type FieldProps } from "@/components/form/field";
import { Textarea } from "@/components/ui/textarea";

/** Several lines of text. */
export function LongTextField(props: FieldProps) {
  return (
    <Field<string> {...props} wide>
      {({ value, onChange, ...control }) => (
        <Textarea
          {...control}
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
    </Field>
  );
}
