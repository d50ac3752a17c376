"use client";

import Link from "next/link";

import { Card } from "@/components/ui/card";
import { useCounts } from "@/hooks/use-counts";
import { useEntityLabels } from "@/hooks/use-places";
import { useFormatter, useTranslations } from "@/lib/i18n";
import type { Place } from "@/lib/navigation";

/** How many rows of each entity there are. */
export function CountCards({ places }: { places: Place[] }) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const labels = useEntityLabels();
  const counts = useCounts(places.map((place) => ({ place })));
  return (
    <section aria-label={t("counts")}>
      <ul className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-3 2xl:grid-cols-4">
        {places.map(({ entity, href, icon: Icon }, index) => {
          const count = counts[index];
          return (
            <li key={entity}>
              <Card className="h-full transition-colors hover:border-ring/60">
                <Link
                  href={href}
                  className="flex h-full items-start justify-between gap-2 rounded-xl p-4 outline-none focus-visible:ring-2 focus-visible:ring-ring sm:p-5"
                >
                  <span className="grid min-w-0 gap-1">
                    <span className="truncate text-sm text-muted-foreground">
                      {labels.many(entity)}
                    </span>
                    <span className="h-8 text-2xl leading-8 font-semibold tabular-nums">
                      {typeof count === "number" ? format.number(count) : "–"}
                    </span>
                  </span>
                  <Icon
                    className="mt-0.5 size-4 shrink-0 text-muted-foreground"
                    aria-hidden="true"
                  />
                </Link>
              </Card>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
