import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { useFormatter } from "@/lib/i18n";

function Clock({ value }: { value: string }) {
  const format = useFormatter();
  const time = format.dateTime(new Date(`1970-01-01T${value}Z`), {
    timeStyle: "short",
    timeZone: "UTC",
  });
  return <time dateTime={value}>{time}</time>;
}

/** A time of day. */
export function time<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    name,
    sort: name,
    cell: (row) => (row[name] ? <Clock value={row[name]} /> : <Empty />),
    text: (row) => row[name] ?? "",
  };
}
