"use client";

import type { Resource } from "@/api/resource";
import type { Id } from "@/api/types";
import { Field, type FieldProps } from "@/components/form/field";
import { RowPicker } from "@/components/form/row-picker";
import type { Linked } from "@/components/value/reference";

/** A link to a row of another entity. */
export function ReferenceField({
  of,
  current,
  ...props
}: FieldProps & {
  of: Resource;
  /** The row that it leads to before anything is changed. */
  current?: Linked | null;
}) {
  return (
    <Field<Id> {...props}>
      {(control) => <RowPicker {...control} of={of} current={current} required={props.required} />}
    </Field>
  );
}
