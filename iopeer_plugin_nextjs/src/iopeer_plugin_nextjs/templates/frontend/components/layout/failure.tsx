"use client";

import { TriangleAlertIcon } from "lucide-react";

import { Notice } from "@/components/layout/notice";
import { Button } from "@/components/ui/button";
import { useTranslations } from "@/lib/i18n";
import { useProblems } from "@/lib/problems";

/** A page that failed: why, as far as the API said, and the way to try again. */
export function Failure({ error, reset }: { error?: unknown; reset: () => void }) {
  const t = useTranslations("errors");
  const problems = useProblems();
  return (
    <Notice icon={TriangleAlertIcon} title={t("failure_title")} text={problems.ofRequest(error)}>
      <Button onClick={reset}>{t("try_again")}</Button>
    </Notice>
  );
}
