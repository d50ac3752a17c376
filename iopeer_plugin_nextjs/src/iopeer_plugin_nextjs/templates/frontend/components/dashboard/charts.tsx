"use client";

import { NearLink } from "@/components/layout/near-link";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { useAuth } from "@/hooks/use-auth";
import { useCounts } from "@/hooks/use-counts";
import { useEntityLabels } from "@/hooks/use-places";
import { useFormatter } from "@/lib/i18n";
import { toList } from "@/lib/lists";
import type { Chart, Place } from "@/lib/navigation";
import { readable } from "@/lib/permissions";

/** Of each field that is one of a few values: how many rows have which. */
export function Charts({ places }: { places: Place[] }) {
  const { account } = useAuth();
  const shown = places.flatMap((place) =>
    place.charts
      .filter(({ field }) => readable(account, place.entity, field))
      .map((chart) => ({ place, chart })),
  );
  if (shown.length === 0) return null;
  return (
    <div className="grid gap-6 md:grid-cols-2 xl:grid-cols-1">
      {shown.map(({ place, chart }) => (
        <ValueChart key={`${place.entity}.${chart.field}`} place={place} chart={chart} />
      ))}
    </div>
  );
}

function ValueChart({ place, chart }: { place: Place; chart: Chart }) {
  const format = useFormatter();
  const labels = useEntityLabels();
  const counts = useCounts(place, chart);
  if (counts?.every((count) => count === 0)) return null;
  const most = Math.max(1, ...(counts ?? []));
  return (
    <Card>
      <CardHeader>
        <CardTitle className="text-sm">
          {labels.many(place.entity)} · {labels.field(place.entity, chart.field)}
        </CardTitle>
      </CardHeader>
      <CardContent className="pt-4">
        <ul className="grid gap-3">
          {chart.values.map((value, index) => {
            const count = counts?.[index];
            return (
              <li key={value}>
                <NearLink
                  href={`${place.href}?${new URLSearchParams({ [`${chart.field}__in`]: toList([value]) }).toString()}`}
                  className="group grid grid-cols-[1fr_auto] gap-x-3 gap-y-1.5 rounded-sm text-sm outline-none focus-visible:ring-2 focus-visible:ring-ring"
                >
                  <span className="truncate group-hover:underline">
                    {labels.choice(place.entity, chart.field, chart.values, value)}
                  </span>
                  <span className="text-muted-foreground tabular-nums">
                    {count === undefined ? "–" : format.number(count)}
                  </span>
                  <span className="col-span-2 h-2 overflow-hidden rounded-full bg-secondary">
                    <span
                      className="block h-full rounded-full bg-primary transition-[width]"
                      style={{ width: `${((count ?? 0) / most) * 100}%` }}
                    />
                  </span>
                </NearLink>
              </li>
            );
          })}
        </ul>
      </CardContent>
    </Card>
  );
}
