import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test as base } from "@playwright/test";

import { type Caller, callerOf } from "./accounts.ts";
import { enter } from "./login.ts";
import { t } from "./texts.ts";

/** A console's word about an answer that the test asked for. */
const ABOUT_STATUS = /^Failed to load resource: .* status of (\d+)/;

interface Fixtures {
  /** Statuses of answers that are refusals, and meant to be. */
  refusals: number[];
  /** Signs the page in as somebody with a role, before its first address. */
  as: (role: string) => Promise<Caller>;
}

/** A test whose browser must have nothing to complain of. */
export const test = base.extend<Fixtures>({
  refusals: [[], { option: true }],
  page: async ({ page, refusals }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error.stack ?? error)));
    page.on("console", (message) => {
      const status = ABOUT_STATUS.exec(message.text())?.[1];
      if (status && refusals.includes(Number(status))) return;
      if (message.type() !== "error" && message.type() !== "warning") return;
      complaints.push(`${message.text()} (${message.location().url})`);
    });
    await use(page);
    expect(complaints, "the browser's console").toEqual([]);
  },
  as: async ({ page }, use) => {
    await use(async (role) => {
      const caller = await callerOf(role);
      await enter(page, caller.pass);
      return caller;
    });
  },
});

/** The menu of whoever is signed in: it is there once that is known. */
export function userMenu(page: Page): Locator {
  const [before = ""] = t("layout.user_menu", { name: "\n" }).split("\n");
  return page.getByRole("banner").getByRole("button", { name: before });
}

/** Waits for a page's title, and until nothing below it is a skeleton any more. */
export async function expectLoaded(page: Page, title?: string): Promise<void> {
  await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible();
  const loading = page.getByRole("main").locator('[role="status"], [aria-busy="true"]');
  await expect(loading).toHaveCount(0);
}

/** Finds nothing that keeps people from using a page, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate(painted);
    // Again, where something is found: a slow machine may still be changing colours.
    await expect(async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ""}`),
      );
      expect(found, `${page.url()}, ${colorScheme}`).toEqual([]);
    }).toPass({ timeout: 30_000 });
  }
}

/** In the page: waits until it is drawn in its new colours, so that none is judged halfway. */
async function painted(): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
}

export { expect };
