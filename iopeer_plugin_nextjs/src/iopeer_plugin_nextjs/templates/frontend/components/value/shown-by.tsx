import type { ComponentType } from "react";

import { Empty } from "@/components/value/empty";
import type { Field } from "@/components/value/field";

/** What a component takes that shows a value in its own way. */
export interface ValueProps<Value> {
  value: Value;
  /** In a line of a table, or on the row's own page. */
  place: "table" | "page";
}

/** A field that a component of its own shows; files of values have it as it is. */
export function shownBy<Row, Name extends keyof Row & string>(
  name: Name,
  field: Field<Row>,
  Widget: ComponentType<ValueProps<NonNullable<Row[Name]>>>,
): Field<Row> {
  const shown = (row: Row, place: "table" | "page") => {
    const value = row[name];
    return value == null ? <Empty /> : <Widget value={value} place={place} />;
  };
  return { ...field, cell: (row) => shown(row, "table"), full: (row) => shown(row, "page") };
}
