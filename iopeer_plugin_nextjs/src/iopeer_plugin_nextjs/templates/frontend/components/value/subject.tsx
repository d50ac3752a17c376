import type { Subject } from "@/api/types";
import { Empty } from "@/components/value/empty";
import type { Field, Holding } from "@/components/value/field";
import { nameOf, RowLink } from "@/components/value/reference";
import { useLabelsOf } from "@/hooks/use-entity-labels";
import { type EntityName, routes } from "@/lib/entities";

function isEntity(name: string): name is EntityName {
  return name in routes;
}

function Typed({ subject, entity }: { subject: Subject; entity: EntityName }) {
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <span className="text-xs text-muted-foreground">{useLabelsOf(entity).one}</span>
      <RowLink entity={entity} row={subject} />
    </span>
  );
}

/** A link to a row of one of several entities. */
export function subject<Name extends string>(name: Name): Field<Holding<Name, Subject>> {
  return {
    name,
    sort: name,
    cell: (row) => {
      const found = row[name];
      if (!found || !isEntity(found.type)) return <Empty />;
      return <Typed subject={found} entity={found.type} />;
    },
    text: (row) => (row[name] ? nameOf(row[name]) : ""),
  };
}
