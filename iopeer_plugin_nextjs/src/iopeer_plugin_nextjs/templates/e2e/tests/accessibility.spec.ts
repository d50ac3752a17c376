import type { Page } from "@playwright/test";

import { app, kept } from "../support/app.ts";
import { keeperOf, make } from "../support/rows.ts";
import { expect, expectAccessible, test } from "../support/test.ts";
import { labels, t } from "../support/texts.ts";

test("the pages of visitors are accessible", async ({ page }) => {
  for (const [path, title] of [
    ["/login", "login_title"],
    ["/register", "register_title"],
    ["/forgot-password", "forgot_title"],
    ["/reset-password?token=none", "reset_title"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: t(`auth.${title}`) })).toBeVisible();
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
    await page.goto(entity.route);
    await expect(page.getByRole("heading", { name: labels.many(entity), level: 1 })).toBeVisible();
    await expect(page.getByRole("table")).toHaveAttribute("aria-busy", "false");
    await expectAccessible(page);
    const row = `${entity.route}/${encodeURIComponent(id)}`;
    const others = [`${entity.route}/new`, row];
    if (entity.may.includes("update")) others.push(`${row}/edit`);
    if (entity.softDelete) others.push(`${entity.route}?deleted=true`);
    for (const path of others) await expectPageAccessible(page, path);
  });
}

async function expectPageAccessible(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
}
