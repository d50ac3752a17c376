"use client";

import { ArrowDownIcon, ArrowUpDownIcon, ArrowUpIcon } from "lucide-react";
import type { ReactNode } from "react";

import type { AnyRow } from "@/api/resource";
import type { DataTableState } from "@/components/data-table/use-data-table";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Skeleton } from "@/components/ui/skeleton";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import type { Field } from "@/components/value/field";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import type { ListState } from "@/hooks/use-list-state";
import { useTranslations } from "@/lib/i18n";
import { cn } from "@/lib/utils";

/** The rows of a page, or their skeleton of the same height. */
export function DataTable<Row extends AnyRow>({
  table,
  state,
  loading,
  label,
  selectable,
  actions,
}: {
  table: DataTableState<Row>;
  state: ListState;
  /** Whether nothing is known yet. */
  loading: boolean;
  /** What the table is called. */
  label: string;
  /** What a row is called that can be selected; where it does not say, none can. */
  selectable?: (row: Row) => string;
  /** What can be done with a row. */
  actions?: (row: Row) => ReactNode;
}) {
  const t = useTranslations("table");
  const { rows, selected, shown } = table;
  return (
    <Table label={label} aria-busy={loading}>
      <TableHeader>
        <tr>
          {selectable && (
            <TableHead className="w-10 pr-0">
              <Checkbox
                aria-label={t("selectAll")}
                checked={
                  selected.length > 0 && (selected.length === rows.length || "indeterminate")
                }
                onCheckedChange={(checked) => table.select(checked ? rows : [])}
              />
            </TableHead>
          )}
          {shown.map((field) => (
            <HeaderCell key={field.name} field={field} state={state} />
          ))}
          {actions && (
            <TableHead className="w-12">
              <span className="sr-only">{t("actions")}</span>
            </TableHead>
          )}
        </tr>
      </TableHeader>
      <TableBody>
        {loading ? (
          <SkeletonRows
            rows={Math.min(state.limit, 10)}
            cells={shown.length + Number(Boolean(selectable)) + Number(Boolean(actions))}
          />
        ) : (
          rows.map((row) => (
            <TableRow key={row.id} data-state={selected.includes(row) ? "selected" : undefined}>
              {selectable && (
                <TableCell className="pr-0">
                  <Checkbox
                    aria-label={t("select", { name: selectable(row) })}
                    checked={selected.includes(row)}
                    onCheckedChange={(checked) =>
                      table.select(
                        checked ? [...selected, row] : selected.filter((other) => other !== row),
                      )
                    }
                  />
                </TableCell>
              )}
              {shown.map((field) => (
                <TableCell key={field.name} className={cn(field.numeric && "text-right")}>
                  {field.cell(row)}
                </TableCell>
              ))}
              {actions && <TableCell className="py-1! text-right">{actions(row)}</TableCell>}
            </TableRow>
          ))
        )}
      </TableBody>
    </Table>
  );
}

/** A name takes one line, unless it is a long one. */
const NAME = "block w-max max-w-56 text-left whitespace-normal";

/** The name of a column; a button where rows can be sorted by it. */
function HeaderCell<Row>({ field, state }: { field: Field<Row>; state: ListState }) {
  const name = useOwnLabels().field(field.name);
  const { sort, change } = state;
  if (!field.sort) {
    return (
      <TableHead>
        <span className={NAME}>{name}</span>
      </TableHead>
    );
  }
  const sorted =
    sort?.name === field.sort ? (sort.descending ? "descending" : "ascending") : "none";
  const next = { none: field.sort, ascending: `-${field.sort}`, descending: null }[sorted];
  const Icon = { none: ArrowUpDownIcon, ascending: ArrowUpIcon, descending: ArrowDownIcon }[sorted];
  return (
    <TableHead aria-sort={sorted} className={cn(field.numeric && "text-right!")}>
      <Button
        variant="ghost"
        size="sm"
        className={cn(
          "-mx-2 h-auto! min-h-7 px-2! py-1! text-sm!",
          sorted !== "none" && "text-foreground",
        )}
        onClick={() => change({ sort: next })}
      >
        <span className={NAME}>{name}</span>
        <Icon aria-hidden="true" className={cn("size-3.5", sorted === "none" && "opacity-50")} />
      </Button>
    </TableHead>
  );
}

function SkeletonRows({ rows, cells }: { rows: number; cells: number }) {
  return Array.from({ length: rows }, (_, row) => (
    <tr key={row} className="border-b">
      {Array.from({ length: cells }, (_, cell) => (
        <TableCell key={cell}>
          <Skeleton className="my-0.5 h-4 w-full max-w-32" />
        </TableCell>
      ))}
    </tr>
  ));
}
