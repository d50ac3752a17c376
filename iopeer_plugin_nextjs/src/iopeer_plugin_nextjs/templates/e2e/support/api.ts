import type { Json } from "./app.ts";

const BASE = process.env.FRONTEND_URL ?? "http://127.0.0.1:3000";

export interface Row {
  id: number | string;
  [member: string]: Json;
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}

/** What the API refused. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    request: string,
    body: string,
  ) {
    super(`${request} answered ${status}: ${body}`);
  }
}

/** Asks the API, as the owner of a token or as nobody. */
export async function send<Answer>(
  method: string,
  path: string,
  { token, json, form }: { token?: string; json?: Json; form?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${BASE}${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(json === undefined ? {} : { "content-type": "application/json" }),
    },
    body: form ? new URLSearchParams(form) : json === undefined ? undefined : JSON.stringify(json),
  });
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, `${method} ${path}`, text);
  return (text === "" ? null : JSON.parse(text)) as Answer;
}

/** The path of a row. */
export function pathOf(base: string, id: Row["id"]): string {
  return `${base}/${encodeURIComponent(id)}`;
}
