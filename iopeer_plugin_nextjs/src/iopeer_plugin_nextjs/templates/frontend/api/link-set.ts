import { request } from "@/api/client";
import type { Id } from "@/api/types";

/** A set of links that is changed one by one. */
export interface Links {
  /** Adds one; one that is there stays. */
  add(id: Id, other: Id): Promise<void>;
  remove(id: Id, other: Id): Promise<void>;
}

/** The links at a path of the API, made of the ids on both sides. */
export function links(address: (id: Id, other: Id) => string): Links {
  return {
    add: (id, other) => request("PUT", address(id, other)),
    remove: (id, other) => request("DELETE", address(id, other)),
  };
}
