import { useId } from "react";

import type { Filter, FilterOptions, FilterProps } from "@/components/data-table/filters/filter";
import { NoValue } from "@/components/data-table/filters/no-value";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useTranslations } from "@/lib/i18n";
import { fromList, toList } from "@/lib/lists";

/** Some of the values of a field. */
export function choice(
  name: string,
  choices: readonly string[],
  { optional = false }: FilterOptions = {},
): Filter {
  const some = `${name}__in`;
  const empty = `${name}__isnull`;
  const chosen = (values: FilterProps["values"]) =>
    choices.filter((value) => fromList(values[some] ?? "").includes(value));

  function Editor({ values, change }: FilterProps) {
    const labels = useOwnLabels();
    const id = useId();
    const toggle = (value: string, on: boolean) => {
      const next = choices.filter((one) => (one === value ? on : chosen(values).includes(one)));
      change({ [some]: toList(next) || null });
    };
    return (
      <div className="flex max-h-72 flex-col gap-2.5 overflow-y-auto">
        {choices.map((value, index) => (
          <div key={value} className="flex items-center gap-2">
            <Checkbox
              id={`${id}-${index}`}
              checked={chosen(values).includes(value)}
              onCheckedChange={(checked) => toggle(value, checked)}
            />
            <Label htmlFor={`${id}-${index}`} className="font-normal!">
              {labels.choice(name, choices, value)}
            </Label>
          </div>
        ))}
        {optional && <NoValue parameter={empty} values={values} change={change} />}
      </div>
    );
  }

  function Summary({ values }: Pick<FilterProps, "values">) {
    const labels = useOwnLabels();
    const t = useTranslations("table");
    const named = chosen(values).map((value) => labels.choice(name, choices, value));
    return [...named, ...(values[empty] ? [t("isEmpty")] : [])].join(", ");
  }

  return { name, parameters: optional ? [some, empty] : [some], Editor, Summary };
}
