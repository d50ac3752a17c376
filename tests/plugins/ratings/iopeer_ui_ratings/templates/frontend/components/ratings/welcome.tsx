"use client";

import Link from "next/link";

import { title } from "@/lib/app";
import { useTranslations } from "@/lib/i18n";

/** What visitors see first. */
export function Welcome() {
  const t = useTranslations("ratings");
  return (
    <main>
      <h1>{t("welcome")}</h1>
      <Link href="/inns">{title}</Link>
    </main>
  );
}
