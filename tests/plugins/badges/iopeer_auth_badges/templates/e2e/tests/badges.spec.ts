import { callerOf } from "../support/accounts.ts";
import { app } from "../support/app.ts";
import { expect, test, userMenu } from "../support/test.ts";
import { t } from "../support/texts.ts";

test("a page that needs an account asks for a badge, and comes back", async ({ page }) => {
  const { email } = await callerOf(app.roles[0].name);
  await page.goto("/account");
  await page.waitForURL("**/show-badge?**");
  await page.getByLabel(t("badges.email")).fill(email);
  await page.getByRole("button", { name: t("badges.take") }).click();
  await page.waitForURL("**/account");
  await expect(userMenu(page)).toBeVisible();
  await userMenu(page).click();
  await page.getByRole("menuitem", { name: t("layout.logout") }).click();
  await page.waitForURL("**/show-badge?**");
});

test("there are no pages of passwords", async ({ page }) => {
  for (const path of ["/login", "/register", "/forgot-password", "/reset-password"]) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(404);
  }
});
