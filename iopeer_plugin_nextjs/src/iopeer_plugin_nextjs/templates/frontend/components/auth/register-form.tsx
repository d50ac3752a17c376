"use client";

import Link from "next/link";

import { register } from "@/api/auth";
import { AuthCard } from "@/components/auth/auth-card";
import { AuthForm } from "@/components/auth/auth-form";
import { RegistrationFields } from "@/components/auth/registration-fields";
import { TextField } from "@/components/auth/text-field";
import { useCredentials } from "@/components/auth/use-credentials";
import { useTranslations } from "@/lib/i18n";
import { newAccount, registrationSchema } from "@/lib/registration";

/** Opens an account. */
export function RegisterForm() {
  const t = useTranslations("auth");
  const form = useCredentials({
    schema: registrationSchema,
    defaultValues: newAccount,
    submit: register,
  });
  const footer = (
    <>
      {t("has_account")}{" "}
      <Link href="/login" className="font-medium text-primary underline underline-offset-4">
        {t("login")}
      </Link>
    </>
  );
  return (
    <AuthCard title={t("register_title")} description={t("register_description")} footer={footer}>
      <AuthForm form={form} action={t("register")}>
        <RegistrationFields field={form.field} />
        <TextField
          label={t("password")}
          type="password"
          autoComplete="new-password"
          hint={t("password_hint")}
          {...form.field("password")}
        />
      </AuthForm>
    </AuthCard>
  );
}
