import type { Filter, FilterOptions, FilterProps } from "@/components/data-table/filters/filter";
import { NoValue } from "@/components/data-table/filters/no-value";
import { Combobox } from "@/components/form/combobox";
import { useCountries, useCountryName } from "@/hooks/use-country-names";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useTranslations } from "@/lib/i18n";

/** One country. */
export function country(name: string, { optional = false }: FilterOptions = {}): Filter {
  const parameter = `${name}__in`;
  const empty = `${name}__isnull`;

  function Editor({ values, change }: FilterProps) {
    const labels = useOwnLabels();
    return (
      <div className="flex flex-col gap-3">
        <Combobox
          label={labels.field(name)}
          options={useCountries()}
          value={values[parameter] ?? null}
          onChange={(value) => change({ [parameter]: value })}
        />
        {optional && <NoValue parameter={empty} values={values} change={change} />}
      </div>
    );
  }

  function Summary({ values }: Pick<FilterProps, "values">) {
    const t = useTranslations("table");
    const nameOf = useCountryName();
    if (values[empty]) return t("isEmpty");
    return values[parameter] ? nameOf(values[parameter]) : null;
  }

  return { name, parameters: optional ? [parameter, empty] : [parameter], Editor, Summary };
}
