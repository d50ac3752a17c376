"use client";

import { InboxIcon, PlusIcon, SearchXIcon, TriangleAlertIcon } from "lucide-react";
import Link from "next/link";
import type { ComponentType, ReactNode } from "react";

import { ApiError } from "@/api/client";
import { Button } from "@/components/ui/button";
import { useLabelsOf } from "@/hooks/use-entity-labels";
import type { ListState } from "@/hooks/use-list-state";
import { type EntityName, routes } from "@/lib/entities";
import { useTranslations } from "@/lib/i18n";
import { useProblems } from "@/lib/problems";

function Message({
  icon: Icon,
  children,
  action,
}: {
  icon: ComponentType<{ className?: string }>;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-14 text-center">
      <Icon aria-hidden="true" className="size-8 text-muted-foreground" />
      <p className="max-w-sm text-sm text-muted-foreground">{children}</p>
      {action}
    </div>
  );
}

/** A table without rows: why, and what can be done about it. */
export function NoRows({
  searching,
  deleted,
  mayCreate,
  entity,
}: {
  searching: boolean;
  deleted: boolean;
  mayCreate: boolean;
  entity: EntityName;
}) {
  const t = useTranslations("table");
  const labels = useLabelsOf(entity);
  if (searching) return <Message icon={SearchXIcon}>{t("noMatches")}</Message>;
  if (deleted) return <Message icon={InboxIcon}>{t("emptyTrash")}</Message>;
  const add = (
    <Button asChild>
      <Link href={`${routes[entity]}/new`}>
        <PlusIcon />
        {t("new", { one: labels.inSentence })}
      </Link>
    </Button>
  );
  return (
    <Message icon={InboxIcon} action={mayCreate ? add : null}>
      {t("noRows")}
    </Message>
  );
}

/** A table whose rows could not be loaded. */
export function Failed({
  error,
  state,
  onRetry,
}: {
  error: unknown;
  state: ListState;
  onRetry: () => void;
}) {
  const t = useTranslations("table");
  const problems = useProblems();
  const asked = Object.keys(state.values).filter((name) => state.values[name]);
  if (asked.length > 0 && error instanceof ApiError && [400, 422].includes(error.status)) {
    const clear = () => state.change(Object.fromEntries(asked.map((name) => [name, null])));
    return (
      <div role="alert">
        <Message
          icon={SearchXIcon}
          action={
            <Button variant="outline" onClick={clear}>
              {t("clearFilters")}
            </Button>
          }
        >
          {t("wrongQuery")}
        </Message>
      </div>
    );
  }
  return (
    <div role="alert">
      <Message
        icon={TriangleAlertIcon}
        action={
          <Button variant="outline" onClick={onRetry}>
            {t("again")}
          </Button>
        }
      >
        {problems.ofRequest(error)}
      </Message>
    </div>
  );
}
