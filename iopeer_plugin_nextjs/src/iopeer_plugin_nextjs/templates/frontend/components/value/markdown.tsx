import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { text } from "@/components/value/text";
import { Markdown } from "@/components/markdown/markdown";

/** Formatted text: its source's beginning in a table. */
export function markdown<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    ...text(name),
    full: (row) => (row[name] ? <Markdown source={row[name]} /> : <Empty />),
    wide: true,
  };
}
