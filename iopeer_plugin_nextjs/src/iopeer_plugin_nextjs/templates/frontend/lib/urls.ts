/** An address that a link may lead to: a web page's, whatever is stored. */
export function safeUrl(value: string): string {
  return /^https?:\/\//i.test(value) ? value : "#";
}
