"use client";

import { Settings2Icon } from "lucide-react";

import type { AnyRow } from "@/api/resource";
import type { DataTableState } from "@/components/data-table/use-data-table";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useTranslations } from "@/lib/i18n";

/** Chooses the columns of a table; one of them always stays. */
export function ColumnMenu<Row extends AnyRow>({ table }: { table: DataTableState<Row> }) {
  const t = useTranslations("table");
  const labels = useOwnLabels();
  const last = table.shown.length === 1;
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button variant="outline">
          <Settings2Icon />
          {t("columns")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {table.fields.map((field) => (
          <DropdownMenuCheckboxItem
            key={field.name}
            checked={table.shown.includes(field)}
            disabled={last && table.shown.includes(field)}
            onCheckedChange={(checked) => table.show(field.name, checked)}
            onSelect={(event) => event.preventDefault()}
          >
            {labels.field(field.name)}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
