import type { AnyRow } from "@/api/resource";
import { NearLink } from "@/components/layout/near-link";
import type { Field } from "@/components/value/field";
import { pageOf } from "@/components/value/reference";
import type { EntityName } from "@/lib/entities";

/** A field that leads to its row's own page. */
export function linked<Row extends AnyRow>(field: Field<Row>, entity: EntityName): Field<Row> {
  return {
    ...field,
    cell: (row) => (
      <NearLink
        href={pageOf(entity, row.id)}
        className="font-medium underline-offset-4 hover:underline"
      >
        {field.text(row) ? (
          <span className="block max-w-72 truncate">{field.text(row)}</span>
        ) : (
          `#${row.id}`
        )}
      </NearLink>
    ),
  };
}
