import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";

/** A line of text. */
export function text<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    name,
    sort: name,
    cell: (row) =>
      row[name] ? (
        <span className="block max-w-72 truncate" title={row[name]}>
          {row[name]}
        </span>
      ) : (
        <Empty />
      ),
    full: (row) => (row[name] ? <span className="break-words">{row[name]}</span> : <Empty />),
    text: (row) => row[name] ?? "",
  };
}
