import { chromium } from "@playwright/test";

import { found } from "./accounts.ts";
import { launchOptions } from "./browser.ts";

/** Before any test: sees that a browser starts, and makes the first account, which has the first role. */
export default async function setup(): Promise<void> {
  await tryBrowser();
  if (!process.env.DEMO_EMAIL) await found();
}

/** Says once, and at once, where no browser starts. */
async function tryBrowser(): Promise<void> {
  const options = await launchOptions();
  try {
    const browser = await chromium.launch({ ...options, timeout: 60_000 });
    await browser.close();
  } catch (error) {
    const which = options.executablePath ?? "the browser of Playwright";
    throw new Error(`${which} does not start; PLAYWRIGHT_CHROMIUM can name another Chromium`, {
      cause: error,
    });
  }
}
