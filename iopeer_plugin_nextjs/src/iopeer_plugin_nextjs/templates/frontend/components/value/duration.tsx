import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { useDurationText } from "@/hooks/use-duration-text";

function Span({ value }: { value: string }) {
  return (
    <time dateTime={value} className="whitespace-nowrap tabular-nums">
      {useDurationText()(value)}
    </time>
  );
}

/** How long something takes. */
export function duration<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    name,
    sort: name,
    cell: (row) => (row[name] ? <Span value={row[name]} /> : <Empty />),
    text: (row) => row[name] ?? "",
  };
}
