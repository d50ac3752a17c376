import type { Page } from "@playwright/test";

import { app, kept } from "../support/app.ts";
import { keeperOf, make } from "../support/rows.ts";
import { expect, expectAccessible, expectLoaded, test } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("the pages of visitors are accessible", async ({ page }) => {
  for (const { path, title } of [app.signIn, ...app.forVisitors]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: t(title), level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
});

test("the dashboard and the account page are accessible", async ({ page, as }) => {
  await as(app.roles[0].name);
  for (const path of ["/", "/account"]) await expectPageAccessible(page, path);
});

test.describe("what is not there", () => {
  test.use({ refusals: [404] });

  test("is accessible", async ({ page }) => {
    await page.goto("/nowhere");
    await expect(page.getByRole("heading", { name: t("errors.not_found_title") })).toBeVisible();
    await expectAccessible(page);
  });
});

for (const entity of kept) {
  test(`${entity.name}: its pages are accessible`, async ({ page, as }) => {
    await as(keeperOf(entity));
    const { id } = await make(entity);
    const row = `${entity.route}/${encodeURIComponent(id)}`;
    const paths = [entity.route, `${entity.route}/new`, row];
    if (entity.may.includes("update")) paths.push(`${row}/edit`);
    if (entity.softDelete) paths.push(`${entity.route}?deleted=true`);
    for (const path of paths) await expectPageAccessible(page, path);
  });
}

async function expectPageAccessible(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectLoaded(page);
  await expectAccessible(page);
}
