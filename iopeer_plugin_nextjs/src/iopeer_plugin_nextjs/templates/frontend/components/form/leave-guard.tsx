"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

import { ConfirmDialog } from "@/components/confirm-dialog";
import { useTranslations } from "@/lib/i18n";
import { askBeforeLeaving, leave } from "@/lib/leaving";

/** The browser's back and forward buttons, where it lets a page hold them up. */
interface Traversing extends Event {
  navigationType: string;
  destination: { key: string };
}
interface Traversable extends EventTarget {
  traverseTo(key: string): unknown;
}

/** Asks before a link, the back button or a closed tab loses what was filled in. */
export function LeaveGuard({ active }: { active: boolean }) {
  const t = useTranslations("form");
  const router = useRouter();
  const [wanted, setWanted] = useState<(() => void) | null>(null);

  useEffect(() => {
    if (!active) return;
    const history = (window as { navigation?: Traversable }).navigation;
    const stop = new AbortController();
    let agreed = false;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const href = link?.getAttribute("href");
      const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
      if (!href?.startsWith("/") || link?.getAttribute("target") || elsewhere) return;
      event.preventDefault();
      event.stopPropagation();
      leave(() => router.push(href));
    };
    const onNavigate = (event: Event) => {
      const { navigationType, destination, cancelable } = event as Traversing;
      if (agreed || navigationType !== "traverse" || !cancelable) return;
      event.preventDefault();
      leave(() => {
        agreed = true;
        history?.traverseTo(destination.key);
      });
    };
    window.addEventListener("beforeunload", onUnload, stop);
    document.addEventListener("click", onClick, { capture: true, signal: stop.signal });
    history?.addEventListener("navigate", onNavigate, stop);
    const stopAsking = askBeforeLeaving((go) => setWanted(() => go));
    return () => {
      stop.abort();
      stopAsking();
    };
  }, [active, router]);

  return (
    <ConfirmDialog
      open={wanted !== null}
      onOpenChange={(open) => !open && setWanted(null)}
      title={t("leaveTitle")}
      description={t("leaveDescription")}
      action={t("leave")}
      onConfirm={() => wanted?.()}
    />
  );
}
