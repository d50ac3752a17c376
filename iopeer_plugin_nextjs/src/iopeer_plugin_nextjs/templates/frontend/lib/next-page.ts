/** Where to go after signing in: a page of this application, whatever an address says. */
export function safeNext(wanted: string | null): string {
  if (!wanted?.startsWith("/") || wanted.startsWith("//") || wanted.includes("\\")) return "/";
  return wanted;
}

/** The sign-in page that leads back to where someone was. */
export function loginPage(from: string): string {
  return from === "/" ? "/login" : `/login?${new URLSearchParams({ next: from }).toString()}`;
}
