import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";

/** A colour, beside how it is written. */
export function color<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    name,
    sort: name,
    cell: (row) =>
      row[name] ? (
        <span className="inline-flex items-center gap-2 font-mono text-xs">
          <span
            aria-hidden="true"
            className="size-4 rounded-sm border"
            style={{ backgroundColor: row[name] }}
          />
          {row[name]}
        </span>
      ) : (
        <Empty />
      ),
    text: (row) => row[name] ?? "",
  };
}
