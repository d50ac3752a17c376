"use client";

import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import { useEffect } from "react";

import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { type ListState, PAGE_SIZES } from "@/hooks/use-list-state";
import { useTranslations } from "@/lib/i18n";

/** Goes back to the last page where rows have gone and the present one is behind it. */
export function useLastPage(
  { limit, offset, change }: ListState,
  rows: { data?: { total: number | null }; isPlaceholderData: boolean },
) {
  const total = rows.isPlaceholderData ? null : (rows.data?.total ?? null);
  const last = total === null ? offset : Math.max(0, Math.ceil(total / limit) - 1) * limit;
  useEffect(() => {
    if (offset > last) change({ offset: last > 0 ? String(last) : null }, "replace");
  }, [offset, last, change]);
}

/** How many rows there are, and the way to the others. */
export function Pagination({ state, total }: { state: ListState; total: number | null }) {
  const t = useTranslations("table");
  const { limit, offset, change } = state;
  const count = total ?? 0;
  const page = Math.floor(offset / limit) + 1;
  const pages = Math.max(1, Math.ceil(count / limit));
  const goTo = (next: number) => change({ offset: next > 0 ? String(next) : null });
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 text-sm text-muted-foreground">
      <p aria-live="polite">{total === null ? null : t("results", { count })}</p>
      <div className="flex items-center gap-2">
        <div className="w-20 text-foreground">
          <Select
            aria-label={t("pageSize")}
            value={limit}
            onChange={(event) => change({ limit: event.target.value, offset: null })}
          >
            {[...new Set([...PAGE_SIZES, limit])].map((size) => (
              <option key={size}>{size}</option>
            ))}
          </Select>
        </div>
        <span className="whitespace-nowrap">{t("page", { page, pages })}</span>
        <Button
          variant="outline"
          size="icon-sm"
          aria-label={t("previous")}
          disabled={offset === 0}
          onClick={() => goTo(offset - limit)}
        >
          <ChevronLeftIcon />
        </Button>
        <Button
          variant="outline"
          size="icon-sm"
          aria-label={t("next")}
          disabled={offset + limit >= count}
          onClick={() => goTo(offset + limit)}
        >
          <ChevronRightIcon />
        </Button>
      </div>
    </div>
  );
}
