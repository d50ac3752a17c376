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
import { changedMeanwhile, useProblems } from "@/lib/problems";

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
  const [changed, setChanged] = useState(false);
  const [first] = rows ?? [];
  const count = rows?.length ?? 0;
  const named = {
    count,
    name: count === 1 && first ? resource.label(first) : "",
    one: labels.inSentence,
    many: labels.many,
  };

  const ask = (asked: readonly Row[], again = false) => {
    setChanged(again);
    setRows(asked);
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
    const failed = await remove.mutateAsync(rows ?? []);
    const removed = ids.filter((id) => !failed.some((one) => one.id === id));
    const now = failed.flatMap(({ reason }) => changedMeanwhile<Row>(reason) ?? []);
    const refused = failed.filter(({ reason }) => !changedMeanwhile(reason));
    if (now.length > 0) ask(now, true);
    if (refused[0]) {
      const description = why(refused[0].reason);
      toast.error(t("failed", { count: refused.length }), { description });
    }
    if (removed.length === 0) return;
    onRemoved?.();
    toast.success(
      t("removed", { count: removed.length }),
      resource.restore && { action: { label: t("undo"), onClick: () => void undo(removed) } },
    );
  };

  return {
    ask: (asked) => ask(asked),
    dialog: (
      <ConfirmDialog
        open={rows !== null}
        onOpenChange={(open) => !open && setRows(null)}
        title={t("question", named)}
        description={
          <>
            {changed && `${t("changedMeanwhile")} `}
            {t(resource.restore ? "canBeUndone" : "cannotBeUndone")}
          </>
        }
        action={t("remove")}
        onConfirm={() => void confirm()}
      />
    ),
  };
}
