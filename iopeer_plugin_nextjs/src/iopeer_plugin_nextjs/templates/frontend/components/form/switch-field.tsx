import { Field, type FieldProps } from "@/components/form/field";
import { Switch } from "@/components/ui/switch";

/** Yes or no. */
export function SwitchField(props: FieldProps) {
  return (
    <Field<boolean> {...props} required={false} beside>
      {({ value, onChange, ...control }) => (
        <Switch {...control} checked={value ?? false} onCheckedChange={onChange} />
      )}
    </Field>
  );
}
