"use client";

import { useTranslations } from "@/lib/i18n";
import { Toaster as Sonner } from "sonner";

/** Where short messages appear; `toast(…)` of sonner shows one. */
export function Toaster() {
  const t = useTranslations("common");
  return (
    <Sonner
      containerAriaLabel={t("notifications")}
      position="bottom-right"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-3 rounded-lg border bg-popover p-4 font-sans text-sm text-popover-foreground shadow-lg [&_[data-content]]:flex-1",
          title: "font-medium",
          description: "text-muted-foreground",
          icon: "shrink-0",
          success: "[&_[data-icon]]:text-success",
          error: "[&_[data-icon]]:text-destructive",
          actionButton:
            "shrink-0 rounded-md bg-primary px-3 py-1.5 text-xs font-medium text-primary-foreground",
        },
      }}
    />
  );
}
