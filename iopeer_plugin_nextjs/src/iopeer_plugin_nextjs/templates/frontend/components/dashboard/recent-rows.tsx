"use client";

import { useQueries } from "@tanstack/react-query";
import Link from "next/link";

import type { AnyRow } from "@/api/resource";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useAuth } from "@/hooks/use-auth";
import { useEntityLabels } from "@/hooks/use-places";
import { useFormatter, useTranslations } from "@/lib/i18n";
import { accountEntity, type Place } from "@/lib/navigation";
import { readable } from "@/lib/permissions";
import { cn } from "@/lib/utils";

const SHOWN = 8;

interface Changed extends AnyRow {
  updated_at: string;
}

/** What was changed last, of all entities. */
export function RecentRows({ places, className }: { places: Place[]; className?: string }) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const labels = useEntityLabels();
  const { rows, now } = useRecent(places);
  if (rows?.length === 0) return null;
  return (
    <Card className={cn("min-w-0", className)}>
      <CardHeader>
        <CardTitle className="text-sm">{t("recent")}</CardTitle>
      </CardHeader>
      <CardContent className="px-2 pt-2 pb-2">
        {rows ? (
          <ul>
            {rows.map(({ place, row }) => (
              <li key={`${place.entity} ${row.id}`}>
                <Link
                  href={`${place.href}/${encodeURIComponent(row.id)}`}
                  className="flex items-center gap-3 rounded-md px-3 py-2 text-sm outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring"
                >
                  <place.icon
                    className="size-4 shrink-0 text-muted-foreground"
                    aria-hidden="true"
                  />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">
                      {place.rows.label(row)}
                    </span>
                    <span className="block text-xs text-muted-foreground">
                      {labels.one(place.entity)}
                    </span>
                  </span>
                  <time
                    dateTime={row.updated_at}
                    className="shrink-0 text-xs text-muted-foreground tabular-nums"
                  >
                    {format.relativeTime(new Date(row.updated_at), now)}
                  </time>
                </Link>
              </li>
            ))}
          </ul>
        ) : (
          <div className="grid gap-2 p-3">
            {[1, 2, 3, 4, 5].map((number) => (
              <Skeleton key={number} className="h-9" />
            ))}
          </div>
        )}
      </CardContent>
    </Card>
  );
}

/** The rows that were changed last, newest first, and the time when they were asked for. */
function useRecent(places: Place[]) {
  const { account } = useAuth();
  const asked = places.filter(
    ({ entity }) => entity !== accountEntity && readable(account, entity, "updated_at"),
  );
  return useQueries({
    queries: asked.map((place) => ({
      queryKey: [place.entity, "recent"],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const query = { sort: "-updated_at", limit: SHOWN };
        const page = await place.rows.list(query, signal);
        return page.items.map((row) => ({ place, row: row as Changed }));
      },
    })),
    combine: (results) => ({
      now: Math.max(...results.map((result) => result.dataUpdatedAt)),
      rows: results.some((result) => result.isPending)
        ? undefined
        : results
            .flatMap((result) => result.data ?? [])
            .sort((one, other) => other.row.updated_at.localeCompare(one.row.updated_at))
            .slice(0, SHOWN),
    }),
  });
}
