"use client";

import { type ReactNode, useState } from "react";
import { toast } from "sonner";

import { ApiError } from "@/api/client";
import type { AnyRow, Resource } from "@/api/resource";
import type { Id } from "@/api/types";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { useLabelsOf } from "@/hooks/use-entity-labels";
import { useRemove, useRestore } from "@/hooks/use-resource";
import { useTranslations } from "@/lib/i18n";
import { useProblems } from "@/lib/problems";

/** Removes rows once the reader has agreed; where they are kept, the message afterwards offers them back. */
export function useRemoval<Row extends AnyRow>(
  resource: Resource<Row>,
  onRemoved?: () => void,
): { ask: (rows: readonly Row[]) => void; dialog: ReactNode } {
  const t = useTranslations("remove");
  const labels = useLabelsOf(resource.entity);
  const problems = useProblems();
  const remove = useRemove(resource);
  const restore = useRestore(resource);
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [first] = rows ?? [];
  const count = rows?.length ?? 0;
  const named = {
    count,
    name: count === 1 && first ? resource.label(first) : "",
    one: labels.inSentence,
    many: labels.many,
  };

  const undo = async (ids: Id[]) => {
    try {
      await restore.mutateAsync(ids);
      toast.success(t("restored", { count: ids.length }));
    } catch (error) {
      toast.error(problems.ofRequest(error));
    }
  };
  const why = (error: unknown) => {
    const [field] = error instanceof ApiError ? error.fields : [];
    if (field) return problems.ofField(field);
    const linked = error instanceof ApiError && error.status === 409;
    return linked ? t("stillLinked") : problems.ofRequest(error);
  };
  const confirm = async () => {
    const ids = (rows ?? []).map((row) => row.id);
    const failed = await remove.mutateAsync(ids);
    const removed = ids.filter((id) => !failed.some((one) => one.id === id));
    if (failed[0]) {
      const description = why(failed[0].reason);
      toast.error(t("failed", { count: failed.length }), { description });
    }
    if (removed.length === 0) return;
    onRemoved?.();
    toast.success(
      t("removed", { count: removed.length }),
      resource.restore && { action: { label: t("undo"), onClick: () => void undo(removed) } },
    );
  };

  return {
    ask: setRows,
    dialog: (
      <ConfirmDialog
        open={rows !== null}
        onOpenChange={(open) => !open && setRows(null)}
        title={t("question", named)}
        description={t(resource.restore ? "canBeUndone" : "cannotBeUndone")}
        action={t("remove")}
        onConfirm={() => void confirm()}
      />
    ),
  };
}
