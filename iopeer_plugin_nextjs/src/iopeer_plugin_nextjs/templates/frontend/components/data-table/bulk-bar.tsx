"use client";

import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { useTranslations } from "@/lib/i18n";

/** What can be done with the selected rows, once there are some. */
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
  const selected = count > 0 && t("selected", { count });
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {selected}
      </p>
      {selected && (
        <div
          role="region"
          aria-label={t("selection")}
          className="flex flex-wrap items-center gap-2 rounded-lg border bg-muted px-3 py-2 text-sm"
        >
          <span aria-hidden="true" className="mr-auto font-medium">
            {selected}
          </span>
          <Button variant="ghost" size="sm" onClick={onClear}>
            {t("clearSelection")}
          </Button>
          {children}
        </div>
      )}
    </>
  );
}
