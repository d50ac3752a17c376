import type { Filter, FilterOptions } from "@/components/data-table/filters/filter";
import { type EndInput, range } from "@/components/data-table/filters/range";
import { SettledInput } from "@/components/data-table/filters/settled-input";
import { useFormatter } from "@/lib/i18n";

const DateInput: EndInput = (props) => <SettledInput type="date" {...props} />;

function useWritten() {
  const format = useFormatter();
  return (value: string) => {
    const day = new Date(`${value}T00:00:00Z`);
    if (Number.isNaN(day.getTime())) return value;
    return format.dateTime(day, { dateStyle: "medium", timeZone: "UTC" });
  };
}

/** Days between two. */
export function dateRange(name: string, options?: FilterOptions): Filter {
  return range(name, { Least: DateInput, useWritten }, options);
}
