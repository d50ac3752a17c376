import type { Page } from "@playwright/test";

import { type Pass, send } from "./api.ts";
import { app, type Json } from "./app.ts";
import { filled } from "./values.ts";

export const PASSWORD = "correct-horse-battery";

interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
}

/** Opens an account. */
export async function openAccount(email: string): Promise<void> {
  const json = { ...entries(), [app.email]: email, password: PASSWORD };
  await send("POST", app.auth.register ?? "", { json });
}

/** What a new account says of itself. */
export function entries(): Record<string, Json> {
  return Object.fromEntries(app.entries.map(({ name, values }) => [name, filled(values[0] ?? "")]));
}

/** Signs an account in; `Refused` where there is none. */
export async function signIn(email: string): Promise<Pass> {
  const { DEMO_EMAIL, DEMO_PASSWORD } = process.env;
  const password = email === DEMO_EMAIL ? (DEMO_PASSWORD ?? PASSWORD) : PASSWORD;
  const form = { username: email, password };
  const tokens = await send<Tokens>("POST", app.auth.login ?? "", { form });
  const kept = JSON.stringify({
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: Date.now() + tokens.expires_in * 1000,
  });
  return { headers: { authorization: `Bearer ${tokens.access_token}` }, kept };
}

/** Signs a page in before its first address, as its own form would. */
export async function enter(page: Page, { kept }: Pass): Promise<void> {
  await page.addInitScript((text) => {
    if (location.protocol.startsWith("http")) localStorage.setItem("session", text);
  }, kept);
}
