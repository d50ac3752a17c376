import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { Badge } from "@/components/ui/badge";
import { useOwnLabels } from "@/hooks/use-entity-labels";

/** One of a few values. */
export function Choice(props: { field: string; values: readonly string[]; value: string }) {
  return <Badge>{useOwnLabels().choice(props.field, props.values, props.value)}</Badge>;
}

/** One of a few values. */
export function choice<Name extends string>(
  name: Name,
  values: readonly string[],
): Field<Holding<Name, string>> {
  return {
    name,
    sort: name,
    cell: (row) =>
      row[name] ? <Choice field={name} values={values} value={row[name]} /> : <Empty />,
    text: (row) => row[name] ?? "",
  };
}
