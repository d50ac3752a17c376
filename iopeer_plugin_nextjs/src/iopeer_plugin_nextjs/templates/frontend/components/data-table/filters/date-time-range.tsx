import type { Filter, FilterOptions } from "@/components/data-table/filters/filter";
import { type EndInput, range } from "@/components/data-table/filters/range";
import { SettledInput } from "@/components/data-table/filters/settled-input";
import { useFormatter } from "@/lib/i18n";
import { fromLocal, toLocal } from "@/lib/moments";

/** The day that a moment is in; the reader's. */
const dayOf = (moment: string) => toLocal(moment).slice(0, 10);

const FirstDay: EndInput = ({ value, onChange, ...props }) => (
  <SettledInput
    type="date"
    value={dayOf(value)}
    onChange={(day) => onChange(day && fromLocal(`${day}T00:00`))}
    {...props}
  />
);

const LastDay: EndInput = ({ value, onChange, ...props }) => (
  <SettledInput
    type="date"
    value={dayOf(value)}
    onChange={(day) => onChange(day && fromLocal(`${day}T23:59:59.999`))}
    {...props}
  />
);

function useWritten() {
  const format = useFormatter();
  return (value: string) => {
    const moment = new Date(value);
    return Number.isNaN(moment.getTime())
      ? value
      : format.dateTime(moment, { dateStyle: "medium" });
  };
}

/** Moments from the beginning of one day to the end of another. */
export function dateTimeRange(name: string, options?: FilterOptions): Filter {
  return range(name, { Least: FirstDay, Most: LastDay, useWritten }, options);
}
