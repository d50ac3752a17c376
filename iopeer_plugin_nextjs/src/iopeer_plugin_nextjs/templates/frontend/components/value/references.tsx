import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { type Linked, nameOf, RowLink } from "@/components/value/reference";
import { Badge } from "@/components/ui/badge";
import type { EntityName } from "@/lib/entities";

const MOST_IN_A_CELL = 3;

/** Links to several rows. */
export function references<Name extends string>(
  name: Name,
  entity: EntityName,
): Field<Holding<Name, readonly Linked[]>> {
  return {
    name,
    cell: (row) => {
      const rows = row[name] ?? [];
      if (rows.length === 0) return <Empty />;
      return (
        <span className="flex max-w-72 flex-wrap gap-1">
          {rows.slice(0, MOST_IN_A_CELL).map((one) => (
            <Badge key={one.id} variant="outline" className="max-w-40!">
              <RowLink entity={entity} row={one} />
            </Badge>
          ))}
          {rows.length > MOST_IN_A_CELL && <Badge>+{rows.length - MOST_IN_A_CELL}</Badge>}
        </span>
      );
    },
    full: (row) =>
      row[name]?.length ? (
        <span className="flex flex-wrap gap-1">
          {row[name].map((one) => (
            <Badge key={one.id} variant="outline" className="max-w-full">
              <RowLink entity={entity} row={one} />
            </Badge>
          ))}
        </span>
      ) : (
        <Empty />
      ),
    text: (row) => (row[name] ?? []).map(nameOf).join("; "),
  };
}
