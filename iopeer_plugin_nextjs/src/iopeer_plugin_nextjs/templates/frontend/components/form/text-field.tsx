import { Field, type FieldProps } from "@/components/form/field";
import { Input } from "@/components/ui/input";

/** A line of text. */
export function TextField({
  type = "text",
  ...props
}: FieldProps & { type?: "text" | "email" | "url" | "tel" }) {
  return (
    <Field<string> {...props}>
      {({ value, onChange, ...control }) => (
        <Input
          {...control}
          type={type}
          autoComplete="off"
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
    </Field>
  );
}
