"use client";

import { type FormEvent, useState } from "react";

import { takeBadge } from "@/api/badges";
import { VisitorsOnly } from "@/components/auth/visitors-only";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { useTranslations } from "@/lib/i18n";

/** Asks the desk for a badge. */
export function ShowBadge() {
  const t = useTranslations("badges");
  const [refused, setRefused] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = new FormData(event.currentTarget).get("email");
    takeBadge(typeof email === "string" ? email : "").catch(() => setRefused(true));
  };
  return (
    <VisitorsOnly>
      <PageHeader title={t("title")} />
      <form onSubmit={submit} className="grid max-w-sm gap-3">
        {refused && <p role="alert">{t("refused")}</p>}
        <Label htmlFor="badge-email">{t("email")}</Label>
        <Input id="badge-email" name="email" type="email" required />
        <Button type="submit">{t("take")}</Button>
      </form>
    </VisitorsOnly>
  );
}
