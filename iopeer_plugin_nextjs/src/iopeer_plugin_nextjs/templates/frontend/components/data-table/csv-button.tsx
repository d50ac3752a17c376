"use client";

import { DownloadIcon, Loader2Icon } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";

import type { AnyRow, Listed } from "@/api/resource";
import type { Page } from "@/api/types";
import { Button } from "@/components/ui/button";
import type { Field } from "@/components/value/field";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { mostRows } from "@/lib/app";
import { csv, download } from "@/lib/csv";
import { useLocale, useTranslations } from "@/lib/i18n";
import { today } from "@/lib/moments";
import { writtenNumber } from "@/lib/numerals";
import { useProblems } from "@/lib/problems";

/** Gives all rows that the filters leave, in a file for spreadsheets. */
export function CsvButton<Row extends AnyRow>({
  resource,
  query,
  fields,
}: {
  resource: Listed<Row>;
  /** What the table is asked for; its page does not matter. */
  query: object;
  fields: readonly Field<Row>[];
}) {
  const t = useTranslations("table");
  const labels = useOwnLabels();
  const problems = useProblems();
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const rows = await allRows(resource, query);
      const head = fields.map((field) => labels.field(field.name));
      const written = (field: Field<Row>, row: Row) =>
        field.numeric ? writtenNumber(field.text(row), locale) : field.text(row);
      const lines = rows.map((row) => fields.map((field) => written(field, row)));
      download(`${labels.many} ${today()}.csv`, csv([head, ...lines], locale));
    } catch (error) {
      toast.error(problems.ofRequest(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="outline" disabled={busy} onClick={() => void save()}>
      {busy ? <Loader2Icon className="animate-spin" /> : <DownloadIcon />}
      {t("csv")}
    </Button>
  );
}

/** The rows of all pages, one after the other. */
async function allRows<Row extends AnyRow>(resource: Listed<Row>, query: object): Promise<Row[]> {
  const rows: Row[] = [];
  let page: Page<Row>;
  do {
    page = await resource.list({ ...query, count: false, limit: mostRows, offset: rows.length });
    rows.push(...page.items);
  } while (page.items.length === mostRows);
  return rows;
}
