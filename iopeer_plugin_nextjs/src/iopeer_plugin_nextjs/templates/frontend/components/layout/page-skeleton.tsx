"use client";

import { Skeleton } from "@/components/ui/skeleton";
import { useTranslations } from "@/lib/i18n";

/** A page that is still loading. */
export function PageSkeleton() {
  return (
    <>
      <Skeleton className="mb-6 h-8 w-48" />
      <ContentSkeleton />
    </>
  );
}

/** What stands below the title of a page, while it is still loading. */
export function ContentSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")}>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {[1, 2, 3, 4].map((number) => (
          <Skeleton key={number} className="h-28 rounded-xl!" />
        ))}
      </div>
      <Skeleton className="mt-6 h-80 rounded-xl!" />
    </div>
  );
}
