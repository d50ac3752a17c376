import { BrowserInput } from "@/components/form/browser-input";
import { Field, type FieldProps } from "@/components/form/field";
import { fromLocal, toLocal } from "@/lib/moments";

/** A moment, in the reader's own time. */
export function DateTimeField(props: FieldProps) {
  return (
    <Field<string> {...props}>
      {({ value, onChange, ...control }) => (
        <BrowserInput
          {...control}
          type="datetime-local"
          value={value ? toLocal(value) : ""}
          onChange={(text) => onChange(text && (fromLocal(text) ?? text))}
        />
      )}
    </Field>
  );
}
