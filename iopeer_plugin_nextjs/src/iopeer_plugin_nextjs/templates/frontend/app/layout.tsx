import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";

import { Providers } from "@/components/providers";
import { description, title } from "@/lib/app";
import { openMessagesOf } from "@/lib/messages";
import { requestLocale } from "@/lib/page";
import { asTheme, THEME_COOKIE } from "@/lib/preferences";

import "./globals.css";

const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-inter",
  display: "swap",
});

export const metadata: Metadata = {
  title: { default: title, template: `%s · ${title}` },
  description,
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0f13" },
  ],
};

/** Every page: its language, its theme, and what all pages share. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, locale] = await Promise.all([cookies(), requestLocale()]);
  const theme = asTheme(jar.get(THEME_COOKIE)?.value);
  return (
    <html
      lang={locale}
      data-theme={theme === "system" ? undefined : theme}
      className={inter.variable}
    >
      <body className="min-h-dvh font-sans antialiased">
        <Providers locale={locale} messages={await openMessagesOf(locale)} theme={theme}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
