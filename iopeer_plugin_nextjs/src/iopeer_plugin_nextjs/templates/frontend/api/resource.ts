import { path, request } from "@/api/client";
import type { Id, Page } from "@/api/types";
import type { EntityName } from "@/lib/entities";

/** A row of any entity. */
export interface AnyRow {
  id: Id;
  /** Its version too, where the reader may see it. */
  updated_at?: string | null;
}

/** When a row was last changed: which version it is. */
export type Version = AnyRow["updated_at"];

/** Parameters of a list, whatever they are. */
export type Parameters = Record<
  string,
  string | number | boolean | readonly (string | number | boolean)[] | undefined
>;

/** What is known of the rows of an entity, and how they are found. */
export interface Listed<Row extends AnyRow = AnyRow, Query extends object = Parameters> {
  readonly entity: EntityName;
  /** The parameter that finds rows by a text, where there is one. */
  readonly search?: string;
  /** What a row is called. */
  label(row: Row): string;
  list(query?: Query, signal?: AbortSignal): Promise<Page<Row>>;
}

/** What the API does with the rows of one entity. */
export interface Resource<
  Row extends AnyRow = AnyRow,
  Create = object,
  Update = object,
  Query extends object = Parameters,
> extends Listed<Row, Query> {
  read(id: Id, signal?: AbortSignal): Promise<Row>;
  create(input: Create): Promise<Row>;
  /** Changes a row; refused (412) where it is no longer the version that was seen. */
  update(id: Id, input: Update, seen?: Version): Promise<Row>;
  remove(id: Id, seen?: Version): Promise<void>;
  /** Brings a removed row back, where removed rows are kept. */
  restore?(id: Id): Promise<Row>;
}

interface Options<Row> {
  entity: EntityName;
  /** The path of its list. */
  base: string;
  search?: string;
  label: (row: Row) => string;
  /** Whether removed rows can be brought back. */
  restorable?: boolean;
}

/** The operations on the rows of an entity. */
export function resource<Row extends AnyRow, Create, Update, Query extends object>({
  base,
  restorable = false,
  ...facts
}: Options<Row>): Resource<Row, Create, Update, Query> {
  const row = (id: Id) => base + path`/${id}`;
  return {
    ...facts,
    list: (query, signal) => request("GET", base, { query, signal }),
    read: (id, signal) => request("GET", row(id), { signal }),
    create: (input) => request("POST", base, { json: input }),
    update: (id, input, seen) => request("PATCH", row(id), { json: input, headers: ifStill(seen) }),
    remove: (id, seen) => request("DELETE", row(id), { headers: ifStill(seen) }),
    ...(restorable && { restore: (id: Id) => request<Row>("POST", `${row(id)}/restore`) }),
  };
}

/** Asks for something to be done to one version of a row alone. */
function ifStill(seen: Version): Record<string, string> | undefined {
  return seen ? { "if-match": `"${seen}"` } : undefined;
}
