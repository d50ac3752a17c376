"use client";

import { toast } from "sonner";

import { emailOf } from "@/api/account";
import { changePassword } from "@/api/auth";
import { TextField } from "@/components/auth/text-field";
import { useCredentials } from "@/components/auth/use-credentials";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useAuth } from "@/hooks/use-auth";
import { changeSchema } from "@/lib/credentials";
import { useTranslations } from "@/lib/i18n";

/** Sets a new password; all other devices are signed out. */
export function ChangePassword() {
  const t = useTranslations("auth");
  const { account } = useAuth();
  const form = useCredentials({
    schema: changeSchema,
    defaultValues: { current_password: "", new_password: "" },
    submit: async (values) => {
      await changePassword(values.current_password, values.new_password);
      form.reset();
      toast.success(t("password_changed"));
    },
    statuses: { 403: { field: "current_password", message: t("wrong_password") } },
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("password")}</CardTitle>
        <CardDescription>{t("password_description")}</CardDescription>
      </CardHeader>
      <CardContent>
        <form onSubmit={form.onSubmit} noValidate className="grid gap-5 sm:grid-cols-2">
          {/* Password managers keep a password with the account that it belongs to. */}
          <input
            type="email"
            autoComplete="username"
            readOnly
            hidden
            value={account ? emailOf(account) : ""}
          />
          {form.error("root") && (
            <p role="alert" className="text-sm text-destructive sm:col-span-2">
              {form.error("root")}
            </p>
          )}
          <TextField
            label={t("current_password")}
            type="password"
            autoComplete="current-password"
            {...form.field("current_password")}
          />
          <TextField
            label={t("new_password")}
            type="password"
            autoComplete="new-password"
            hint={t("password_hint")}
            {...form.field("new_password")}
          />
          <div className="flex justify-end sm:col-span-2">
            <Button type="submit" disabled={form.busy} aria-busy={form.busy}>
              {t("change_password")}
            </Button>
          </div>
        </form>
      </CardContent>
    </Card>
  );
}
