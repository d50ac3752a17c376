import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { hoursAndMinutes } from "@/lib/durations";
import { useTranslations } from "@/lib/i18n";

function Span({ value }: { value: string }) {
  const t = useTranslations("table");
  return (
    <time dateTime={value} className="whitespace-nowrap tabular-nums">
      {t("duration", hoursAndMinutes(value))}
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
