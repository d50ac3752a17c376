"use client";

import { PageHeader } from "@/components/layout/page-header";
import { useTranslations } from "@/lib/i18n";

/** A page of its own. */
export function About() {
  const t = useTranslations("panels");
  return <PageHeader title={t("about")} description={t("made")} />;
}
