"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { toast } from "sonner";

import { resetPassword } from "@/api/auth";
import { AuthCard } from "@/components/auth/auth-card";
import { AuthForm } from "@/components/auth/auth-form";
import { TextField } from "@/components/auth/text-field";
import { useCredentials } from "@/components/auth/use-credentials";
import { useTranslations } from "@/lib/i18n";
import { resetSchema } from "@/lib/credentials";

/** Sets a new password, with the token of the link that came by mail. */
export function ResetPasswordForm({ token }: { token: string }) {
  const t = useTranslations("auth");
  const router = useRouter();
  const form = useCredentials({
    schema: resetSchema,
    defaultValues: { password: "" },
    submit: async ({ password }) => {
      await resetPassword({ token, new_password: password });
      toast.success(t("reset_done"));
      router.replace("/login");
    },
    statuses: { 401: { message: t("link_expired") } },
  });
  const footer = (
    <Link href="/forgot-password" className="font-medium text-primary underline underline-offset-4">
      {t("new_link")}
    </Link>
  );
  return (
    <AuthCard title={t("reset_title")} description={t("reset_description")} footer={footer}>
      <AuthForm form={form} action={t("reset_action")}>
        <TextField
          label={t("new_password")}
          type="password"
          autoComplete="new-password"
          hint={t("password_hint")}
          {...form.field("password")}
        />
      </AuthForm>
    </AuthCard>
  );
}
