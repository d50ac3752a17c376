"use client";

import type { Links } from "@/api/link-set";
import type { AnyRow, Resource } from "@/api/resource";
import { LinkEditor } from "@/components/details/link-editor";
import { Card, CardContent } from "@/components/ui/card";
import type { Field } from "@/components/value/field";
import type { Linked } from "@/components/value/reference";
import { useAuth } from "@/hooks/use-auth";
import { useLabelsOf } from "@/hooks/use-entity-labels";
import type { EntityName } from "@/lib/entities";
import { readable, writable } from "@/lib/permissions";
import { cn, ownOf } from "@/lib/utils";

/** Sets of links that are changed one by one, by field. */
export type EditableLinks = Record<string, { links: Links; of: Resource }>;

/** The fields of a row, as far as the reader may see them. */
export function Details<Row extends AnyRow>({
  entity,
  row,
  fields,
  links = {},
}: {
  entity: EntityName;
  row: Row;
  fields: readonly Field<Row>[];
  links?: EditableLinks;
}) {
  const labels = useLabelsOf(entity);
  const { account } = useAuth();
  const shown = fields.filter(({ name }) => readable(account, entity, name));
  // What takes the whole width comes after what shares it, so that no line has gaps.
  const ordered = [...shown.filter(({ wide }) => !wide), ...shown.filter(({ wide }) => wide)];
  const members = new Map<string, unknown>(Object.entries(row));
  return (
    <Card>
      <CardContent>
        <dl className="grid gap-x-8 gap-y-5 sm:grid-cols-2 xl:grid-cols-3">
          {ordered.map((field) => {
            const editable = ownOf(links, field.name);
            const writes = editable && writable(account, "update", entity, field.name, row);
            return (
              <div
                key={field.name}
                className={cn("min-w-0", field.wide && "sm:col-span-2 xl:col-span-3")}
              >
                <dt className="mb-1 text-sm text-muted-foreground">{labels.field(field.name)}</dt>
                <dd className="text-sm">
                  {writes ? (
                    <LinkEditor
                      {...editable}
                      id={row.id}
                      label={labels.field(field.name)}
                      rows={(members.get(field.name) ?? []) as Linked[]}
                    />
                  ) : (
                    (field.full ?? field.cell)(row)
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      </CardContent>
    </Card>
  );
}
