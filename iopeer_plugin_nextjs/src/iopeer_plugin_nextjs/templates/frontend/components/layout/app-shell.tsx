"use client";

import type { ReactNode } from "react";

import { Brand } from "@/components/layout/brand";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { CrumbProvider } from "@/components/layout/crumbs";
import { LanguageSwitch } from "@/components/layout/language-switch";
import { MobileMenu } from "@/components/layout/mobile-menu";
import { SearchButton } from "@/components/layout/search-button";
import { SidebarNav } from "@/components/layout/sidebar";
import { ThemeToggle } from "@/components/layout/theme-toggle";
import { UserMenu } from "@/components/layout/user-menu";
import { useTranslations } from "@/lib/i18n";

/** What stands around every page of the application. */
export function AppShell({ children }: { children: ReactNode }) {
  const t = useTranslations("layout");
  return (
    <CrumbProvider>
      <a
        href="#main"
        className="sr-only rounded-md bg-primary px-4 py-2 text-sm font-medium text-primary-foreground focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50"
      >
        {t("skip")}
      </a>
      <div className="flex min-h-dvh">
        <aside className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col border-r border-sidebar-border bg-sidebar lg:flex">
          <div className="flex h-14 shrink-0 items-center border-b border-sidebar-border px-5">
            <Brand />
          </div>
          <SidebarNav />
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="sticky top-0 z-30 flex h-14 shrink-0 items-center gap-2 border-b bg-background/95 px-3 backdrop-blur sm:px-6">
            <MobileMenu />
            <Breadcrumbs />
            <div className="ml-auto flex shrink-0 items-center gap-1">
              <SearchButton />
              <LanguageSwitch />
              <ThemeToggle />
              <UserMenu />
            </div>
          </header>
          <main id="main" tabIndex={-1} className="min-w-0 flex-1 p-4 outline-none sm:p-6">
            {children}
          </main>
        </div>
      </div>
    </CrumbProvider>
  );
}
