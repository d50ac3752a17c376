import type { Page } from "@playwright/test";

import { app, type Entity, entityOf, type Field, kept } from "../support/app.ts";
import { control, fill, pick, save } from "../support/form.ts";
import { keeperOf, labelOf, linkOf, make, read, valueOf } from "../support/rows.ts";
import { expect, test } from "../support/test.ts";
import { labels, t } from "../support/texts.ts";

for (const parent of app.entities) {
  for (const child of parent.children) {
    test(`${parent.name}: adds to its ${child.name}`, async ({ page, as }) => {
      const entity = entityOf(child.entity);
      const caller = await as(keeperOf(entity));
      const { id } = await make(parent);
      const address = `${parent.route}/${encodeURIComponent(id)}`;
      await page.goto(address);
      const tab = page.getByRole("tab", { name: labels.field(parent, child.name), exact: true });
      await tab.click();
      await page
        .getByRole("tabpanel")
        .getByRole("link", { name: t("table.add", { one: labels.one(entity) }) })
        .click();
      await page.waitForURL((url) => url.searchParams.get(child.member) === String(id));

      for (const field of entity.fields.filter(({ writable }) => writable)) {
        if (field.name === child.field) {
          await expectLed(page, entity, field, await labelOf(parent, id, caller));
        } else if (field.required || field.pinned || field.name === entity.display) {
          const value = await valueOf(entity, field);
          if (value !== undefined) await fill(page, entity, field, { value }, caller);
          else if (field.targets.length > 0 && !field.default) {
            await fill(page, entity, field, { link: await linkOf(field) }, caller);
          }
        }
      }
      await save(page);
      await page.waitForURL((url) => url.pathname !== `${entity.route}/new`);
      const made = decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? "");

      await page.goto(address);
      await tab.click();
      const link = page.locator(`a[href="${entity.route}/${encodeURIComponent(made)}"]`);
      await expect(page.getByRole("tabpanel").getByRole("row").filter({ has: link })).toBeVisible();
    });
  }
}

for (const entity of kept) {
  for (const { name, entity: target } of entity.links) {
    test(`${entity.name}: its ${name} are linked, and taken away`, async ({ page, as }) => {
      const caller = await as(keeperOf(entity));
      const [row, other] = [await make(entity), await make(entityOf(target))];
      const label = await labelOf(entityOf(target), other.id, caller);
      await page.goto(`${entity.route}/${encodeURIComponent(row.id)}`);
      const picker = page.getByRole("combobox", {
        name: t("form.addTo", { label: labels.field(entity, name) }),
        exact: true,
      });
      await pick(page, picker, label);
      const remove = page.getByRole("button", { name: t("form.remove", { name: label }), exact: true });
      await expect(remove).toBeVisible();
      await page.reload();
      await remove.click();
      await expect(remove).toBeHidden();
      const stored = (await read(entity, row.id, caller))[name];
      expect(stored).toEqual([]);
    });
  }
}

/** A field of a form leads to what has a name. */
async function expectLed(page: Page, entity: Entity, field: Field, name: string): Promise<void> {
  const chosen =
    field.widget === "ReferencesField"
      ? page.getByRole("button", { name: t("form.remove", { name }), exact: true })
      : control(page, entity, field).filter({ hasText: name });
  await expect(chosen).toBeVisible();
}
