/** Several values in one text, as the API's parameters have them: with commas between, and `\,` for one of a value. */
export function toList(values: readonly unknown[]): string {
  return values.map((value) => String(value).replace(/[\\,]/g, "\\$&")).join(",");
}

/** The values of such a text. */
export function fromList(text: string): string[] {
  const values = [""];
  for (const [token] of text.matchAll(/\\[\\,]|[^]/g)) {
    if (token === ",") values.push("");
    else values.push((values.pop() ?? "") + token.slice(-1));
  }
  return values;
}
