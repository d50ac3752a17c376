"use client";

import { Charts } from "@/components/dashboard/charts";
import { CountCards } from "@/components/dashboard/count-cards";
import { FirstSteps } from "@/components/dashboard/first-steps";
import { RecentRows } from "@/components/dashboard/recent-rows";
import { PageHeader } from "@/components/layout/page-header";
import { useAuth } from "@/hooks/use-auth";
import { useReadablePlaces } from "@/hooks/use-places";
import { title } from "@/lib/app";
import { useTranslations } from "@/lib/i18n";

/** What the application holds, as far as the reader may see it. */
export function DashboardPage() {
  const t = useTranslations("dashboard");
  const { account } = useAuth();
  const places = useReadablePlaces();
  const name = account?.label;
  return (
    <>
      <PageHeader
        title={name ? t("welcome_name", { name }) : t("welcome")}
        description={t("description", { title })}
      />
      <div className="grid gap-6">
        <FirstSteps places={places} />
        <CountCards places={places} />
        <div className="grid items-start gap-6 xl:grid-cols-3">
          <RecentRows places={places} className="xl:col-span-2" />
          <Charts places={places} />
        </div>
      </div>
    </>
  );
}
