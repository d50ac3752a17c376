import type { Json } from "./app.ts";

const LEAST = 1_000_000;

/** Seven digits that nobody else has, as far as chance goes. */
export function digits(): string {
  return String(LEAST + Math.floor(Math.random() * 9 * LEAST));
}

/** A value with its digits filled in. */
export function filled(value: Json): Json {
  if (typeof value === "string") return value.replace("{n}", digits());
  return Array.isArray(value) ? value.map(filled) : value;
}
