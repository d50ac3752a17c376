"use client";

import { NearLink } from "@/components/layout/near-link";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { Overview } from "@/hooks/use-overview";
import { useEntityLabels } from "@/hooks/use-places";
import { useFormatter, useTranslations } from "@/lib/i18n";
import { cn } from "@/lib/utils";

/** What was changed last, of all entities. */
export function RecentRows({ overview, className }: { overview: Overview; className?: string }) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const labels = useEntityLabels();
  const { recent, now } = overview;
  if (recent.length === 0) return null;
  return (
    <Card className={cn("min-w-0", className)}>
      <CardHeader>
        <CardTitle className="text-sm">{t("recent")}</CardTitle>
      </CardHeader>
      <CardContent className="px-2 pt-2 pb-2">
        <ul>
          {recent.map(({ place, row }) => (
            <li key={`${place.entity} ${row.id}`}>
              <NearLink
                href={`${place.href}/${encodeURIComponent(row.id)}`}
                className="flex items-center gap-3 rounded-md px-3 py-2 text-sm outline-none hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring"
              >
                <place.icon className="size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{place.rows.label(row)}</span>
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
              </NearLink>
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}
