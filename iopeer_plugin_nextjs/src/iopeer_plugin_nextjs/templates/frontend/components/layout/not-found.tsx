"use client";

import { SearchXIcon } from "lucide-react";
import Link from "next/link";

import { Notice } from "@/components/layout/notice";
import { Button } from "@/components/ui/button";
import { useTranslations } from "@/lib/i18n";

/** There is nothing at this address, or nothing that the reader may see. */
export function NotFound() {
  const t = useTranslations("errors");
  return (
    <Notice icon={SearchXIcon} title={t("not_found_title")} text={t("status_404")}>
      <Button asChild>
        <Link href="/">{t("home")}</Link>
      </Button>
    </Notice>
  );
}
