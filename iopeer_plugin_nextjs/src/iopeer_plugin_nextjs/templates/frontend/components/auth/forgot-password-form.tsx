"use client";

import { MailCheckIcon } from "lucide-react";
import Link from "next/link";
import { useState } from "react";

import { forgotPassword } from "@/api/auth";
import { AuthCard } from "@/components/auth/auth-card";
import { AuthForm } from "@/components/auth/auth-form";
import { TextField } from "@/components/auth/text-field";
import { useCredentials } from "@/components/auth/use-credentials";
import { useTranslations } from "@/lib/i18n";
import { forgotSchema } from "@/lib/credentials";

/** Asks for a mail with a link that sets a new password. */
export function ForgotPasswordForm() {
  const t = useTranslations("auth");
  const [sent, setSent] = useState(false);
  const form = useCredentials({
    schema: forgotSchema,
    defaultValues: { email: "" },
    submit: async ({ email }) => {
      await forgotPassword(email);
      setSent(true);
    },
  });
  const footer = (
    <Link href="/login" className="font-medium text-primary underline underline-offset-4">
      {t("back_to_login")}
    </Link>
  );
  return (
    <AuthCard title={t("forgot_title")} description={t("forgot_description")} footer={footer}>
      {sent ? (
        <p role="status" className="flex items-start gap-3 rounded-md bg-secondary p-4 text-sm">
          <MailCheckIcon className="size-5 shrink-0 text-success" aria-hidden="true" />
          {t("forgot_sent")}
        </p>
      ) : (
        <AuthForm form={form} action={t("forgot_action")}>
          <TextField
            label={t("email")}
            type="email"
            autoComplete="username"
            {...form.field("email")}
          />
        </AuthForm>
      )}
    </AuthCard>
  );
}
