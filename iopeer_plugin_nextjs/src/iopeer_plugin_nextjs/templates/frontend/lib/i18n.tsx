"use client";

import type { ReactNode } from "react";
import { IntlProvider, type Messages } from "use-intl";

export { useFormatter, useLocale, useMessages, useTranslations } from "use-intl";

/** Gives the texts of one language to everything inside. */
export function I18nProvider({
  locale,
  messages,
  children,
}: {
  locale: string;
  messages: Messages;
  children: ReactNode;
}) {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}
