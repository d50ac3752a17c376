"use client";

import { CheckIcon } from "lucide-react";
import type { ReactNode } from "react";

import { type Billing, type Cycle, type Plan, runs, useMoney } from "@/components/billing/billing-data";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useTranslations } from "@/lib/i18n";

const CYCLES: Cycle[] = ["monthly", "yearly"];

/** A plan: its prices, what it includes, and a button for each price. */
export function PlanCard({
  plan,
  billing,
  busy,
  onChoose,
}: {
  plan: Plan;
  billing: Billing;
  busy: boolean;
  onChoose: (cycle: Cycle) => void;
}) {
  const t = useTranslations("billing");
  const money = useMoney();
  const mine = plan.key === billing.plan.key;
  const prices = CYCLES.flatMap((cycle) => {
    const amount = plan[cycle];
    return amount === null ? [] : [{ cycle, text: money(amount, billing.currency) }];
  });
  const limits = billing.usage.map(({ name }) => ({
    name,
    limit: name === "requests" ? plan.requests : (plan.rows[name] ?? null),
  }));
  const tries = plan.trial_days > 0 && prices.length > 0 && !billing.tried;
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          {plan.label} {mine && <Badge>{t("yours")}</Badge>}
        </CardTitle>
        <CardDescription>
          {prices.map(({ cycle, text }) => t(cycle, { price: text })).join(" · ") || t("nothing")}
        </CardDescription>
      </CardHeader>
      <CardContent className="grid gap-4">
        <ul className="grid gap-2 text-sm">
          {limits.map(({ name, limit }) => (
            <Included key={name}>
              {limit === null
                ? t("unlimited", { what: t(`of_${name}`) })
                : t("up_to", { limit, what: t(`of_${name}`) })}
            </Included>
          ))}
          {plan.features.map((feature) => (
            <Included key={feature}>{feature}</Included>
          ))}
          {tries && <Included>{t("trial", { days: plan.trial_days })}</Included>}
        </ul>
        {billing.enabled &&
          prices
            .filter(({ cycle }) => !(mine && runs(billing) && cycle === billing.cycle))
            .map(({ cycle, text }) => (
              <Button key={cycle} disabled={busy} onClick={() => onChoose(cycle)}>
                {t("choose", { plan: plan.label, price: t(cycle, { price: text }) })}
              </Button>
            ))}
      </CardContent>
    </Card>
  );
}

function Included({ children }: { children: ReactNode }) {
  return (
    <li className="flex items-center gap-2">
      <CheckIcon aria-hidden className="size-4 text-primary" />
      {children}
    </li>
  );
}
