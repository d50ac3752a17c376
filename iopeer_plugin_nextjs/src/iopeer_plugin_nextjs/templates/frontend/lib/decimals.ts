import { decimalMark, writtenNumber } from "@/lib/numerals";
import { UNREADABLE } from "@/lib/unreadable";

/**
 * The number that was written, as the API takes it: with a point, and without marks between thousands. Where it could
 * be two numbers (`1,234` in English) it is `UNREADABLE`; what is none stays as it is.
 */
export function toDecimal(written: string, locale: string): string {
  const text = written.replace(/[\s'’]/g, "");
  const marks = text.replace(/[^.,]/g, "");
  const last = marks.at(-1);
  if (last === undefined) return text;
  const [first] = marks;
  if (marks.length === 1) {
    const groups = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(text);
    return groups && last !== decimalMark(locale) ? UNREADABLE : text.replace(last, ".");
  }
  const whole = first === last ? text : text.slice(0, text.lastIndexOf(last));
  const grouped = new RegExp(`^[+-]?\\d{1,3}([${first}]\\d{3})+$`).test(whole);
  return grouped ? text.replaceAll(first ?? "", "").replace(last, ".") : written;
}

/** A number of the API, as a language writes it where it is edited. */
export function writtenDecimal(value: string, locale: string): string {
  return value === UNREADABLE ? "" : writtenNumber(value, locale);
}
