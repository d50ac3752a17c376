import type { ReactNode } from "react";

import type { AnyRow } from "@/api/resource";
import { Button } from "@/components/ui/button";
import type { Field } from "@/components/value/field";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useFormatter, useTranslations } from "@/lib/i18n";

/** What differs between two versions of a row, by field: how it is shown in the later one. */
export function differences<Row extends AnyRow>(
  fields: readonly Field<Row>[],
  before: Row,
  now: Row,
): ReadonlyMap<string, ReactNode> {
  const [old, current] = [before, now].map((row) => new Map<string, unknown>(Object.entries(row)));
  const isOther = ({ name }: Field<Row>) =>
    name !== "updated_at" && JSON.stringify(old?.get(name)) !== JSON.stringify(current?.get(name));
  return new Map(fields.filter(isOther).map((field) => [field.name, field.cell(now)]));
}

/** Says that somebody else has changed the row meanwhile: what was typed is sent again, or given up. */
export function ChangedMeanwhile({
  fields,
  disabled,
  onTake,
}: {
  /** What is different now. */
  fields: Iterable<string>;
  disabled: boolean;
  onTake: () => void;
}) {
  const t = useTranslations("form");
  const labels = useOwnLabels();
  const format = useFormatter();
  const names = Array.from(fields, labels.field);
  return (
    <div
      role="alert"
      className="mb-4 flex flex-col gap-3 rounded-md border border-destructive/50 px-3 py-2 text-sm sm:col-span-2"
    >
      <p>{t("changedMeanwhile", { count: names.length, fields: format.list(names) })}</p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="sm" disabled={disabled}>
          {t("keepMine")}
        </Button>
        <Button variant="outline" size="sm" disabled={disabled} onClick={onTake}>
          {t("takeTheirs")}
        </Button>
      </div>
    </div>
  );
}
