"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { PencilIcon, Trash2Icon } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";

import type { AnyRow, Resource } from "@/api/resource";
import { Details, type EditableLinks } from "@/components/details/details";
import { useCrumb } from "@/components/layout/crumbs";
import { RowFailure } from "@/components/layout/row-failure";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useRemoval } from "@/components/row/removal";
import { Button } from "@/components/ui/button";
import type { Field } from "@/components/value/field";
import { pageOf } from "@/components/value/reference";
import { useAuth } from "@/hooks/use-auth";
import { EntityProvider, useLabelsOf } from "@/hooks/use-entity-labels";
import { failureOf } from "@/hooks/use-resource";
import { routes } from "@/lib/entities";
import { useTranslations } from "@/lib/i18n";

/** The page of a row: its fields, what can be done with it, and (inside) what belongs to it. */
export function DetailsPage<Row extends AnyRow>({
  resource,
  row,
  fields,
  links,
  actions,
  children,
}: {
  resource: Resource<Row>;
  row: UseQueryResult<Row>;
  fields: readonly Field<Row>[];
  /** The sets of links that are changed here, by field. */
  links?: EditableLinks;
  /** What else there is to do with the row. */
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const t = useTranslations("table");
  const { entity } = resource;
  const labels = useLabelsOf(entity);
  const router = useRouter();
  const { can } = useAuth();
  const removal = useRemoval(resource, () => router.push(routes[entity]));
  const label = row.data && resource.label(row.data);
  useCrumb(label);

  const failure = failureOf(row);
  if (failure) return <RowFailure error={failure} reset={() => void row.refetch()} />;
  const { data } = row;
  if (!data) return <PageSkeleton />;
  return (
    <EntityProvider value={entity}>
      <PageHeader title={label} description={labels.one}>
        {actions}
        {can("update", entity, data) && (
          <Button variant="outline" asChild>
            <Link href={`${pageOf(entity, data.id)}/edit`}>
              <PencilIcon />
              {t("edit")}
            </Link>
          </Button>
        )}
        {can("delete", entity, data) && (
          <Button variant="outline" onClick={() => removal.ask([data])}>
            <Trash2Icon className="text-destructive" />
            {t("remove")}
          </Button>
        )}
      </PageHeader>
      <div className="flex flex-col gap-6">
        <Details entity={entity} row={data} fields={fields} links={links} />
        {children}
      </div>
      {removal.dialog}
    </EntityProvider>
  );
}
