/** Days and moments, as the API writes them and as inputs do. */

const digits = (value: number, count: number) => String(value).padStart(count, "0");
const twoDigits = (value: number) => digits(value, 2);

function dayOf(date: Date): string {
  // Inputs want four digits, also of a year that is half typed.
  return `${digits(date.getFullYear(), 4)}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

/** The present day: `2026-12-31`. */
export function today(): string {
  return dayOf(new Date());
}

/** The present time of day: `09:30:00`. */
export function timeNow(): string {
  const now = new Date();
  return `${twoDigits(now.getHours())}:${twoDigits(now.getMinutes())}:00`;
}

/** The present moment, to the minute: `2026-12-31T09:30:00.000Z`. */
export function now(): string {
  const moment = new Date();
  moment.setSeconds(0, 0);
  return moment.toISOString();
}

/** A moment in the reader's time, as `<input type="datetime-local">` takes it. */
export function toLocal(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  return `${dayOf(date)}T${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** The moment that a reader wrote in their own time; nothing where it is none. */
export function fromLocal(local: string): string | null {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
