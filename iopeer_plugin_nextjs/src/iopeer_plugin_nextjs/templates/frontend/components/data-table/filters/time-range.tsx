import type { Filter, FilterOptions } from "@/components/data-table/filters/filter";
import { type EndInput, range } from "@/components/data-table/filters/range";
import { SettledInput } from "@/components/data-table/filters/settled-input";

const TimeInput: EndInput = (props) => <SettledInput type="time" {...props} />;

const useWritten = () => (value: string) => value;

/** Times of day between two. */
export function timeRange(name: string, options?: FilterOptions): Filter {
  return range(name, { Least: TimeInput, useWritten }, options);
}
