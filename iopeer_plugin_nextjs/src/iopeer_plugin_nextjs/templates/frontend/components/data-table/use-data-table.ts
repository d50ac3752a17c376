import {
  type ColumnDef,
  columnVisibilityFeature,
  type OnChangeFn,
  rowSelectionFeature,
  type RowSelectionState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo, useState } from "react";

import type { AnyRow } from "@/api/resource";
import type { Field } from "@/components/value/field";
import { useColumnVisibility } from "@/hooks/use-column-visibility";
import type { EntityName } from "@/lib/entities";
import { ownOf } from "@/lib/utils";

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });

/** What a column of a table knows of its field. */
export type Column<Row extends AnyRow> = ColumnDef<typeof features, Row> & { id: string };

/**
 * The table of a page of rows: which columns are shown, and which rows are selected.
 *
 * Pages, filters and sorting are the API's. A selection lasts as long as its rows are shown.
 */
export function useDataTable<Row extends AnyRow>({
  entity,
  rows,
  fields,
  shownFirst,
}: {
  entity: EntityName;
  rows: Row[];
  fields: readonly Field<Row>[];
  shownFirst: readonly string[];
}) {
  const [chosen, choose] = useColumnVisibility(entity);
  const [rowSelection, onRowSelectionChange] = useState<RowSelectionState>({});
  const columnVisibility = useMemo(
    () =>
      Object.fromEntries(
        fields.map(({ name }) => [name, ownOf(chosen ?? {}, name) ?? shownFirst.includes(name)]),
      ),
    [fields, chosen, shownFirst],
  );
  const onColumnVisibilityChange: OnChangeFn<Record<string, boolean>> = (change) =>
    choose(typeof change === "function" ? change(columnVisibility) : change);
  const columns = useMemo<Column<Row>[]>(
    () => fields.map((field) => ({ id: field.name, cell: ({ row }) => field.cell(row.original) })),
    [fields],
  );
  return useTable({
    features,
    columns,
    data: rows,
    getRowId: (row: Row) => String(row.id),
    state: { columnVisibility, rowSelection },
    onColumnVisibilityChange,
    onRowSelectionChange,
  });
}
