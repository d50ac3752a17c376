"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { LockIcon } from "lucide-react";
import type { ReactNode } from "react";

import type { AnyRow, Listed } from "@/api/resource";
import { useCrumb } from "@/components/layout/crumbs";
import { RowFailure } from "@/components/layout/row-failure";
import { Notice } from "@/components/layout/notice";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useAuth } from "@/hooks/use-auth";
import { failureOf } from "@/hooks/use-resource";
import { useTranslations } from "@/lib/i18n";

/** A page around the form of a row, once that is there and may be changed. */
export function EditPage<Row extends AnyRow>({
  resource,
  row,
  children,
}: {
  resource: Listed<Row>;
  row: UseQueryResult<Row>;
  /** The form. */
  children: (row: Row) => ReactNode;
}) {
  const t = useTranslations("form");
  const tErrors = useTranslations("errors");
  const { can } = useAuth();
  const label = row.data && resource.label(row.data);
  useCrumb(label);
  const failure = failureOf(row);
  if (failure) return <RowFailure error={failure} reset={() => void row.refetch()} />;
  if (!row.data) return <PageSkeleton />;
  if (!can("update", resource.entity, row.data)) {
    return (
      <Notice icon={LockIcon} title={tErrors("forbidden_title")} text={tErrors("status_403")} />
    );
  }
  return (
    <>
      <PageHeader title={t("editOf", { name: label ?? "" })} />
      {children(row.data)}
    </>
  );
}
