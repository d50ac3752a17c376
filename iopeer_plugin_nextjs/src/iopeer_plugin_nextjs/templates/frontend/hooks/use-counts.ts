"use client";

import { useQueries } from "@tanstack/react-query";

import type { Place } from "@/lib/navigation";

/** A place, and which of its rows are counted. */
export interface Counted {
  place: Place;
  filter: Record<string, string>;
}

/**
 * How many rows there are, in the order of what is asked; undefined while it is not known, null where it cannot be.
 */
export function useCounts(counted: readonly Counted[]): (number | null | undefined)[] {
  return useQueries({
    queries: counted.map(({ place, filter }) => ({
      queryKey: [place.entity, "count", filter],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const query = { ...filter, count: true, limit: 1 };
        const page = await place.rows.list(query, signal);
        return page.total ?? 0;
      },
    })),
    combine: (results) => results.map((result) => (result.isError ? null : result.data)),
  });
}
