"use client";

import { useQuery } from "@tanstack/react-query";

import type { Chart, Place } from "@/lib/navigation";

/** How many rows of a place have each value of a field; undefined where that is not known. */
export function useCounts(
  place: Place,
  { field, parameter = field, values }: Chart,
): number[] | undefined {
  const counts = useQuery({
    queryKey: [place.entity, "counts", field],
    queryFn: async ({ signal }) => {
      const found: number[] = [];
      // In turn: a page of many charts would else ask for everything at once.
      for (const value of values) {
        const page = await place.rows.list({ [parameter]: value, count: true, limit: 1 }, signal);
        found.push(page.total ?? 0);
      }
      return found;
    },
  });
  return counts.data;
}
