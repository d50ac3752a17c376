import { readFileSync } from "node:fs";

import { IntlMessageFormat } from "intl-messageformat";

import { app, type Entity } from "./app.ts";

type Texts = { [key: string]: string | Texts };

const FOLDER = new URL("../../frontend/messages/", import.meta.url);
const texts = JSON.parse(readFileSync(new URL(`${app.language}.json`, FOLDER), "utf-8")) as Texts;

/** A text of the interface as it is written; nothing where there is none. */
function raw(...path: string[]): string | undefined {
  let found: string | Texts | undefined = texts;
  for (const key of path) found = typeof found === "object" ? found[key] : undefined;
  return typeof found === "string" ? found : undefined;
}

/** A text of the interface: `t("table.page", { page: 1, pages: 2 })`. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = raw(...key.split("."));
  if (text === undefined) throw new Error(`there is no text ${key}`);
  return String(new IntlMessageFormat(text, app.language).format(values));
}

/** What entities, their fields and their choices are called. */
export const labels = {
  one: (entity: Entity) => raw("entities", entity.name, "label") ?? entity.name,
  many: (entity: Entity) => raw("entities", entity.name, "plural") ?? entity.name,
  field: (entity: Entity, name: string) => raw("entities", entity.name, "fields", name) ?? name,
  choice: (entity: Entity, name: string, index: number, otherwise: string) =>
    raw("entities", entity.name, "choices", name, String(index)) ?? otherwise,
};
