import { useMemo, useState } from "react";

import type { AnyRow } from "@/api/resource";
import type { Field } from "@/components/value/field";
import { useColumnVisibility } from "@/hooks/use-column-visibility";
import type { EntityName } from "@/lib/entities";
import { ownOf } from "@/lib/utils";

/** Which columns of a table are shown, and which of its rows are selected. */
export interface DataTableState<Row extends AnyRow> {
  /** All columns, in their order. */
  fields: readonly Field<Row>[];
  shown: readonly Field<Row>[];
  show: (name: string, shown: boolean) => void;
  rows: readonly Row[];
  selected: readonly Row[];
  select: (rows: readonly Row[]) => void;
}

/**
 * The table of a page of rows.
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
  rows: readonly Row[];
  fields: readonly Field<Row>[];
  shownFirst: readonly string[];
}): DataTableState<Row> {
  const [chosen, choose] = useColumnVisibility(entity);
  const [ids, setIds] = useState<ReadonlySet<Row["id"]>>(new Set());
  const shown = useMemo(() => {
    // What is shown at first comes first, in its own order; the name of a row is always the first.
    const place = ({ name }: Field<Row>) => shownFirst.indexOf(name) + 1 || fields.length + 1;
    return fields
      .filter(({ name }) => ownOf(chosen ?? {}, name) ?? shownFirst.includes(name))
      .sort((one, other) => place(one) - place(other));
  }, [fields, chosen, shownFirst]);
  const selected = useMemo(() => rows.filter((row) => ids.has(row.id)), [rows, ids]);
  return {
    fields,
    shown,
    show: (name, visible) => {
      const visibility = fields.map((field) => [field.name, shown.includes(field)] as const);
      choose({ ...Object.fromEntries(visibility), [name]: visible });
    },
    rows,
    selected,
    select: (chosenRows) => setIds(new Set(chosenRows.map((row) => row.id))),
  };
}
