import type { ReactNode } from "react";

/** How a field of a row is shown. */
export interface Field<Row> {
  /** Names its label and its grants. */
  name: string;
  /** The parameter that sorts rows by it, where they can be sorted. */
  sort?: string;
  /** In a line of a table. */
  cell(row: Row): ReactNode;
  /** On the row's own page, where that is another way. */
  full?(row: Row): ReactNode;
  /** Plain, for a file of values. */
  text(row: Row): string;
  numeric?: boolean;
  /** Whether it takes the whole width of the row's own page. */
  wide?: boolean;
}

/** A row that has, under a name, a value of some type or none. */
export type Holding<Name extends string, Value> = { [N in Name]?: Value | null };
