"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { PlusIcon, Trash2Icon } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useMemo, useState } from "react";

import type { AnyRow, Resource } from "@/api/resource";
import type { Page } from "@/api/types";
import { BulkBar } from "@/components/data-table/bulk-bar";
import { ColumnMenu } from "@/components/data-table/column-menu";
import { CsvButton } from "@/components/data-table/csv-button";
import { DataTable } from "@/components/data-table/data-table";
import { ActiveFilters, FilterMenu } from "@/components/data-table/filter-bar";
import { type Filter, isActive } from "@/components/data-table/filters/filter";
import { Failed, NoRows } from "@/components/data-table/no-rows";
import { Pagination, useLastPage } from "@/components/data-table/pagination";
import { SearchBox } from "@/components/data-table/search-box";
import { useDataTable } from "@/components/data-table/use-data-table";
import { PageHeader } from "@/components/layout/page-header";
import { RestoreButton } from "@/components/row/restore-button";
import { RowMenu } from "@/components/row/row-menu";
import { useRemoval } from "@/components/row/removal";
import { Button } from "@/components/ui/button";
import type { Field } from "@/components/value/field";
import { linked } from "@/components/value/linked";
import { useAuth } from "@/hooks/use-auth";
import { EntityProvider, useLabelsOf } from "@/hooks/use-entity-labels";
import type { ListState } from "@/hooks/use-list-state";
import { failureOf } from "@/hooks/use-resource";
import { routes } from "@/lib/entities";
import { useTranslations } from "@/lib/i18n";
import { readable } from "@/lib/permissions";

/** The page of an entity: its rows in a table, with everything to find and to change them. */
export function ListPage<Row extends AnyRow>({
  resource,
  rows,
  state,
  fields: allFields,
  columns,
  filters: allFilters,
  searchable,
  menu,
  children,
}: {
  resource: Resource<Row>;
  rows: UseQueryResult<Page<Row>>;
  state: ListState;
  fields: readonly Field<Row>[];
  /** The columns that are shown until the reader chooses. */
  columns: readonly string[];
  filters: readonly Filter[];
  searchable: boolean;
  /** What else there is to do with a row. */
  menu?: (row: Row) => ReactNode;
  /** What stands above the rows. */
  children?: ReactNode;
}) {
  const t = useTranslations("table");
  const { entity } = resource;
  const labels = useLabelsOf(entity);
  const { account, can } = useAuth();
  const [added, setAdded] = useState<string | null>(null);
  const deleted = state.values.deleted === "true";

  const fields = useMemo(() => {
    const [first, ...rest] = allFields.filter(({ name }) => readable(account, entity, name));
    if (!first) return [];
    return [deleted ? first : linked(first, entity), ...rest]; // a removed row has no page
  }, [account, allFields, entity, deleted]);
  const filters = useMemo(
    () => allFilters.filter(({ name }) => readable(account, entity, name)),
    [account, allFilters, entity],
  );
  useLastPage(state, rows);
  const failure = failureOf(rows);
  const items = useMemo(() => rows.data?.items ?? [], [rows.data]);
  const table = useDataTable({ entity, rows: items, fields, shownFirst: columns });
  const { selected } = table;
  const clear = () => table.select([]);
  const removal = useRemoval(resource, clear);

  const searching = Boolean(state.values.q) || filters.some((one) => isActive(one, state.values));
  const free = filters.filter((one) => one.name !== added && !isActive(one, state.values));
  const mayRemove = can("delete", entity);

  return (
    <EntityProvider value={entity}>
      <PageHeader title={deleted ? t("trashOf", { many: labels.many }) : labels.many}>
        {resource.restore && mayRemove && (
          <Button
            variant="outline"
            onClick={() => state.change({ deleted: deleted ? null : "true" })}
          >
            {deleted ? null : <Trash2Icon />}
            {t(deleted ? "leaveTrash" : "trash")}
          </Button>
        )}
        {can("create", entity) && !deleted && (
          <Button asChild className="h-auto! min-h-9 max-w-full py-1.5 whitespace-normal!">
            <Link href={`${routes[entity]}/new`}>
              <PlusIcon />
              {t("new", { one: labels.inSentence })}
            </Link>
          </Button>
        )}
      </PageHeader>
      <div className="flex flex-col gap-3">
        {children}
        <div className="flex flex-wrap items-center gap-2">
          {searchable && (
            <SearchBox value={state.values.q ?? ""} onChange={(q) => state.change({ q })} />
          )}
          <FilterMenu filters={free} onChoose={setAdded} />
          <div className="flex items-center gap-2 sm:ml-auto">
            <CsvButton resource={resource} query={state.query} fields={fields} />
            <ColumnMenu table={table} />
          </div>
        </div>
        <ActiveFilters
          filters={filters}
          added={added}
          state={state}
          onRemove={() => setAdded(null)}
        />
        <BulkBar count={selected.length} onClear={clear}>
          {deleted ? (
            <RestoreButton rows={selected} resource={resource} onRestored={clear} />
          ) : (
            <Button
              variant="destructive"
              size="sm"
              disabled={!selected.every((row) => can("delete", entity, row))}
              onClick={() => removal.ask(selected)}
            >
              <Trash2Icon />
              {t("remove")}
            </Button>
          )}
        </BulkBar>
        <div className="rounded-xl border bg-card">
          {failure ? (
            <Failed error={failure} state={state} onRetry={() => void rows.refetch()} />
          ) : rows.data && items.length === 0 ? (
            <NoRows
              searching={searching}
              deleted={deleted}
              mayCreate={can("create", entity)}
              entity={entity}
            />
          ) : (
            <DataTable
              table={table}
              state={state}
              loading={rows.isPending}
              label={labels.many}
              selectable={mayRemove ? resource.label : undefined}
              actions={(row) =>
                deleted ? (
                  <RestoreButton rows={[row]} resource={resource} name={resource.label(row)} />
                ) : (
                  <RowMenu row={row} resource={resource} onRemove={() => removal.ask([row])}>
                    {menu?.(row)}
                  </RowMenu>
                )
              }
            />
          )}
        </div>
        <Pagination state={state} total={rows.data?.total ?? null} />
      </div>
      {removal.dialog}
    </EntityProvider>
  );
}
