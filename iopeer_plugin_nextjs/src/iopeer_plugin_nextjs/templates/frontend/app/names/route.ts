import type { Account } from "@/api/account";
import { ME } from "@/api/endpoints";
import { messagesOf } from "@/lib/messages";
import { namesFor } from "@/lib/names";
import { requestLocale } from "@/lib/page";

/** What is said of one connection, and not of who asks. */
const OF_THE_CONNECTION = ["connection", "content-length", "host", "keep-alive", "transfer-encoding"];

/** Tells whoever is signed in what entities and fields are called, as far as he may know; nobody else. */
export async function GET(request: Request): Promise<Response> {
  const account = await accountOf(request.headers);
  if (!account) return new Response(null, { status: 401 });
  const { entities } = await messagesOf(await requestLocale());
  return Response.json(namesFor(account, entities), { headers: { "cache-control": "no-store" } });
}

/** Who asks, as the API says. */
async function accountOf(sent: Headers): Promise<Account | null> {
  const headers = new Headers(sent);
  for (const name of OF_THE_CONNECTION) headers.delete(name);
  headers.set("x-proxy-key", process.env.PROXY_KEY ?? "");
  const api = process.env.API_URL ?? "http://127.0.0.1:8000";
  const answer = await fetch(new URL(ME, api), { headers, cache: "no-store" });
  return answer.ok ? ((await answer.json()) as Account) : null;
}
