import { Loader2Icon } from "lucide-react";
import { useEffect, useRef } from "react";

import { Button } from "@/components/ui/button";
import { useTranslations } from "@/lib/i18n";

interface Found {
  isFetching: boolean;
  isError: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

/** How long before it is in sight, in pixels: the keyboard goes no further than the last row. */
const AHEAD = 48;

/** The end of a list that loads its next page when it comes into sight. */
export function EndOfRows({ found }: { found: Found }) {
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetching, isError, fetchNextPage } = found;
  useEffect(() => {
    const element = end.current;
    if (!element || !hasNextPage || isFetching || isError) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) fetchNextPage();
      },
      { root: element.closest("[cmdk-list]"), rootMargin: `0px 0px ${AHEAD}px 0px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);

  return (
    <div ref={end} className="flex min-h-px justify-center" aria-hidden="true">
      {isFetching && <Loader2Icon className="my-1.5 size-4 animate-spin" />}
    </div>
  );
}

/** That rows are loading, or that they could not be loaded. */
export function MoreRows({ found }: { found: Found }) {
  const t = useTranslations("form");
  if (found.isError) {
    return (
      <div className="flex items-center justify-between gap-2 border-t p-2 text-sm">
        {t("notLoaded")}
        <Button size="sm" variant="outline" onClick={() => found.refetch()}>
          {t("again")}
        </Button>
      </div>
    );
  }
  return (
    <span className="sr-only" role="status">
      {found.isFetching && t("loading")}
    </span>
  );
}
