import { app, kept } from "../support/app.ts";
import { keeperOf, make } from "../support/rows.ts";
import { expect, expectAccessible, test } from "../support/test.ts";
import { labels, t } from "../support/texts.ts";

test("signing in, registering and a forgotten password are accessible", async ({ page }) => {
  for (const [path, title] of [
    ["/login", "login_title"],
    ["/register", "register_title"],
    ["/forgot-password", "forgot_title"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: t(`auth.${title}`) })).toBeVisible();
    await expectAccessible(page);
  }
});

test("the dashboard and the account page are accessible", async ({ page, as }) => {
  await as(app.roles[0].name);
  for (const path of ["/", "/account"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
});

for (const entity of kept) {
  test(`${entity.name}: its pages are accessible`, async ({ page, as }) => {
    await as(keeperOf(entity));
    const { id } = await make(entity);
    await page.goto(entity.route);
    await expect(page.getByRole("heading", { name: labels.many(entity), level: 1 })).toBeVisible();
    await expect(page.getByRole("table")).toHaveAttribute("aria-busy", "false");
    await expectAccessible(page);
    await page.goto(`${entity.route}/new`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await page.goto(`${entity.route}/${encodeURIComponent(id)}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  });
}
