/** A list's answer: all of its rows on one page. */
export function pageOf(items: readonly object[]): Response {
  return Response.json({ items, total: items.length, limit: 20, offset: 0 });
}

/** The label of a form's field, whether or not that must be filled in. */
export function labelled(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(\\*|$)`);
}
