"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import type { Messages } from "use-intl";

import { ApiError } from "@/api/client";
import { ThemeProvider } from "@/components/layout/theme-provider";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { AuthProvider } from "@/hooks/use-auth";
import { I18nProvider } from "@/lib/i18n";
import type { Theme } from "@/lib/preferences";

/** Whether to ask again: not where the API said no. */
function isTransient(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

/** What every page needs around it. */
export function Providers({
  locale,
  messages,
  theme,
  children,
}: {
  locale: string;
  messages: Messages;
  theme: Theme;
  children: ReactNode;
}) {
  const [client] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { retry: isTransient, staleTime: 10_000 } } }),
  );
  return (
    <I18nProvider locale={locale} messages={messages}>
      <ThemeProvider initial={theme}>
        <QueryClientProvider client={client}>
          <NuqsAdapter>
            <AuthProvider>
              <TooltipProvider delayDuration={300}>{children}</TooltipProvider>
            </AuthProvider>
          </NuqsAdapter>
        </QueryClientProvider>
        <Toaster />
      </ThemeProvider>
    </I18nProvider>
  );
}
