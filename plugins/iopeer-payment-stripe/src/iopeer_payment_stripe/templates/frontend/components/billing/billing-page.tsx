"use client";

import { BillsCard } from "@/components/billing/bills-card";
import { runs, useBilling, useStep } from "@/components/billing/billing-data";
import { PlanCard } from "@/components/billing/plan-card";
import { UsageCard } from "@/components/billing/usage-card";
import { Failure } from "@/components/layout/failure";
import { PageHeader } from "@/components/layout/page-header";
import { ContentSkeleton } from "@/components/layout/page-skeleton";
import { Button } from "@/components/ui/button";
import { useFormatter, useTranslations } from "@/lib/i18n";
import { useProblems } from "@/lib/problems";

/** The reader's plan, what is used of it, the other plans and the invoices. */
export function BillingPage() {
  const t = useTranslations("billing");
  const format = useFormatter();
  const problems = useProblems();
  const { data: billing, error, refetch } = useBilling(true);
  const step = useStep();
  if (error && !billing) return <Failure error={error} reset={() => void refetch()} />;
  if (!billing)
    return (
      <>
        <PageHeader title={t("title")} />
        <ContentSkeleton />
      </>
    );
  const day = (at: string | null) =>
    at ? format.dateTime(new Date(at), { dateStyle: "long", timeZone: "UTC" }) : "";
  const state = !billing.enabled
    ? t("off")
    : billing.grace_end
      ? t("past_due", { day: day(billing.grace_end) })
      : billing.ending
        ? t("ending", { day: day(billing.period_end) })
        : billing.status === "trialing"
          ? t("trialing", { day: day(billing.trial_end) })
          : runs(billing)
            ? t("renews", { day: day(billing.period_end) })
            : t("free");
  return (
    <>
      <PageHeader title={t("title")} description={t("has", { plan: billing.plan.label })}>
        {billing.enabled && billing.status && (
          <Button
            variant="outline"
            disabled={step.isPending}
            onClick={() => step.mutate({ path: "portal" })}
          >
            {t("portal")}
          </Button>
        )}
        {runs(billing) && (
          <Button
            variant="outline"
            disabled={step.isPending}
            onClick={() => step.mutate({ path: billing.ending ? "reactivate" : "cancel" })}
          >
            {billing.ending ? t("reactivate") : t("cancel")}
          </Button>
        )}
      </PageHeader>
      <p role="status" className="mb-6 rounded-md border bg-muted px-4 py-3 text-sm">
        {state}
      </p>
      {step.error && (
        <p role="alert" className="mb-6 text-sm text-destructive">
          {problems.ofRequest(step.error)}
        </p>
      )}
      <div className="grid gap-6">
        <UsageCard usage={billing.usage} />
        <section aria-label={t("plans")} className="grid gap-6 md:grid-cols-3">
          {billing.plans.map((plan) => (
            <PlanCard
              key={plan.key}
              plan={plan}
              billing={billing}
              busy={step.isPending}
              onChoose={(cycle) =>
                step.mutate({
                  path: runs(billing) ? "plan" : "checkout",
                  json: { plan: plan.key, cycle },
                })
              }
            />
          ))}
        </section>
        <BillsCard />
      </div>
    </>
  );
}
