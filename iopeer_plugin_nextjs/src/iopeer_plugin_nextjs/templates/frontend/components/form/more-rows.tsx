import { Loader2Icon } from "lucide-react";
import { useEffect, useRef } from "react";

import { Button } from "@/components/ui/button";
import { useTranslations } from "@/lib/i18n";

/** The end of a list that loads its next page when it comes into sight. */
export function MoreRows({
  found,
}: {
  found: {
    isFetching: boolean;
    isError: boolean;
    hasNextPage: boolean;
    fetchNextPage: () => unknown;
    refetch: () => unknown;
  };
}) {
  const t = useTranslations("form");
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetching, fetchNextPage } = found;
  useEffect(() => {
    const element = end.current;
    if (!element || !hasNextPage || isFetching) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) fetchNextPage();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasNextPage, isFetching, fetchNextPage]);

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
    <div ref={end} className="flex min-h-px justify-center" role="status">
      {isFetching && (
        <>
          <Loader2Icon aria-hidden="true" className="my-1.5 size-4 animate-spin" />
          <span className="sr-only">{t("loading")}</span>
        </>
      )}
    </div>
  );
}
