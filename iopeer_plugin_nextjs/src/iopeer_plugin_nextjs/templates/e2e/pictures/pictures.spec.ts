import { expect, type Page, test } from "@playwright/test";

import { callerOf, demoOr } from "../support/accounts.ts";
import { believable } from "../support/believable.ts";
import { app, type Entity, entityOf } from "../support/app.ts";
import { enter } from "../support/login.ts";

const FOLDER = process.env.PICTURES ?? "pictures";
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const SCHEMES = ["light", "dark"] as const;

test("pictures of every main page", async ({ browser }) => {
  const caller = await demoOr(() => callerOf(app.roles[0].name));
  const rows = await believable(caller);
  const visitor = await browser.newPage();
  await shoot(visitor, "login", app.signIn.path);
  await visitor.close();

  const page = await browser.newPage();
  await enter(page, caller.pass);
  await shoot(page, "dashboard", "/");
  for (const [name, ids] of rows) {
    const entity = entityOf(name);
    await shoot(page, `${slug(entity)}-table`, entity.route);
    await shoot(page, `${slug(entity)}-form`, `${entity.route}/new`);
    const [id] = ids;
    if (id !== undefined) {
      await shoot(page, `${slug(entity)}-detail`, `${entity.route}/${encodeURIComponent(id)}`);
    }
  }
  await shoot(page, "account", "/account");
});

/** What an entity is called in the names of its pictures. */
function slug(entity: Entity): string {
  return entity.route.slice(1);
}

/** Takes what is seen of a page, wide and narrow, light and dark, once it has come to rest. */
async function shoot(page: Page, name: string, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({
        path: `${FOLDER}/${name}-${size}-${colorScheme}.png`,
        animations: "disabled",
      });
    }
  }
}
