import { SIGN_IN } from "@/lib/sign-in";

const HERE = "http://here.invalid";

/** Where to go after signing in: a page of this application, whatever an address says. */
export function safeNext(wanted: string | null): string {
  if (!wanted?.startsWith("/") || !URL.canParse(wanted, HERE)) return "/";
  // As browsers read it, who drop tabs and take backslashes for slashes.
  const { origin, pathname } = new URL(wanted, HERE);
  return origin === HERE && !pathname.startsWith("//") ? wanted : "/";
}

/** The sign-in page that leads back to where someone was. */
export function loginPage(from: string): string {
  return from === "/" ? SIGN_IN : `${SIGN_IN}?${new URLSearchParams({ next: from }).toString()}`;
}
