"use client";

import Link from "next/link";

import { AuthCard } from "@/components/auth/auth-card";
import { AuthForm } from "@/components/auth/auth-form";
import { ChoiceField } from "@/components/auth/choice-field";
import { TextField } from "@/components/auth/text-field";
import { useCredentials } from "@/components/auth/use-credentials";
import { useAuth } from "@/hooks/use-auth";
import { useTranslations } from "@/lib/i18n";
import { entries, registrationSchema } from "@/lib/registration";

const AUTOCOMPLETE: Record<string, string> = { email: "username", tel: "tel", url: "url" };

/** Opens an account. */
export function RegisterForm() {
  const t = useTranslations("auth");
  const tEntities = useTranslations("entities");
  const { register } = useAuth();
  const form = useCredentials({
    schema: registrationSchema,
    defaultValues: { password: "", ...Object.fromEntries(entries.map(({ name }) => [name, ""])) },
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
      <AuthForm
        onSubmit={form.onSubmit}
        error={form.error("root")}
        busy={form.busy}
        action={t("register")}
      >
        {entries.map(({ name, label, type, choices }) =>
          choices ? (
            <ChoiceField
              key={name}
              label={String(tEntities.raw(label))}
              choices={choices}
              error={form.error(name)}
              {...form.register(name)}
            />
          ) : (
            <TextField
              key={name}
              label={String(tEntities.raw(label))}
              type={type}
              autoComplete={AUTOCOMPLETE[type]}
              error={form.error(name)}
              {...form.register(name)}
            />
          ),
        )}
        <TextField
          label={t("password")}
          type="password"
          autoComplete="new-password"
          hint={t("password_hint")}
          error={form.error("password")}
          {...form.register("password")}
        />
      </AuthForm>
    </AuthCard>
  );
}
