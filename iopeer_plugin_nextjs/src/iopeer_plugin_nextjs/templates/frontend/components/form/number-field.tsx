import { BrowserInput } from "@/components/form/browser-input";
import { Field, type FieldProps } from "@/components/form/field";
import { UNREADABLE } from "@/lib/unreadable";

/** A whole number. */
export function NumberField(props: FieldProps) {
  return (
    <Field<number | string> {...props}>
      {({ value, onChange, ...control }) => (
        <BrowserInput
          {...control}
          type="number"
          inputMode="numeric"
          step={1}
          value={value ?? ""}
          onChange={(text) => onChange(toNumber(text))}
        />
      )}
    </Field>
  );
}

/** The number that was typed; what is none stays what it is. */
export function toNumber(text: string | null): number | string | null {
  return text === null || text === UNREADABLE ? text : Number(text);
}
