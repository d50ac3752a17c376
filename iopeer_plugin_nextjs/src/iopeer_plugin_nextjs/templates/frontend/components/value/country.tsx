import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { useCountryName } from "@/hooks/use-country-names";

function Country({ code }: { code: string }) {
  return useCountryName()(code);
}

/** A country, by its name in the reader's language. */
export function country<Name extends string>(name: Name): Field<Holding<Name, string>> {
  return {
    name,
    sort: name,
    cell: (row) => (row[name] ? <Country code={row[name]} /> : <Empty />),
    text: (row) => row[name] ?? "",
  };
}
