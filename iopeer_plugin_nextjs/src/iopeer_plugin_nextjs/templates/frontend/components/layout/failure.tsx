"use client";

import { TriangleAlertIcon } from "lucide-react";

import { Notice } from "@/components/layout/notice";
import { Button } from "@/components/ui/button";
import { useTranslations } from "@/lib/i18n";

/** A page that failed, and the way to try again. */
export function Failure({ reset }: { reset: () => void }) {
  const t = useTranslations("errors");
  return (
    <Notice icon={TriangleAlertIcon} title={t("failure_title")} text={t("unknown")}>
      <Button onClick={reset}>{t("try_again")}</Button>
    </Notice>
  );
}
