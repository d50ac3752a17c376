/** An address that a link may lead to: a web page's, whatever is stored. */
export function safeUrl(value: string): string {
  return /^https?:\/\//i.test(value) ? value : "#";
}

/** Where a link in a text of somebody's may lead: to pages, to mail and to telephones. */
export function textLink(address: string): string | null {
  const here = "https://here.invalid";
  if (!URL.canParse(address, here)) return null;
  const { protocol } = new URL(address, here);
  return ["http:", "https:", "mailto:", "tel:"].includes(protocol) ? address : null;
}
