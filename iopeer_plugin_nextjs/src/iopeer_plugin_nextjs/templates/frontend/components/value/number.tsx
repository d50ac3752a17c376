import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { useFormatter } from "@/lib/i18n";

function Numeral({ value }: { value: number }) {
  return (
    <span className="tabular-nums">{useFormatter().number(value, { useGrouping: "min2" })}</span>
  );
}

/** A whole number. */
export function number<Name extends string>(name: Name): Field<Holding<Name, number>> {
  return {
    name,
    sort: name,
    cell: (row) => (row[name] == null ? <Empty /> : <Numeral value={row[name]} />),
    text: (row) => (row[name] == null ? "" : String(row[name])),
    numeric: name !== "id",
  };
}
