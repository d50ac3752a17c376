import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { text } from "@/components/value/text";

/** Several lines of text: its beginning in a table. */
export function longText<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    ...text(name),
    full: (row) =>
      row[name] ? <p className="break-words whitespace-pre-wrap">{row[name]}</p> : <Empty />,
    wide: true,
  };
}
