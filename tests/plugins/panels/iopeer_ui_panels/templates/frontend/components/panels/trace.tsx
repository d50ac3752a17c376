"use client";

import type { Id } from "@/api/types";

/** A panel on the page of a row. */
export function Trace({ row }: { row: { id: Id } }) {
  return <p>Trace of {row.id}</p>;
}
