import type { Locator, Page } from "@playwright/test";

import type { Caller } from "../support/accounts.ts";
import { type Row } from "../support/api.ts";
import { app, type Entity, type Field, type Json, kept } from "../support/app.ts";
import { alike, fill, type Filling, formOf, save } from "../support/form.ts";
import { isChangeable, keeperOf, labelOf, linkOf, read, valueOf } from "../support/rows.ts";
import { expect, expectLoaded, test } from "../support/test.ts";
import { labels, t } from "../support/texts.ts";

for (const entity of kept) {
  test(`${entity.name}: added, found, opened, changed, deleted`, async ({ page, as }) => {
    const caller = await as(keeperOf(entity));
    const id = await test.step("added", () => add(page, entity, caller));

    await test.step("found in the table, and opened", async () => {
      await openTable(page, entity);
      await rowOf(page, entity, id).getByRole("link").first().click();
      await expectOpen(page, entity, id, caller);
    });

    const changed = entity.fields.find(isChangeable);
    if (entity.may.includes("update") && changed) {
      await test.step("changed", async () => {
        await openTable(page, entity);
        await chooseAction(page, rowOf(page, entity, id), t("table.edit"));
        const before = alike(changed, (await read(entity, id, caller))[changed.name]);
        const value = await valueOf(entity, changed, (other) => alike(changed, other) !== before);
        if (value === undefined) throw new Error(`nothing else is known for ${changed.name}`);
        await fill(page, entity, changed, { value }, caller);
        await save(page);
        await expectOpen(page, entity, id, caller);
        const after = await read(entity, id, caller);
        expect(alike(changed, after[changed.name])).toEqual(alike(changed, value));
      });
    }

    if (entity.may.includes("delete")) {
      await test.step("deleted", async () => {
        const name = await labelOf(entity, id, caller);
        await openTable(page, entity);
        await rowOf(page, entity, id).getByRole("link").first().click();
        await page.getByRole("button", { name: t("table.remove"), exact: true }).click();
        await confirm(page);
        await page.waitForURL((url) => url.pathname === entity.route);
        await expect(toast(page, t("remove.removed", { count: 1 }))).toBeVisible();
        await openTable(page, entity);
        // Another row may have got the number that is free now.
        await expect(rowOf(page, entity, id).filter({ hasText: name })).toBeHidden();
      });
    }
  });

  if (entity.softDelete && entity.may.includes("delete")) {
    test(`${entity.name}: brought back at once, and from the trash`, async ({ page, as }) => {
      const caller = await as(keeperOf(entity));
      const id = await add(page, entity, caller);
      const name = await labelOf(entity, id, caller);
      await openTable(page, entity);
      await chooseAction(page, rowOf(page, entity, id), t("table.remove"));
      await confirm(page);
      await expect(rowOf(page, entity, id)).toBeHidden();
      await page.getByRole("button", { name: t("remove.undo"), exact: true }).click();
      await expect(rowOf(page, entity, id)).toBeVisible();

      await chooseAction(page, rowOf(page, entity, id), t("table.remove"));
      await confirm(page);
      await expect(rowOf(page, entity, id)).toBeHidden();
      await page.getByRole("button", { name: t("table.trash"), exact: true }).click();
      const restore = page.getByRole("button", { name: t("remove.restoreOf", { name }), exact: true });
      await restore.click();
      await expect(restore).toBeHidden();
      await page.getByRole("button", { name: t("table.leaveTrash"), exact: true }).click();
      await expect(rowOf(page, entity, id)).toBeVisible();
    });
  }
}

/** Adds a row by the form, with all that can be filled in; gives its id. */
async function add(page: Page, entity: Entity, caller: Caller): Promise<Row["id"]> {
  await page.goto(entity.route);
  const link = page.getByRole("main").getByRole("link", {
    name: t("table.new", { one: labels.one(entity) }),
  });
  await link.first().click();
  await page.waitForURL(`**${entity.route}/new`);
  const given = new Map<Field, Json>();
  for (const field of entity.fields.filter(({ writable }) => writable)) {
    const filling = await fillingOf(entity, field);
    if (!filling) continue;
    await fill(page, entity, field, filling, caller);
    if ("value" in filling && !field.hidden) given.set(field, filling.value);
  }
  await save(page);
  await Promise.race([page.waitForURL((url) => isRow(entity, url)), refusal(page)]);
  const id = decodeURIComponent(page.url().split("/").at(-1) ?? "");
  const row = await read(entity, id, caller);
  for (const [field, value] of given) {
    expect(alike(field, row[field.name]), field.name).toEqual(alike(field, value));
  }
  await expectOpen(page, entity, id, caller);
  return id;
}

/** Says at once why a form was not taken. */
async function refusal(page: Page): Promise<void> {
  const told = formOf(page).getByRole("alert").first();
  await told.waitFor();
  throw new Error(`the form was refused: ${(await formOf(page).getByRole("alert").allTextContents()).join(" ")}`);
}

/** What a new row gets: a value for every field, and the links that it must have. */
async function fillingOf(entity: Entity, field: Field): Promise<Filling | undefined> {
  if (field.targets.length > 0) {
    return field.required && !field.default ? { link: await linkOf(field) } : undefined;
  }
  const value = await valueOf(entity, field);
  return value === undefined ? undefined : { value };
}

function isRow(entity: Entity, url: URL): boolean {
  const rest = url.pathname.slice(entity.route.length + 1);
  return url.pathname.startsWith(`${entity.route}/`) && !rest.includes("/") && rest !== "new";
}

async function expectOpen(
  page: Page,
  entity: Entity,
  id: Row["id"],
  caller: Caller,
): Promise<void> {
  await page.waitForURL((url) => isRow(entity, url));
  const name = await labelOf(entity, id, caller);
  await expect(page.getByRole("heading", { name, exact: true, level: 1 })).toBeVisible();
}

/** The table, the newest rows first. */
async function openTable(page: Page, entity: Entity): Promise<void> {
  await page.goto(`${entity.route}?sort=-created_at&limit=${app.mostRows}`);
  await expectLoaded(page, labels.many(entity));
}

function rowOf(page: Page, entity: Entity, id: Row["id"]): Locator {
  const link = page.locator(`a[href="${entity.route}/${encodeURIComponent(id)}"]`);
  return page.getByRole("row").filter({ has: link });
}

async function chooseAction(page: Page, row: Locator, name: string): Promise<void> {
  await row.getByRole("button").click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

async function confirm(page: Page): Promise<void> {
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: t("remove.remove"), exact: true }).click();
  await expect(dialog).toBeHidden();
}

function toast(page: Page, text: string): Locator {
  return page.getByRole("listitem").filter({ hasText: text });
}

test("the dashboard leads to every entity that there is", async ({ page, as }) => {
  const [role] = app.roles;
  await as(role.name);
  await page.goto("/");
  const menu = page.getByRole("navigation", { name: t("layout.navigation") });
  for (const entity of app.entities.filter(({ name }) => role.reads.includes(name))) {
    await menu.getByRole("link", { name: labels.many(entity), exact: true }).click();
    await expect(page.getByRole("heading", { name: labels.many(entity), level: 1 })).toBeVisible();
  }
});
