/** The mark before decimals, as a language writes it. */
export function decimalMark(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find((part) => part.type === "decimal")?.value ?? ".";
}

/** A number of the API, as a language writes it: without marks between thousands. */
export function writtenNumber(value: string, locale: string): string {
  return value.replace(".", decimalMark(locale));
}
