import { BrowserInput } from "@/components/form/browser-input";
import { Field, type FieldProps } from "@/components/form/field";

/** A day. */
export function DateField(props: FieldProps) {
  return (
    <Field<string> {...props}>
      {({ value, ...control }) => <BrowserInput {...control} type="date" value={value ?? ""} />}
    </Field>
  );
}
