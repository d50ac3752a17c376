import { DecimalInput } from "@/components/form/decimal-input";
import { Field, type FieldProps } from "@/components/form/field";

/** An exact number. */
export function DecimalField(props: FieldProps) {
  return <Field<string> {...props}>{(control) => <DecimalInput {...control} />}</Field>;
}
