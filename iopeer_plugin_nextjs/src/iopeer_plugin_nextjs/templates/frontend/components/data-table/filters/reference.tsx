import type { Resource } from "@/api/resource";
import type { Filter, FilterOptions, FilterProps } from "@/components/data-table/filters/filter";
import { NoValue } from "@/components/data-table/filters/no-value";
import { RowPicker } from "@/components/form/row-picker";
import { useOwnLabels } from "@/hooks/use-entity-labels";
import { useRow } from "@/hooks/use-resource";
import { useTranslations } from "@/lib/i18n";

/** The row that a field leads to. */
export function reference(
  name: string,
  key: string,
  of: Resource,
  { optional = false }: FilterOptions = {},
): Filter {
  const empty = `${key}__isnull`;

  function Editor({ values, change }: FilterProps) {
    const labels = useOwnLabels();
    return (
      <div className="flex flex-col gap-3">
        <RowPicker
          of={of}
          label={labels.field(name)}
          value={values[key] ?? null}
          onChange={(id) => change({ [key]: id === null ? null : String(id) })}
        />
        {optional && <NoValue parameter={empty} values={values} change={change} />}
      </div>
    );
  }

  function Summary({ values }: Pick<FilterProps, "values">) {
    const t = useTranslations("table");
    const row = useRow(of, values[key] || null);
    if (values[empty]) return t("isEmpty");
    return row.data ? of.label(row.data) : values[key] ? `#${values[key]}` : null;
  }

  return { name, parameters: optional ? [key, empty] : [key], Editor, Summary };
}
