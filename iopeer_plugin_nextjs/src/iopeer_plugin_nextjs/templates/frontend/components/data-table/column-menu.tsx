"use client";

import { Settings2Icon } from "lucide-react";

import type { AnyRow } from "@/api/resource";
import type { useDataTable } from "@/components/data-table/use-data-table";
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
export function ColumnMenu<Row extends AnyRow>({
  table,
}: {
  table: ReturnType<typeof useDataTable<Row>>;
}) {
  const t = useTranslations("table");
  const labels = useOwnLabels();
  const last = table.getVisibleLeafColumns().length === 1;
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button variant="outline">
          <Settings2Icon />
          {t("columns")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {table.getAllLeafColumns().map((column) => (
          <DropdownMenuCheckboxItem
            key={column.id}
            checked={column.getIsVisible()}
            disabled={last && column.getIsVisible()}
            onCheckedChange={(checked) => column.toggleVisibility(checked)}
            onSelect={(event) => event.preventDefault()}
          >
            {labels.field(column.id)}
          </DropdownMenuCheckboxItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
