import { request } from "@/api/client";
import type { Id, Page } from "@/api/types";

/** Lists the rows that belong to one row. */
export type ChildList<Row, Query> = (
  parent: Id,
  query?: Query,
  signal?: AbortSignal,
) => Promise<Page<Row>>;

/** The list at a path of the API, made of the parent's id. */
export function children<Row, Query extends object>(
  address: (parent: Id) => string,
): ChildList<Row, Query> {
  return (parent, query, signal) => request("GET", address(parent), { query, signal });
}
