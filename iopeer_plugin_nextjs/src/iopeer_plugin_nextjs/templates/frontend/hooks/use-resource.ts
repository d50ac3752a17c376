import {
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";

import { ApiError } from "@/api/client";
import type { Links } from "@/api/link-set";
import type { AnyRow, Listed, Parameters, Resource, Version } from "@/api/resource";
import type { Id, Page } from "@/api/types";
import type { EntityName } from "@/lib/entities";

/** What is cached is kept under the entity first, then by what was asked. */
const keys = {
  list: (entity: EntityName, query: object): QueryKey => [entity, "list", query],
  search: (entity: EntityName, text: string): QueryKey => [entity, "search", text],
  row: (entity: EntityName, id: Id): QueryKey => [entity, "row", String(id)],
};

const PAGE = 20;

/** A page of rows; the last one stays until the next one is there. */
export function useRows<Row extends AnyRow, Query extends object>(
  resource: Listed<Row, Query>,
  query: Query,
) {
  return useQuery({
    queryKey: keys.list(resource.entity, query),
    queryFn: ({ signal }) => resource.list(query, signal),
    placeholderData: keepPreviousData,
  });
}

/** A page of the rows that belong to another row. */
export function useChildren<Row>(
  parent: { entity: EntityName; id: Id },
  inverse: string,
  list: (parent: Id, query: Parameters, signal: AbortSignal) => Promise<Page<Row>>,
  query: Parameters,
) {
  return useQuery({
    queryKey: [parent.entity, "children", String(parent.id), inverse, query],
    queryFn: ({ signal }) => list(parent.id, query, signal),
    placeholderData: keepPreviousData,
  });
}

/** The rows that a text finds, page by page. */
export function useSearch(resource: Listed, text: string, enabled: boolean) {
  const asked = text && resource.search ? { [resource.search]: text } : {};
  return useInfiniteQuery({
    queryKey: keys.search(resource.entity, text),
    queryFn: ({ pageParam, signal }) =>
      resource.list({ ...asked, limit: PAGE, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (page) =>
      page.items.length < page.limit ? undefined : page.offset + page.limit,
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** One row; none is asked for where there is no id. */
export function useRow<Row extends AnyRow>(
  resource: Pick<Resource<Row>, "entity" | "read">,
  id: Id | null,
) {
  return useQuery({
    queryKey: keys.row(resource.entity, id ?? ""),
    queryFn: ({ signal }) => resource.read(id ?? "", signal),
    enabled: id !== null,
  });
}

/** Why nothing is shown: what is there stays, where it was only asked for again in vain. */
export function failureOf({ data, error }: Pick<UseQueryResult, "data" | "error">): Error | null {
  return data !== undefined && error instanceof ApiError && error.passing ? null : error;
}

/** Adds a row. */
export function useCreate<Row extends AnyRow, Create>(
  resource: Pick<Resource<Row, Create>, "create">,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Create) => resource.create(input),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Changes a row: lists show it at once, and take it back where the API refuses. */
export function useUpdate<Row extends AnyRow, Update extends object>(
  resource: Pick<Resource<Row, object, Update>, "entity" | "update">,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, input, seen }: { id: Id; input: Update; seen?: Version }) =>
      resource.update(id, input, seen),
    onMutate: async ({ id, input }) => {
      await client.cancelQueries({ queryKey: [resource.entity] });
      const before = client.getQueriesData<unknown>({ queryKey: [resource.entity] });
      const changed = (row: Row): Row =>
        String(row.id) === String(id) ? { ...row, ...input } : row;
      client.setQueriesData<Page<Row>>(
        { queryKey: [resource.entity, "list"] },
        (page) => page && { ...page, items: page.items.map(changed) },
      );
      return before;
    },
    onError: (_error, _input, before) => {
      for (const [key, data] of before ?? []) client.setQueryData(key, data);
    },
    onSettled: () => client.invalidateQueries(),
  });
}

/** Removes rows, and gives those that could not be removed with the reason. */
export function useRemove(resource: Pick<Resource, "entity" | "remove">) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (rows: readonly AnyRow[]) => {
      const removed = rows.map(({ id, updated_at }) => resource.remove(id, updated_at));
      const results = await Promise.allSettled(removed);
      return rows.flatMap(({ id }, index) => {
        const result = results[index];
        return result?.status === "rejected" ? [{ id, reason: result.reason as unknown }] : [];
      });
    },
    onSettled: (failed = [], _error, rows) => {
      const gone = rows.map(({ id }) => id).filter((id) => !failed.some((one) => one.id === id));
      return client.invalidateQueries({ predicate: isStillThere(resource.entity, gone) });
    },
  });
}

/** Whether a query asks for anything but rows that are gone: their pages are about to close. */
function isStillThere(entity: EntityName, gone: readonly Id[]) {
  const ids = gone.map(String);
  return ({ queryKey: [of, , id] }: { queryKey: QueryKey }) =>
    of !== entity || typeof id !== "string" || !ids.includes(id);
}

/** Brings removed rows back. */
export function useRestore(resource: Pick<Resource, "restore">) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly Id[]) => Promise.all(ids.map((id) => resource.restore?.(id))),
    onSettled: () => client.invalidateQueries(),
  });
}

/** Adds and removes the links of a row, one by one. */
export function useLinks(links: Links, id: Id) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries();
  const add = useMutation({ mutationFn: (other: Id) => links.add(id, other), onSettled });
  const remove = useMutation({ mutationFn: (other: Id) => links.remove(id, other), onSettled });
  return { add, remove };
}
