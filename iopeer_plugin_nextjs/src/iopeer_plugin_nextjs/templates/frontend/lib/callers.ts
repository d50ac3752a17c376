import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";

import { isForwarded } from "@/lib/forwarded";

const FORWARDED_FOR = "x-forwarded-for";

/**
 * Tells the API who calls: every request gets the address that this server saw, in place of what the caller wrote, and
 * those to the API the key by which it knows this server.
 */
export function nameCallers(): void {
  const proxies = Number(process.env.FRONTEND_PROXIES ?? 0);
  const key = process.env.PROXY_KEY;
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    hideApi(response);
    const { headers, headersDistinct, socket } = request;
    const written = headersDistinct[FORWARDED_FOR] ?? [];
    const address = addressOf(written, socket.remoteAddress, proxies);
    delete headers["x-proxy-key"];
    delete headers[FORWARDED_FOR];
    if (address) headers[FORWARDED_FOR] = address;
    const [pathname = ""] = (request.url ?? "").split("?");
    if (key && isForwarded(pathname)) headers["x-proxy-key"] = key;
  });
}

/** Keeps where the API is to this server: the framework would tell every caller. */
function hideApi(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    name.toLowerCase() === "x-middleware-rewrite" ? response : setHeader(name, value);
}

/**
 * The address of whoever sent a request, of what was written into it on its way, of what this server saw, and of the
 * number of proxies before it. Each of them appends the address that it saw: the n-th from the right is what the n-th
 * proxy saw, and what is left of it was written by whoever wanted to.
 */
export function addressOf(
  written: string[],
  saw: string | undefined,
  proxies: number,
): string | undefined {
  const named = proxies > 0 ? written.join(",").split(",").at(-proxies) : undefined;
  const address = (named ?? saw ?? "").trim().replace(/^::ffff:/, "");
  return isIP(address) ? address : undefined;
}
