import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { useFormatter } from "@/lib/i18n";

function Day({ value }: { value: string }) {
  const format = useFormatter();
  const day = format.dateTime(new Date(`${value}T00:00:00Z`), {
    dateStyle: "medium",
    timeZone: "UTC",
  });
  return (
    <time dateTime={value} className="whitespace-nowrap">
      {day}
    </time>
  );
}

/** A day. */
export function date<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    name,
    sort: name,
    cell: (row) => (row[name] ? <Day value={row[name]} /> : <Empty />),
    text: (row) => row[name] ?? "",
  };
}
