"use client";

import { LockIcon } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useDeferredValue, useEffect } from "react";

import { Failure } from "@/components/layout/failure";
import { Notice } from "@/components/layout/notice";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useAuth } from "@/hooks/use-auth";
import { useNames } from "@/hooks/use-names";
import { useTranslations } from "@/lib/i18n";
import { loginPage } from "@/lib/next-page";
import { destinationOf, pageAt } from "@/lib/places";

/** Shows a page to whoever may see it; visitors who may not are asked to sign in. */
export function Guard({ children }: { children: ReactNode }) {
  const t = useTranslations("errors");
  const { status, retry, can } = useAuth();
  const pathname = usePathname();
  const router = useRouter();
  const destination = destinationOf(pathname);
  const allowed = destination
    ? can(destination.verb, destination.place.entity)
    : status === "signed-in" || pageAt(pathname)?.open === true;
  const asksToSignIn = status === "signed-out" && !allowed;
  const { pending } = useNames();
  const loading = status === "loading" || pending;
  // Pages are rendered in slices, which block nothing.
  const waiting = useDeferredValue(loading) || loading;

  useEffect(() => {
    if (asksToSignIn) router.replace(loginPage(pathname + window.location.search));
  }, [asksToSignIn, pathname, router]);

  if (status === "failed") return <Failure reset={retry} />;
  if (waiting || asksToSignIn) return <PageSkeleton />;
  if (!allowed) {
    return <Notice icon={LockIcon} title={t("forbidden_title")} text={t("status_403")} />;
  }
  return children;
}
