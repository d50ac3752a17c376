"use client";

import { lazy, Suspense } from "react";

import { Skeleton } from "@/components/ui/skeleton";

const Rendered = lazy(() => import("@/components/markdown/rendered"));

/** Formatted text; what formats it is loaded when it is first needed. */
export function Markdown({ source }: { source: string }) {
  return (
    <Suspense fallback={<Skeleton className="h-16" />}>
      <Rendered source={source} />
    </Suspense>
  );
}
