import type { Id } from "@/api/types";
import { NearLink } from "@/components/layout/near-link";
import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { type EntityName, routes } from "@/lib/entities";

/** Another row, as those that link to it see it. */
export interface Linked {
  id: Id;
  label: string | null;
}

/** What another row is called: by its number where it has no name, or none that one may see. */
export function nameOf({ id, label }: Linked): string {
  return label === null || (typeof id === "number" && label === String(id)) ? `#${id}` : label;
}

/** The address of the page of a row. */
export function pageOf(entity: EntityName, id: Id): string {
  return `${routes[entity]}/${encodeURIComponent(id)}`;
}

/** The name of another row, which leads to its page; without a name there is nothing that one may see. */
export function RowLink({ entity, row }: { entity: EntityName; row: Linked }) {
  if (row.label === null) return <span className="text-muted-foreground">#{row.id}</span>;
  return (
    <NearLink
      href={pageOf(entity, row.id)}
      className="inline-block max-w-60 truncate align-bottom underline-offset-4 hover:underline"
    >
      {nameOf(row)}
    </NearLink>
  );
}

/** A link to one row. */
export function reference<Name extends string>(
  name: Name,
  entity: EntityName,
): Field<Holding<Name, Linked>> {
  return {
    name,
    sort: name,
    cell: (row) => (row[name] ? <RowLink entity={entity} row={row[name]} /> : <Empty />),
    text: (row) => (row[name] ? nameOf(row[name]) : ""),
  };
}
