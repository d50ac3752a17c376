"use client";

import { PlusIcon } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useMemo } from "react";

import type { AnyRow, Parameters, Resource } from "@/api/resource";
import type { Id, Page } from "@/api/types";
import { DataTable } from "@/components/data-table/data-table";
import { Failed } from "@/components/data-table/no-rows";
import { Pagination, useLastPage } from "@/components/data-table/pagination";
import { useDataTable } from "@/components/data-table/use-data-table";
import { useRemoval } from "@/components/row/removal";
import { RowMenu } from "@/components/row/row-menu";
import { Button } from "@/components/ui/button";
import type { Field } from "@/components/value/field";
import { linked } from "@/components/value/linked";
import { useAuth } from "@/hooks/use-auth";
import { EntityProvider, useLabelsOf } from "@/hooks/use-entity-labels";
import { useOwnListState } from "@/hooks/use-list-state";
import { failureOf, useChildren } from "@/hooks/use-resource";
import { type EntityName, routes } from "@/lib/entities";
import { useTranslations } from "@/lib/i18n";
import { readable, writable } from "@/lib/permissions";

const PAGE_SIZE = 10;

/** The rows that belong to a row, and the way to another one. */
export function Children<Row extends AnyRow>({
  parent,
  name,
  resource,
  list,
  member,
  field,
  fields: allFields,
  columns,
  single = false,
  menu,
}: {
  parent: { entity: EntityName; id: Id };
  /** What the parent calls them. */
  name: string;
  resource: Resource<Row>;
  list(parent: Id, query?: Parameters, signal?: AbortSignal): Promise<Page<Row>>;
  /** The member of a new row that leads to the parent, where it can be set. */
  member?: string;
  /** The field of this member: what it would show is plain here. */
  field: string;
  fields: readonly Field<Row>[];
  columns: readonly string[];
  /** Whether there is at most one. */
  single?: boolean;
  /** What else there is to do with a row. */
  menu?: (row: Row) => ReactNode;
}) {
  const t = useTranslations("table");
  const { entity } = resource;
  const labels = useLabelsOf(entity);
  const { account } = useAuth();
  const state = useOwnListState<Parameters>(PAGE_SIZE);
  const rows = useChildren(parent, name, list, state.query);
  useLastPage(state, rows);
  const failure = failureOf(rows);
  const fields = useMemo(() => {
    // The first one names a row, and leads to it: even where that is what the parent is called.
    const [first, ...rest] = allFields.filter(
      (one, index) => (index === 0 || one.name !== field) && readable(account, entity, one.name),
    );
    return first ? [linked(first, entity), ...rest] : [];
  }, [account, allFields, entity, field]);
  const items = useMemo(() => rows.data?.items ?? [], [rows.data]);
  const table = useDataTable({ entity, rows: items, fields, shownFirst: columns });
  const removal = useRemoval(resource);
  const full = single && items.length > 0;
  return (
    <EntityProvider value={entity}>
      <div className="flex flex-col gap-3">
        {member && writable(account, "create", entity, field) && !full && (
          <Button variant="outline" size="sm" className="self-start" asChild>
            <Link href={`${routes[entity]}/new?${member}=${encodeURIComponent(parent.id)}`}>
              <PlusIcon />
              {t("add", { one: labels.inSentence })}
            </Link>
          </Button>
        )}
        {failure ? (
          <Failed error={failure} state={state} onRetry={() => void rows.refetch()} />
        ) : rows.data && items.length === 0 ? (
          <p className="py-6 text-center text-sm text-muted-foreground">{t("noRows")}</p>
        ) : (
          <div className="rounded-xl border bg-card">
            <DataTable
              table={table}
              state={state}
              loading={rows.isPending}
              label={labels.many}
              actions={(row) => (
                <RowMenu row={row} resource={resource} onRemove={() => removal.ask([row])}>
                  {menu?.(row)}
                </RowMenu>
              )}
            />
          </div>
        )}
        {(rows.data?.total ?? 0) > PAGE_SIZE && (
          <Pagination state={state} total={rows.data?.total ?? null} />
        )}
      </div>
      {removal.dialog}
    </EntityProvider>
  );
}
