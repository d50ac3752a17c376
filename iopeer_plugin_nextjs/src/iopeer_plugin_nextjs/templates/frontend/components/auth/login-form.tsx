"use client";

import Link from "next/link";

import { login } from "@/api/auth";
import { AuthCard } from "@/components/auth/auth-card";
import { AuthForm } from "@/components/auth/auth-form";
import { TextField } from "@/components/auth/text-field";
import { useCredentials } from "@/components/auth/use-credentials";
import { useTranslations } from "@/lib/i18n";
import { loginSchema } from "@/lib/credentials";

/** Signs in with address and password. */
export function LoginForm() {
  const t = useTranslations("auth");
  const form = useCredentials({
    schema: loginSchema,
    defaultValues: { email: "", password: "" },
    submit: ({ email, password }) => login(email, password),
    statuses: { 401: { message: t("wrong_credentials") } },
  });
  const footer = (
    <>
      {t("no_account")}{" "}
      <Link href="/register" className="font-medium text-primary underline underline-offset-4">
        {t("register")}
      </Link>
    </>
  );
  return (
    <AuthCard title={t("login_title")} description={t("login_description")} footer={footer}>
      <AuthForm form={form} action={t("login")}>
        <TextField
          label={t("email")}
          type="email"
          autoComplete="username"
          {...form.field("email")}
        />
        <div className="grid gap-2">
          <TextField
            label={t("password")}
            type="password"
            autoComplete="current-password"
            {...form.field("password")}
          />
          <Link
            href="/forgot-password"
            className="justify-self-end text-sm text-primary underline-offset-4 hover:underline"
          >
            {t("forgot")}
          </Link>
        </div>
      </AuthForm>
    </AuthCard>
  );
}
