import type { Json } from "@/api/types";
import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";

/** Data of any shape. */
export function json<Name extends string>(name: Name): Field<Holding<Name, Json>> {
  return {
    name,
    cell: (row) =>
      row[name] == null ? (
        <Empty />
      ) : (
        <code className="block max-w-60 truncate text-xs">{JSON.stringify(row[name])}</code>
      ),
    full: (row) =>
      row[name] == null ? (
        <Empty />
      ) : (
        <pre className="max-h-96 overflow-auto rounded-md bg-muted p-3 text-xs">
          {JSON.stringify(row[name], null, 2)}
        </pre>
      ),
    text: (row) => (row[name] == null ? "" : JSON.stringify(row[name])),
    wide: true,
  };
}
