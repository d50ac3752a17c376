import type { Filter, FilterOptions } from "@/components/data-table/filters/filter";
import { type EndInput, range } from "@/components/data-table/filters/range";
import { SettledInput } from "@/components/data-table/filters/settled-input";
import { durationOf, durationSeconds, hoursAndMinutes } from "@/lib/durations";
import { useTranslations } from "@/lib/i18n";

const HoursInput: EndInput = ({ value, onChange, ...props }) => (
  <SettledInput
    type="number"
    min={0}
    step="any"
    value={value && String(durationSeconds(value) / 3600)}
    onChange={(hours) => onChange(hours && durationOf(0, Math.round(Number(hours) * 60)))}
    {...props}
  />
);

function useWritten() {
  const t = useTranslations("table");
  return (value: string) => t("duration", hoursAndMinutes(value));
}

/** Durations between two, in hours. */
export function durationRange(name: string, options?: FilterOptions): Filter {
  return range(name, { Least: HoursInput, useWritten }, options);
}
