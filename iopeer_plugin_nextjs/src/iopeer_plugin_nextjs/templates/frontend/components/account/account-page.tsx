"use client";

import { ChangePassword } from "@/components/account/change-password";
import { Preferences } from "@/components/account/preferences";
import { Profile } from "@/components/account/profile";
import { PageHeader } from "@/components/layout/page-header";
import { useTranslations } from "@/lib/i18n";

/** The reader's own account. */
export function AccountPage() {
  const t = useTranslations("account");
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid gap-6">
        <Profile />
        <Preferences />
        <ChangePassword />
      </div>
    </div>
  );
}
