import type { Page } from "@playwright/test";

import { type Pass, send } from "./api.ts";

/** Opens an account. */
export async function openAccount(email: string): Promise<void> {
  await send("POST", "/api/v1/badges", { json: { email, is_new: true } });
}

/** The badge of an account; `Refused` where there is none. */
export async function signIn(email: string): Promise<Pass> {
  const { badge } = await send<{ badge: string }>("POST", "/api/v1/badges", { json: { email } });
  return { headers: { "x-badge": badge }, kept: badge };
}

/** Puts a badge into a page's pocket. */
export async function enter(page: Page, { kept }: Pass): Promise<void> {
  await page.addInitScript((badge) => {
    if (location.protocol.startsWith("http")) localStorage.setItem("badge", badge);
  }, kept);
}
