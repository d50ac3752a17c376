import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { useLocale } from "@/lib/i18n";

/** An exact number, in the reader's way of writing; `Intl` takes the text itself, so that no digit is lost. */
export function Decimal({ value, currency }: { value: string; currency?: string | null }) {
  const locale = useLocale();
  const digits = value.split(".")[1]?.length ?? 0;
  const options: Intl.NumberFormatOptions = currency
    ? { style: "currency", currency }
    : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const written = new Intl.NumberFormat(locale, options).format(value as `${number}`);
  return <span className="tabular-nums">{written}</span>;
}

/** An exact number. */
export function decimal<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    name,
    sort: name,
    cell: (row) => (row[name] == null ? <Empty /> : <Decimal value={row[name]} />),
    text: (row) => row[name] ?? "",
    numeric: true,
  };
}
