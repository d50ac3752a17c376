/** Stands for what was written and is no value, so that it is not taken for nothing; no schema takes it. */
export const UNREADABLE = "?";

/** What an input of the browser holds: null where it is empty, `UNREADABLE` for `1e` and for half a date. */
export function readFrom({ value, validity }: HTMLInputElement): string | null {
  return value || (validity.badInput ? UNREADABLE : null);
}
