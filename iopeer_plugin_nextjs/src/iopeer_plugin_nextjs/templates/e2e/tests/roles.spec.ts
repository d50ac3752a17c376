import type { Page } from "@playwright/test";

import { app } from "../support/app.ts";
import { expect, test, userMenu } from "../support/test.ts";
import { labels, t } from "../support/texts.ts";

for (const role of app.roles) {
  const unread = app.entities.filter(({ name }) => !role.reads.includes(name));
  const onlyRead = app.entities.filter(
    ({ name }) => role.reads.includes(name) && !role.creates.includes(name),
  );
  const who = role.name || "an account";

  if (unread.length > 0) {
    test(`${who} is not led to what it may not see, and is refused there`, async ({ page, as }) => {
      await as(role.name);
      await page.goto("/");
      await expect(userMenu(page)).toBeVisible();
      const menu = page.getByRole("navigation", { name: t("layout.navigation") });
      for (const entity of app.entities) {
        const link = menu.getByRole("link", { name: labels.many(entity), exact: true });
        await expect(link).toBeVisible({ visible: role.reads.includes(entity.name) });
      }
      for (const entity of unread) {
        await page.goto(entity.route);
        await expect(refusal(page)).toBeVisible();
      }
    });
  }

  if (onlyRead.length > 0) {
    test(`${who} is not offered to add what it may not, and is refused there`, async ({ page, as }) => {
      await as(role.name);
      for (const entity of onlyRead) {
        await page.goto(entity.route);
        await expect(page.getByRole("heading", { name: labels.many(entity), level: 1 })).toBeVisible();
        const name = t("table.new", { one: labels.one(entity) });
        await expect(page.getByRole("link", { name })).toBeHidden();
        await page.goto(`${entity.route}/new`);
        await expect(refusal(page)).toBeVisible();
      }
    });
  }
}

function refusal(page: Page) {
  return page.getByRole("heading", { name: t("errors.forbidden_title"), exact: true });
}
