import { Decimal, decimal } from "@/components/value/decimal";
import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { currency } from "@/lib/app";

/** An amount of money, in the currency of the application. */
export function money<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    ...decimal(name),
    cell: (row) =>
      row[name] == null ? <Empty /> : <Decimal value={row[name]} currency={currency} />,
  };
}
