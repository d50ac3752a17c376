import type { Filter, FilterOptions } from "@/components/data-table/filters/filter";
import { type EndInput, range } from "@/components/data-table/filters/range";
import { SettledInput } from "@/components/data-table/filters/settled-input";
import { useDurationText } from "@/hooks/use-duration-text";
import { durationOf, durationSeconds } from "@/lib/durations";

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

/** Durations between two, in hours. */
export function durationRange(name: string, options?: FilterOptions): Filter {
  return range(name, { Least: HoursInput, useWritten: useDurationText }, options);
}
