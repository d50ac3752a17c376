import type { Locator, Page } from "@playwright/test";

import { type Caller } from "./accounts.ts";
import { app, type Entity, type Field, type Json } from "./app.ts";
import { labelOf, type Link } from "./rows.ts";
import { labels, t } from "./texts.ts";

/** What a field is filled in with: a value, or a row that it leads to. */
export type Filling = { value: Json } | { link: Link };

/** What has several controls under one label. */
const GROUPS = ["ListField", "ChoicesField", "DurationField"];

/** The pattern of a field's label, which also says whether it is required. */
function labelled(entity: Entity, field: Field): RegExp {
  const label = escaped(labels.field(entity, field.name));
  return new RegExp(`^${label}\\s*(\\*?\\s*\\(${escaped(t("form.required"))}\\))?$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The control of a field in the form of an entity. */
export function control(page: Page, entity: Entity, field: Field): Locator {
  const name = labelled(entity, field);
  const form = formOf(page);
  if (GROUPS.includes(field.widget)) return form.getByRole("group", { name });
  const alone = form.locator(":not([role=group] *)"); // not a part of another field
  return form.getByLabel(name).and(alone).first();
}

/** The form of a page. */
export function formOf(page: Page): Locator {
  return page.getByRole("main").locator("form");
}

/** Sends the form. */
export async function save(page: Page): Promise<void> {
  await formOf(page).getByRole("button", { name: t("form.save"), exact: true }).click();
}

/** Fills a field in, as a person would. */
export async function fill(
  page: Page,
  entity: Entity,
  field: Field,
  filling: Filling,
  caller: Caller,
): Promise<void> {
  const at = control(page, entity, field);
  if ("link" in filling) return lead(page, at, filling.link, caller);
  const { value } = filling;
  switch (field.widget) {
    case "SwitchField":
      return at.setChecked(value === true);
    case "ChoiceField":
      return void (await at.selectOption({ label: choice(entity, field, value) }));
    case "ChoicesField":
      for (const one of Array.isArray(value) ? value : []) {
        await at.getByRole("checkbox", { name: choice(entity, field, one), exact: true }).check();
      }
      return;
    case "CountryField":
      return pick(page, at, country(String(value)));
    case "ListField":
      for (const [index, one] of (Array.isArray(value) ? value : []).entries()) {
        await at.getByRole("button").filter({ hasText: t("form.addItem") }).click();
        const name = t("form.item", { name: labels.field(entity, field.name), number: index + 1 });
        const item = at.getByLabel(name, { exact: true });
        if (typeof one === "boolean") await item.setChecked(one);
        else await item.fill(typed(one));
      }
      return;
    case "DurationField":
      for (const [part, digits] of [
        ["hours", /(\d+)H/],
        ["minutes", /(\d+)M/],
      ] as const) {
        // Both, since a default may have filled in either.
        const typed = digits.exec(String(value))?.[1] ?? "";
        await at.getByLabel(t(`form.${part}`), { exact: true }).fill(typed);
      }
      return;
    case "DecimalField":
    case "MoneyField":
      return at.fill(typed(value).replace(".", DECIMAL_MARK));
    default:
      return at.fill(typed(value));
  }
}

/** The mark before decimals in the application's language. */
const DECIMAL_MARK = new Intl.NumberFormat(app.language).format(0.5).charAt(1);

/** A value as it is typed in. */
function typed(value: Json): string {
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  // A moment is typed in without its offset: the browser's own is that of UTC.
  return String(value).replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?Z$/, "$1");
}

function choice(entity: Entity, field: Field, value: Json): string {
  const index = field.choices.indexOf(String(value));
  return labels.choice(entity, field.name, index, String(value));
}

function country(code: string): string {
  return new Intl.DisplayNames([app.language], { type: "region" }).of(code) ?? code;
}

async function lead(page: Page, at: Locator, { entity, row }: Link, caller: Caller): Promise<void> {
  await pick(page, at, await labelOf(entity, row.id, caller));
}

/** Searches a list that a button opens, and chooses what has a name. */
export async function pick(page: Page, button: Locator, name: string): Promise<void> {
  await button.click();
  const search = page.getByPlaceholder(t("form.search"));
  await search.fill(name.startsWith("#") ? "" : name);
  await page.getByRole("option", { name, exact: true }).first().click();
  if (await search.isVisible()) await page.keyboard.press("Escape");
}

/** A stored value as it was sent, where the API writes it otherwise. */
export function alike(field: Field, stored: Json | undefined): Json | undefined {
  if (stored === null || stored === undefined) return stored;
  switch (field.widget) {
    case "DecimalField":
    case "MoneyField":
      return Number(stored);
    case "DateTimeField":
      return Date.parse(String(stored));
    case "TimeField":
      return String(stored).slice(0, 5);
    case "JsonField":
    case "ListField":
      return JSON.stringify(stored);
    case "DurationField":
      return String(stored).replace("PT0", "PT");
    default:
      return stored;
  }
}
