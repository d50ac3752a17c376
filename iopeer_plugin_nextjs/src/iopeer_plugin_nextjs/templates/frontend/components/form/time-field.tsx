import { BrowserInput } from "@/components/form/browser-input";
import { Field, type FieldProps } from "@/components/form/field";

/** A time of day. */
export function TimeField(props: FieldProps) {
  return (
    <Field<string> {...props}>
      {({ value, ...control }) => <BrowserInput {...control} type="time" value={value ?? ""} />}
    </Field>
  );
}
