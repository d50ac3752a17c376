"use client";

import { useAuth } from "@/hooks/use-auth";
import { useTranslations } from "@/lib/i18n";

/** What an account may do to ratings. */
export function Given() {
  const t = useTranslations("ratings");
  return useAuth().can("update", "inn") ? <p>{t("best")}</p> : null;
}
