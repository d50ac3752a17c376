import type { Json } from "./app.ts";

const BASE = process.env.FRONTEND_URL ?? "http://127.0.0.1:3000";

export interface Row {
  id: number | string;
  [member: string]: Json;
}

/** What proves who calls. */
export interface Pass {
  headers: Record<string, string>;
  /** What the browser of whoever is signed in keeps. */
  kept: string;
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

/** Asks the API, as the owner of a pass or as nobody. */
export async function send<Answer>(
  method: string,
  path: string,
  { pass, json, form }: { pass?: Pass; json?: Json; form?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${BASE}${path}`, {
    method,
    headers: {
      ...pass?.headers,
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
