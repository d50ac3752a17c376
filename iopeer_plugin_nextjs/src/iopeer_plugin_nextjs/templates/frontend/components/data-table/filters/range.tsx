import { type ComponentType, useId } from "react";

import type { Filter, FilterOptions, FilterProps } from "@/components/data-table/filters/filter";
import { NoValue } from "@/components/data-table/filters/no-value";
import { Label } from "@/components/ui/label";
import { useTranslations } from "@/lib/i18n";

/** An input for one end: it takes and gives what the parameter holds. */
export type EndInput = ComponentType<{
  id: string;
  value: string;
  onChange: (value: string | null) => void;
}>;

interface Ends {
  /** The operators of both ends. */
  operators?: readonly [least: string, most: string];
  Least: EndInput;
  Most?: EndInput;
  /** Writes a value out for the summary. */
  useWritten: () => (value: string) => string;
}

/** Between two ends, either of which may be open. */
export function range(
  name: string,
  { operators: [least, most] = ["gte", "lte"], Least, Most = Least, useWritten }: Ends,
  { optional = false }: FilterOptions = {},
): Filter {
  const from = `${name}__${least}`;
  const to = `${name}__${most}`;
  const empty = `${name}__isnull`;

  function Editor({ values, change }: FilterProps) {
    const t = useTranslations("table");
    const id = useId();
    return (
      <div className="flex flex-col gap-3">
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-from`}>{t("from")}</Label>
          <Least
            id={`${id}-from`}
            value={values[from] ?? ""}
            onChange={(value) => change({ [from]: value })}
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-to`}>{t("to")}</Label>
          <Most
            id={`${id}-to`}
            value={values[to] ?? ""}
            onChange={(value) => change({ [to]: value })}
          />
        </div>
        {optional && <NoValue parameter={empty} values={values} change={change} />}
      </div>
    );
  }

  function Summary({ values }: Pick<FilterProps, "values">) {
    const t = useTranslations("table");
    const written = useWritten();
    const parts = [
      values[from] && `≥ ${written(values[from])}`,
      values[to] && `≤ ${written(values[to])}`,
      values[empty] && t("isEmpty"),
    ];
    return parts.filter(Boolean).join(" · ");
  }

  return { name, parameters: optional ? [from, to, empty] : [from, to], Editor, Summary };
}
