"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { LucideIcon } from "lucide-react";
import { toast } from "sonner";

import type { AnyRow } from "@/api/resource";
import { Button } from "@/components/ui/button";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { useAuth } from "@/hooks/use-auth";
import type { EntityName } from "@/lib/entities";
import { useTranslations } from "@/lib/i18n";
import type { Verb } from "@/lib/permissions";
import { useProblems } from "@/lib/problems";

/** Something to do with a row. */
export interface RowAction<Row> {
  /** A key of the texts. */
  label: string;
  icon: LucideIcon;
  /** What one must be allowed to do with the row. */
  needs: Verb;
  /** A key of the texts: what is told when it is done. */
  done?: string;
  run: (row: Row) => Promise<void> | void;
}

interface Of<Row> {
  row: Row;
  entity: EntityName;
  actions: readonly RowAction<Row>[];
}

/** The actions, in the menu of a row. */
export function RowActionItems<Row extends AnyRow>(props: Of<Row>) {
  const { allowed, t, start } = useRowActions(props);
  return allowed.map((action) => (
    <DropdownMenuItem key={action.label} onSelect={() => start(action)}>
      <action.icon />
      {t(action.label)}
    </DropdownMenuItem>
  ));
}

/** The actions, on the page of a row. */
export function RowActionButtons<Row extends AnyRow>(props: Of<Row>) {
  const { allowed, t, start, running } = useRowActions(props);
  return allowed.map((action) => (
    <Button
      key={action.label}
      variant="outline"
      disabled={running}
      onClick={() => start(action)}
    >
      <action.icon />
      {t(action.label)}
    </Button>
  ));
}

function useRowActions<Row extends AnyRow>({ row, entity, actions }: Of<Row>) {
  const t = useTranslations();
  const { can } = useAuth();
  const problems = useProblems();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: async (action: RowAction<Row>) => action.run(row),
    onSuccess: (_nothing, { done }) => done && toast.success(t(done)),
    onError: (error) => toast.error(problems.ofRequest(error)),
    onSettled: () => client.invalidateQueries(),
  });
  const allowed = actions.filter(({ needs }) => can(needs, entity, row));
  return { allowed, t, start: mutate, running: isPending };
}
