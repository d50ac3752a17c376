"use client";

import { NearLink } from "@/components/layout/near-link";
import { Card } from "@/components/ui/card";
import type { Overview } from "@/hooks/use-overview";
import { useEntityLabels } from "@/hooks/use-places";
import { useFormatter, useTranslations } from "@/lib/i18n";

/** How many rows of each entity there are. */
export function CountCards({ counts }: Pick<Overview, "counts">) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const labels = useEntityLabels();
  return (
    <section aria-label={t("counts")}>
      <ul className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-3 2xl:grid-cols-4">
        {[...counts].map(([{ entity, href, icon: Icon }, count]) => (
          <li key={entity}>
            <Card className="h-full transition-colors hover:border-ring/60">
              <NearLink
                href={href}
                className="flex h-full items-start justify-between gap-2 rounded-xl p-4 outline-none focus-visible:ring-2 focus-visible:ring-ring sm:p-5"
              >
                <span className="grid min-w-0 gap-1">
                  <span className="truncate text-sm text-muted-foreground">
                    {labels.many(entity)}
                  </span>
                  <span className="h-8 text-2xl leading-8 font-semibold tabular-nums">
                    {count === null ? "–" : format.number(count)}
                  </span>
                </span>
                <Icon className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden="true" />
              </NearLink>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}
