import { useSearchParams } from "next/navigation";
import { useMemo, useState } from "react";

import type { Filter, Values } from "@/components/data-table/filters/filter";
import { mostRows, pageSize } from "@/lib/app";

/** Whether the way back leads to what was there before. */
type How = "push" | "replace";

/** What a list is asked for, and how to ask for something else. */
export interface ListState<Query = object> {
  values: Values;
  /** Sets some parameters; but for the place in the list, they lead back to its beginning. */
  change: (values: Values, how?: How) => void;
  query: Query;
  limit: number;
  offset: number;
  /** The member that rows are sorted by. */
  sort: { name: string; descending: boolean } | null;
}

export const PAGE_SIZES = [10, pageSize, 50, mostRows] as const;
const OWN = ["q", "sort", "limit", "offset", "deleted"];

/** The state of a list, held by the page's address: under the names that the API has for its parameters. */
export function useListState<Query extends object>(filters: readonly Filter[]): ListState<Query> {
  const parameters = useSearchParams();
  return useMemo(() => {
    const names = [...OWN, ...filters.flatMap((filter) => filter.parameters)];
    return stateOf(Object.fromEntries(names.map((name) => [name, parameters.get(name)])), visit);
  }, [filters, parameters]);
}

/** Goes to the page's address with other parameters, which hooks of the router then see. */
function visit(values: Values, how: How = "push"): void {
  const parameters = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  }
  window.history[`${how}State`](null, "", `?${parameters}`);
}

/** The same for a list inside a page, which the address says nothing of. */
export function useOwnListState<Query extends object>(limit: number): ListState<Query> {
  const [values, set] = useState<Values>({ limit: String(limit) });
  return useMemo(
    () => stateOf(values, (changed) => set((known) => ({ ...known, ...changed }))),
    [values],
  );
}

function stateOf<Query>(
  values: Values,
  set: (values: Values, how?: How) => void,
): ListState<Query> {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== "");
  const limit = positive(values.limit) ?? pageSize;
  const offset = positive(values.offset) ?? 0;
  const sort = values.sort?.split(",")[0];
  return {
    values,
    change: (changed, how) =>
      set("offset" in changed ? changed : { ...changed, offset: null }, how),
    // An address can hold anything: what is wrong with it, the API says.
    query: { ...Object.fromEntries(given), limit, offset, count: true } as Query,
    limit,
    offset,
    sort: sort ? { name: sort.replace(/^-/, ""), descending: sort.startsWith("-") } : null,
  };
}

function positive(text: string | null | undefined): number | null {
  const value = Number(text);
  return text && Number.isSafeInteger(value) && value > 0 ? value : null;
}
