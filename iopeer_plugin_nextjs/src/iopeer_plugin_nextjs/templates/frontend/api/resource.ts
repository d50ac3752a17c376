import { path, request } from "@/api/client";
import type { Id, Page } from "@/api/types";

/** What the API does with the rows of one entity. */
export interface Resource<Row, Create, Update, Query, K extends Id = Id> {
  list(query?: Query, signal?: AbortSignal): Promise<Page<Row>>;
  read(id: K, signal?: AbortSignal): Promise<Row>;
  create(input: Create): Promise<Row>;
  update(id: K, input: Update): Promise<Row>;
  remove(id: K): Promise<void>;
  /** Brings a removed row back, where removed rows are kept. */
  restore?(id: K): Promise<Row>;
}

/** A resource whose removed rows can be brought back. */
export interface RestorableResource<Row, Create, Update, Query, K extends Id = Id> extends Resource<
  Row,
  Create,
  Update,
  Query,
  K
> {
  restore(id: K): Promise<Row>;
}

/** The resource at a path of the API. */
export function resource<Row, Create, Update, Query extends object, K extends Id = number>(
  base: string,
): Resource<Row, Create, Update, Query, K> {
  const row = (id: K) => base + path`/${id}`;
  return {
    list: (query, signal) => request("GET", base, { query, signal }),
    read: (id, signal) => request("GET", row(id), { signal }),
    create: (input) => request("POST", base, { json: input }),
    update: (id, input) => request("PATCH", row(id), { json: input }),
    remove: (id) => request("DELETE", row(id)),
  };
}

/** The same, where removed rows can be brought back. */
export function restorable<Row, Create, Update, Query extends object, K extends Id = number>(
  base: string,
): RestorableResource<Row, Create, Update, Query, K> {
  return {
    ...resource<Row, Create, Update, Query, K>(base),
    restore: (id) => request("POST", base + path`/${id}/restore`),
  };
}
