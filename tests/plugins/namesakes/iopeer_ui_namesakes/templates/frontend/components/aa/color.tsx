import { ColorField } from "@/components/form/color-field";
import type { FieldProps } from "@/components/form/field";

/** A field that is called like another one. */
export function Field(props: FieldProps) {
  return <ColorField {...props} />;
}
