"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, Suspense, useEffect } from "react";

import { useAuth } from "@/hooks/use-auth";
import { useTranslations } from "@/lib/i18n";
import { safeNext } from "@/lib/next-page";

/** Shows a page to visitors; whoever is signed in, or has just signed in, goes on to where they wanted. */
export function VisitorsOnly({ children }: { children: ReactNode }) {
  return (
    <>
      <Suspense>
        <GoOn />
      </Suspense>
      {children}
    </>
  );
}

function GoOn() {
  const t = useTranslations("errors");
  const { status } = useAuth();
  const router = useRouter();
  const next = safeNext(useSearchParams().get("next"));
  useEffect(() => {
    if (status === "signed-in") router.replace(next);
  }, [status, router, next]);
  if (status !== "failed") return null;
  return (
    <p role="alert" className="mb-4 text-center text-sm text-destructive">
      {t("unknown")}
    </p>
  );
}
