"use client";

import { XIcon } from "lucide-react";
import { toast } from "sonner";

import type { Links } from "@/api/link-set";
import type { Resource } from "@/api/resource";
import type { Id } from "@/api/types";
import { Picker } from "@/components/form/picker";
import { useRowOptions } from "@/components/form/row-picker";
import { Badge } from "@/components/ui/badge";
import { type Linked, nameOf, RowLink } from "@/components/value/reference";
import { useLinks } from "@/hooks/use-resource";
import { useTranslations } from "@/lib/i18n";
import { useProblems } from "@/lib/problems";

/** The rows that a row is linked to; each change is sent at once. */
export function LinkEditor({
  links,
  of,
  id,
  label,
  rows,
}: {
  links: Links;
  of: Resource;
  id: Id;
  label: string;
  rows: readonly Linked[];
}) {
  const t = useTranslations("form");
  const problems = useProblems();
  const { add, remove } = useLinks(links, id);
  const { idOf, picker } = useRowOptions(of);
  const isLinked = (value: string) => rows.some((row) => String(row.id) === value);
  const onError = (error: unknown) => void toast.error(problems.ofRequest(error));
  const toggle = (value: string) =>
    (isLinked(value) ? remove : add).mutate(idOf(value), { onError });
  return (
    <div className="flex flex-col gap-2">
      {rows.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {rows.map((row) => (
            <li key={row.id} className="max-w-full">
              <Badge variant="outline" className="max-w-full pr-1">
                <RowLink entity={of.entity} row={row} />
                <button
                  type="button"
                  aria-label={t("remove", { name: nameOf(row) })}
                  className="rounded-full p-0.5 outline-none hover:bg-foreground/10 focus-visible:ring-2 focus-visible:ring-ring"
                  onClick={() => remove.mutate(row.id, { onError })}
                >
                  <XIcon className="size-3" />
                </button>
              </Badge>
            </li>
          ))}
        </ul>
      )}
      <Picker
        {...picker}
        label={t("addTo", { label })}
        className="h-8! max-w-56"
        keepOpen
        shown={null}
        isChosen={isLinked}
        onChoose={toggle}
      />
    </div>
  );
}
