import type { ReactNode } from "react";

import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";

/** A text that leads somewhere. */
export function anchored<Name extends string>(
  name: Name,
  hrefOf: (value: string) => string,
  shown: (value: string) => ReactNode = (value) => value,
): Field<Holding<Name, string>> {
  return {
    name,
    sort: name,
    cell: (row) =>
      row[name] ? (
        <a
          href={hrefOf(row[name])}
          rel="noreferrer"
          className="block max-w-60 truncate text-primary underline-offset-4 hover:underline"
        >
          {shown(row[name])}
        </a>
      ) : (
        <Empty />
      ),
    text: (row) => row[name] ?? "",
  };
}
