"use client";

import { useQueries } from "@tanstack/react-query";

import type { AnyRow } from "@/api/resource";
import { useAuth } from "@/hooks/use-auth";
import { accountEntity, type Place } from "@/lib/navigation";
import { readable } from "@/lib/permissions";

const SHOWN = 8;

export interface Changed {
  place: Place;
  row: AnyRow & { updated_at: string };
}

/** What there is, when it was asked for. */
export interface Overview {
  /** How many rows each place has; null where that cannot be known. */
  counts: Map<Place, number | null>;
  /** The rows that were changed last, of all places, newest first. */
  recent: Changed[];
  now: number;
}

/** How many rows places have and which were changed last; undefined while that is not known. */
export function useOverview(places: readonly Place[]): Overview | undefined {
  const { account } = useAuth();
  return useQueries({
    queries: places.map((place) => {
      const dated = place.entity !== accountEntity && readable(account, place.entity, "updated_at");
      const newest = dated ? { sort: "-updated_at", limit: SHOWN } : { limit: 1 };
      return {
        queryKey: [place.entity, "overview", newest],
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          const page = await place.rows.list({ ...newest, count: true }, signal);
          const rows = dated ? (page.items as Changed["row"][]) : [];
          return { total: page.total ?? 0, recent: rows.map((row) => ({ place, row })) };
        },
      };
    }),
    combine: (results) =>
      results.some((result) => result.isPending)
        ? undefined
        : {
            counts: new Map(
              places.map((place, index) => [place, results[index]?.data?.total ?? null]),
            ),
            recent: results
              .flatMap((result) => result.data?.recent ?? [])
              .sort((one, other) => other.row.updated_at.localeCompare(one.row.updated_at))
              .slice(0, SHOWN),
            now: Math.max(...results.map((result) => result.dataUpdatedAt)),
          },
  });
}
