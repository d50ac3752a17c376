"use client";

import type { Usage } from "@/components/billing/billing-data";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useFormatter, useTranslations } from "@/lib/i18n";

/** The part of a limit from which on it is nearly reached. */
const NEARLY = 0.8;

/** How much of the plan is used. */
export function UsageCard({ usage }: { usage: Usage[] }) {
  const t = useTranslations("billing");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("usage")}</CardTitle>
        {usage.some(({ used, limit }) => limit !== null && used > limit) && (
          <CardDescription>{t("over")}</CardDescription>
        )}
      </CardHeader>
      <CardContent className="grid gap-5 sm:grid-cols-2">
        {usage.map((one) => (
          <Used key={one.name} {...one} />
        ))}
      </CardContent>
    </Card>
  );
}

function Used({ name, used, limit }: Usage) {
  const t = useTranslations("billing");
  const format = useFormatter();
  const label = t(`name_${name}`);
  const text =
    limit === null
      ? t("used", { used: format.number(used) })
      : t("used_of", { used: format.number(used), limit: format.number(limit) });
  const full = limit !== null && used >= limit;
  return (
    <div className="grid gap-2 text-sm">
      <div className="flex justify-between gap-4">
        <span>{label}</span>
        <span className={full ? "font-medium text-destructive" : "text-muted-foreground"}>{text}</span>
      </div>
      {limit !== null && (
        <meter
          className="h-3 w-full"
          aria-label={label}
          max={Math.max(limit, 1)}
          low={limit * NEARLY}
          high={Math.max(limit - 0.5, 0)}
          optimum={0}
          value={used}
        >
          {text}
        </meter>
      )}
    </div>
  );
}
