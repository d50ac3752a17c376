"use client";

import { EllipsisIcon, EyeIcon, PencilIcon, Trash2Icon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import type { AnyRow, Listed } from "@/api/resource";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { pageOf } from "@/components/value/reference";
import { useAuth } from "@/hooks/use-auth";
import { useTranslations } from "@/lib/i18n";

/** What the reader may do with a row of a table. */
export function RowMenu<Row extends AnyRow>({
  row,
  resource,
  onRemove,
  children,
}: {
  row: Row;
  resource: Listed<Row>;
  onRemove: () => void;
  /** Further items. */
  children?: ReactNode;
}) {
  const t = useTranslations("table");
  const { can } = useAuth();
  const page = pageOf(resource.entity, row.id);
  return (
    <DropdownMenu modal={false}>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t("actionsOf", { name: resource.label(row) })}
        >
          <EllipsisIcon />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem asChild>
          <Link href={page}>
            <EyeIcon />
            {t("open")}
          </Link>
        </DropdownMenuItem>
        {can("update", resource.entity, row) && (
          <DropdownMenuItem asChild>
            <Link href={`${page}/edit`}>
              <PencilIcon />
              {t("edit")}
            </Link>
          </DropdownMenuItem>
        )}
        {children}
        {can("delete", resource.entity, row) && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem variant="destructive" onSelect={onRemove}>
              <Trash2Icon />
              {t("remove")}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
