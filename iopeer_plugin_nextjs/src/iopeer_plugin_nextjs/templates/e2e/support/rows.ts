import { type Caller, callerOf, register } from "./accounts.ts";
import { pathOf, type Row, send } from "./api.ts";
import { app, type Entity, entityOf, type Field, type Json } from "./app.ts";
import { filled } from "./values.ts";

/** Where a field leads: to a row of one of its entities. */
export interface Link {
  entity: Entity;
  row: Row;
  member: string;
}

/** Makes a row with all that it needs, by whoever keeps such rows. */
export async function make(entity: Entity, given: Record<string, Json> = {}): Promise<Row> {
  if (entity.name === app.account) return { id: (await register()).id };
  const { pass } = await callerOf(keeperOf(entity));
  const json = { ...(await needed(entity, given)), ...given };
  return send<Row>("POST", entity.api, { pass, json });
}

/** A row as somebody sees it. */
export function read(entity: Entity, id: Row["id"], reader: Caller): Promise<Row> {
  return send<Row>("GET", pathOf(entity.api, id), { pass: reader.pass });
}

/** What a row is called where somebody sees it. */
export async function labelOf(entity: Entity, id: Row["id"], reader: Caller): Promise<string> {
  const shown = (await read(entity, id, reader))[entity.display];
  const value = isLinked(shown) ? shown.label : shown;
  const isNamed = entity.display !== "id" && value !== null && value !== undefined && value !== "";
  return isNamed ? String(value) : `#${id}`;
}

/** Whether a row is called like another one, which it links to. */
function isLinked(value: Json | undefined): value is { label: Json } {
  return typeof value === "object" && value !== null && "label" in value;
}

/** The role that keeps the rows of an entity. */
export function keeperOf(entity: Entity): string {
  if (entity.keeper === null) throw new Error(`nobody makes ${entity.name} rows`);
  return entity.keeper;
}

/** The members that a new row must have. */
async function needed(entity: Entity, given: Record<string, Json>): Promise<Record<string, Json>> {
  const body: Record<string, Json> = {};
  for (const field of entity.fields.filter(({ writable }) => writable)) {
    if (field.members.some((member) => member in given)) continue;
    const [member = field.name] = field.members;
    if (field.targets.length > 0) {
      if (field.required && !field.default) Object.assign(body, await led(field));
    } else if (field.required || field.pinned || field.name === entity.display) {
      const value = await valueOf(entity, field);
      if (value !== undefined) body[member] = value;
    }
  }
  return body;
}

async function led(field: Field): Promise<Record<string, Json>> {
  const link = await linkOf(field);
  return { [link.member]: field.widget === "ReferencesField" ? [link.row.id] : link.row.id };
}

/** A row that a field can lead to. */
export async function linkOf(field: Field): Promise<Link> {
  const [target = ""] = field.targets;
  const entity = entityOf(target);
  const [first = field.name] = field.members;
  const member = field.members.find((one) => one.startsWith(target)) ?? first;
  return { entity, member, row: await make(entity) };
}

/** A value for a field that fits, and that no other row has where that matters; none where none is known. */
export async function valueOf(
  entity: Entity,
  field: Field,
  fits: (value: Json) => boolean = () => true,
): Promise<Json | undefined> {
  const values = field.values.filter(fits);
  if (!(field.unique || field.apart) || JSON.stringify(values).includes("{n}")) {
    const [value] = values;
    return value === undefined ? undefined : filled(value);
  }
  const taken = new Set<Json | undefined>();
  for await (const row of allOf(entity)) taken.add(row[field.members[0] ?? field.name]);
  const free = values.filter((value) => !taken.has(value));
  return free[Math.floor(Math.random() * free.length)] ?? values[0];
}

/** Every row that the keeper of an entity sees, page by page. */
async function* allOf(entity: Entity): AsyncGenerator<Row> {
  const { pass } = await callerOf(keeperOf(entity));
  for (let offset = 0, more = true; more; offset += app.mostRows) {
    const path = `${entity.api}?limit=${app.mostRows}&offset=${offset}`;
    const { items } = await send<{ items: Row[] }>("GET", path, { pass });
    yield* items;
    more = items.length === app.mostRows;
  }
}

/** Whether a test can change a field to a value that no other row has. */
export function isChangeable(field: Field): boolean {
  // Other rows have some of the values that only one can have.
  const enough = field.values.length > (field.unique || field.apart ? 20 : 1);
  const many = enough || JSON.stringify(field.values).includes("{n}");
  const simple = !["ListField", "ChoicesField"].includes(field.widget);
  const shown = field.writable && !field.hidden;
  return shown && !field.key && field.targets.length === 0 && many && simple;
}
