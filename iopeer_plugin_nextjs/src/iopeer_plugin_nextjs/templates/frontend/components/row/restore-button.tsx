"use client";

import { RotateCcwIcon } from "lucide-react";
import { toast } from "sonner";

import type { AnyRow, Resource } from "@/api/resource";
import { Button } from "@/components/ui/button";
import { useRestore } from "@/hooks/use-resource";
import { useTranslations } from "@/lib/i18n";
import { useProblems } from "@/lib/problems";

/** Brings removed rows back. */
export function RestoreButton<Row extends AnyRow>({
  rows,
  resource,
  name,
  onRestored,
}: {
  rows: readonly Row[];
  resource: Resource<Row>;
  /** What the only row is called, where there are other buttons for other rows. */
  name?: string;
  onRestored?: () => void;
}) {
  const t = useTranslations("remove");
  const problems = useProblems();
  const restore = useRestore(resource);
  const bringBack = () =>
    restore.mutate(
      rows.map((row) => row.id),
      {
        onSuccess: () => {
          toast.success(t("restored", { count: rows.length }));
          onRestored?.();
        },
        onError: (error) => toast.error(problems.ofRequest(error)),
      },
    );
  return (
    <Button
      variant="outline"
      size="sm"
      aria-label={name && t("restoreOf", { name })}
      disabled={restore.isPending}
      onClick={bringBack}
    >
      <RotateCcwIcon />
      {t("restore")}
    </Button>
  );
}
