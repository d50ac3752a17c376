"use client";

import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { useTranslations } from "@/lib/i18n";

/** What can be done with the selected rows. */
export function BulkBar({
  count,
  onClear,
  children,
}: {
  count: number;
  onClear: () => void;
  children: ReactNode;
}) {
  const t = useTranslations("table");
  return (
    <div
      role="region"
      aria-label={t("selection")}
      className="flex flex-wrap items-center gap-2 rounded-lg border bg-muted px-3 py-2 text-sm"
    >
      <span aria-live="polite" className="mr-auto font-medium">
        {t("selected", { count })}
      </span>
      <Button variant="ghost" size="sm" onClick={onClear}>
        {t("clearSelection")}
      </Button>
      {children}
    </div>
  );
}
