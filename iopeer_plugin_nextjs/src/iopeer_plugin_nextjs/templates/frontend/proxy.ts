import { type NextRequest, NextResponse } from "next/server";

import { isForwarded } from "@/lib/forwarded";
import { contentSources } from "@/lib/outside";

/** Sends requests to the API on to where it is, and gives every page its own Content Security Policy. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (isForwarded(pathname)) {
    const api = process.env.API_URL ?? "http://127.0.0.1:8000";
    return NextResponse.rewrite(new URL(pathname + search, api));
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy); // the framework reads the nonce for its own scripts from here
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === "development";
  const policy: Record<string, string> = {
    "default-src": "'none'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' blob: data:",
    "font-src": "'self'",
    "connect-src": `'self'${development ? " ws:" : ""}`,
    "manifest-src": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
  };
  for (const [directive, sources] of Object.entries(contentSources)) {
    policy[directive] = [policy[directive] ?? "", ...sources].join(" ").trim();
  }
  return Object.entries(policy)
    .map((directive) => directive.join(" "))
    .join("; ");
}

export const config = {
  matcher: ["/((?!_next/static|_next/image|icon.svg|robots.txt|manifest.webmanifest|health$).*)"],
};
