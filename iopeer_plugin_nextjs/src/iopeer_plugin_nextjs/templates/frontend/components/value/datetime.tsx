import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { useFormatter } from "@/lib/i18n";

function Moment({ value }: { value: string }) {
  const format = useFormatter();
  return (
    <time dateTime={value} className="whitespace-nowrap">
      {format.dateTime(new Date(value), { dateStyle: "medium", timeStyle: "short" })}
    </time>
  );
}

/** A moment, in the reader's own time. */
export function datetime<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    name,
    sort: name,
    cell: (row) => (row[name] ? <Moment value={row[name]} /> : <Empty />),
    text: (row) => row[name] ?? "",
  };
}
