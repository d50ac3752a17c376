"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useId } from "react";

import { useTheme } from "@/components/layout/theme-provider";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import { languages } from "@/lib/app";
import { useLocale, useTranslations } from "@/lib/i18n";
import { languageName } from "@/lib/locale";
import { asTheme, keepPreference, LOCALE_COOKIE, themes } from "@/lib/preferences";

/** How the application looks and speaks on this device. */
export function Preferences() {
  const t = useTranslations("account");
  const tTheme = useTranslations("theme");
  const { theme, setTheme } = useTheme();
  const locale = useLocale();
  const router = useRouter();
  const setLanguage = (language: string) => {
    keepPreference(LOCALE_COOKIE, language);
    router.refresh();
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("preferences")}</CardTitle>
        <CardDescription>{t("preferences_description")}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-5 sm:grid-cols-2">
        <Choice label={tTheme("label")} value={theme} onChange={(one) => setTheme(asTheme(one))}>
          {themes.map((one) => (
            <option key={one} value={one}>
              {tTheme(one)}
            </option>
          ))}
        </Choice>
        {languages.length > 1 && (
          <Choice label={t("language")} value={locale} onChange={setLanguage}>
            {languages.map((language) => (
              <option key={language} value={language} lang={language}>
                {languageName(language)}
              </option>
            ))}
          </Choice>
        )}
      </CardContent>
    </Card>
  );
}

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="grid gap-2">
      <Label htmlFor={id}>{label}</Label>
      <Select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </Select>
    </div>
  );
}
