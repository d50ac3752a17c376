import type { Locator, Page } from "@playwright/test";

import { callerOf } from "../support/accounts.ts";
import { app, entityOf, type Json } from "../support/app.ts";
import { entries, PASSWORD } from "../support/login.ts";
import { expect, test, userMenu } from "../support/test.ts";
import { labels, t } from "../support/texts.ts";
import { digits } from "../support/values.ts";

test("a visitor registers, and is signed in", async ({ page }) => {
  const email = `mail${digits()}@example.com`;
  await page.goto("/login");
  await page.getByRole("link", { name: t("auth.register"), exact: true }).click();
  await page.waitForURL("**/register");
  const account = entityOf(app.account);
  const given = entries();
  for (const { name, field, control } of app.entries) {
    await enterIn(
      page.getByLabel(labels.field(account, field), { exact: true }),
      control,
      given[name],
    );
  }
  await page.getByLabel(labels.field(account, app.email), { exact: true }).fill(email);
  await page.getByLabel(t("auth.password"), { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: t("auth.register"), exact: true }).click();
  await expect(userMenu(page)).toBeVisible();
  await userMenu(page).click();
  await expect(page.getByRole("menu").getByText(email).first()).toBeVisible();
});

test("whoever signs in stays so, until signing out", async ({ page }) => {
  const { email } = await callerOf(app.roles[0].name);
  await page.goto("/login");
  await enter(page, email, PASSWORD);
  await expect(userMenu(page)).toBeVisible();
  await page.reload();
  await userMenu(page).click();
  await page.getByRole("menuitem", { name: t("layout.logout") }).click();
  await expect(userMenu(page)).toBeHidden();
  await page.goto("/account");
  await page.waitForURL("**/login?**");
});

test("a page that needs an account asks for it, and comes back", async ({ page }) => {
  await page.goto("/account");
  await page.waitForURL("**/login?**");
  const { email } = await callerOf(app.roles[0].name);
  await enter(page, email, PASSWORD);
  await page.waitForURL("**/account");
  await expect(page.getByRole("heading", { name: t("account.title"), level: 1 })).toBeVisible();
});

test.describe("refused", () => {
  test.use({ refusals: [401] });

  test("a wrong password says so, and nothing else", async ({ page }) => {
    const { email } = await callerOf(app.roles[0].name);
    await page.goto("/login");
    await enter(page, email, `${PASSWORD}?`);
    await expect(page.getByText(t("auth.wrong_credentials"))).toBeVisible();
    await expect(userMenu(page)).toBeHidden();
  });
});

test("signing out in one tab signs out in all", async ({ page, context }) => {
  const { email } = await callerOf(app.roles[0].name);
  await page.goto("/login");
  await enter(page, email, PASSWORD);
  await expect(userMenu(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto("/account");
  await expect(userMenu(other)).toBeVisible();
  await userMenu(page).click();
  await page.getByRole("menuitem", { name: t("layout.logout") }).click();
  await other.waitForURL("**/login?**");
});

async function enter(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel(t("auth.email"), { exact: true }).fill(email);
  await page.getByLabel(t("auth.password"), { exact: true }).fill(password);
  await page.getByRole("button", { name: t("auth.login"), exact: true }).click();
}

/** Fills in a field of the form that opens an account. */
async function enterIn(field: Locator, control: string, value: Json | undefined): Promise<void> {
  switch (control) {
    case "CheckField":
      return field.setChecked(value === true);
    case "ChoiceField":
    case "CountryField":
      await field.selectOption(String(value));
      return;
    case "RowField":
      await field.click();
      return field.page().getByRole("option").first().click();
    default:
      return field.fill(String(value));
  }
}
