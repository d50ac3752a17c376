"use client";

import type { ReactNode } from "react";

import { PageHeader } from "@/components/layout/page-header";
import { useLabelsOf } from "@/hooks/use-entity-labels";
import type { EntityName } from "@/lib/entities";
import { useTranslations } from "@/lib/i18n";

/** A page around the form of a new row. */
export function NewPage({ entity, children }: { entity: EntityName; children: ReactNode }) {
  const t = useTranslations("table");
  return (
    <>
      <PageHeader title={t("new", { one: useLabelsOf(entity).inSentence })} />
      {children}
    </>
  );
}
