import type { Filter, FilterOptions, FilterProps } from "@/components/data-table/filters/filter";
import { NoValue } from "@/components/data-table/filters/no-value";
import { SettledInput } from "@/components/data-table/filters/settled-input";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useTranslations } from "@/lib/i18n";

/** A text that a field contains. */
export function contains(name: string, options?: FilterOptions): Filter {
  return texts(name, `${name}__contains`, options);
}

/** A text that a field is. */
export function equals(name: string, options?: FilterOptions): Filter {
  return texts(name, `${name}__in`, options);
}

function texts(name: string, parameter: string, { optional = false }: FilterOptions = {}): Filter {
  const empty = `${name}__isnull`;

  function Editor({ values, change }: FilterProps) {
    const labels = useOwnLabels();
    return (
      <div className="flex flex-col gap-3">
        <SettledInput
          aria-label={labels.field(name)}
          value={values[parameter] ?? ""}
          onChange={(value) => change({ [parameter]: value })}
        />
        {optional && <NoValue parameter={empty} values={values} change={change} />}
      </div>
    );
  }

  function Summary({ values }: Pick<FilterProps, "values">) {
    const t = useTranslations("table");
    const parts = [values[parameter] && `“${values[parameter]}”`, values[empty] && t("isEmpty")];
    return parts.filter(Boolean).join(" · ");
  }

  return { name, parameters: optional ? [parameter, empty] : [parameter], Editor, Summary };
}
