import type { Filter, FilterOptions } from "@/components/data-table/filters/filter";
import { type EndInput, range } from "@/components/data-table/filters/range";
import { SettledInput } from "@/components/data-table/filters/settled-input";

const NumberInput: EndInput = (props) => <SettledInput type="number" step="any" {...props} />;

const useWritten = () => (value: string) => value;

/** Numbers between two. */
export function numberRange(name: string, options?: FilterOptions): Filter {
  return range(name, { Least: NumberInput, useWritten }, options);
}
