import { type Caller } from "./accounts.ts";
import { type Row, send } from "./api.ts";
import { app, type Entity, type Field, type Json } from "./app.ts";
import { labels } from "./texts.ts";

const ROWS = 14;
const NEAR = /^202[5-8]-/;
const COLORS = ["#1e90ff", "#0e8a16", "#d73a4a", "#a855f7", "#f59e0b", "#14b8a6", "#64748b"];
const COUNTRIES = ["ES", "PT", "FR", "IT", "MX", "AR", "JP", "GB"];

/** Words of a language, for people and for things. */
interface Words {
  people: string[];
  things: string[];
  sentences: string[];
}

const ENGLISH: Words = {
  people: ["Ada Ellis", "Tomás Rey", "Grace Moore", "Lin Chen", "Noor Haddad", "Ivo Novak", "Mia Berg"],
  things: ["Spring release", "Customer interviews", "New price list", "Orders by phone", "Weekly report",
    "Office move", "Search that finds", "Invoices by e-mail", "Training plan", "Quiet dark mode"],
  sentences: ["What we agreed on in the last meeting, step by step.", "Small, but many have asked for it.",
    "To be looked at again before the end of the month."],
};
const SPANISH: Words = {
  people: ["Ana Belmonte", "Tomás Rey", "Lucía Prado", "Marcos Gil", "Nuria Costa", "Iván Soto", "Elena Ruiz"],
  things: ["El faro del norte", "Cartas de verano", "La ciudad y el río", "Manual de botánica", "Noches de agosto",
    "El viaje corto", "Historia del mar", "Los días claros", "Cuaderno de campo", "Luz de otoño"],
  sentences: ["Lo que acordamos en la última reunión, paso a paso.", "Pequeño, pero muy pedido.",
    "Para revisar antes de fin de mes."],
};
const WORDS = app.language.startsWith("es") ? SPANISH : ENGLISH;

/** Fills the app with rows that somebody might have made, always the same ones; gives their ids by entity. */
export async function believable(caller: Caller): Promise<Map<string, Row["id"][]>> {
  const made = new Map<string, Row["id"][]>([[app.account, [caller.id]]]);
  const role = app.roles[0].name;
  let pending = app.entities.filter(({ keeper, may }) => keeper === role && may.includes("create"));
  while (pending.length > 0) {
    const [next] = pending.filter((entity) => entity.fields.every((field) => isReady(field, made)));
    if (!next) break;
    for (let number = 0; number < ROWS; number += 1) {
      const row = await create(next, number, made, caller);
      if (row) made.set(next.name, [...(made.get(next.name) ?? []), row.id]);
    }
    pending = pending.filter((entity) => entity !== next);
  }
  return made;
}

function isReady(field: Field, made: ReadonlyMap<string, Row["id"][]>): boolean {
  return !field.required || field.targets.length === 0 || field.targets.some((one) => made.has(one));
}

/** One row; none where the API has it already, or has another reason to refuse it. */
async function create(
  entity: Entity,
  number: number,
  made: ReadonlyMap<string, Row["id"][]>,
  { pass }: Caller,
): Promise<Row | null> {
  const json: Record<string, Json> = {};
  for (const field of entity.fields.filter(({ writable }) => writable)) {
    Object.assign(json, membersOf(entity, field, number, made));
  }
  try {
    return await send<Row>("POST", entity.api, { pass, json });
  } catch (error) {
    console.warn(`no row of ${entity.name}:`, error instanceof Error ? error.message : error);
    return null;
  }
}

function membersOf(
  entity: Entity,
  field: Field,
  number: number,
  made: ReadonlyMap<string, Row["id"][]>,
): Record<string, Json> {
  const [member = field.name] = field.members;
  if (field.targets.length === 0) {
    const value = valueOf(entity, field, number);
    return value === undefined ? {} : { [member]: value };
  }
  const target = field.targets[number % field.targets.length] ?? "";
  const ids = made.get(target) ?? [];
  if (ids.length === 0 || (target === entity.name && number % 3 !== 0)) return {};
  const of = (step: number) => ids[(number * step + step) % ids.length] ?? null;
  if (field.widget === "ReferencesField") return { [member]: [...new Set([of(1), of(3)])] };
  const key = field.members.find((one) => one.startsWith(target)) ?? member;
  return { [key]: field.unique ? (ids[number] ?? null) : of(1) };
}

function valueOf(entity: Entity, field: Field, number: number): Json | undefined {
  const turn = <T>(values: readonly T[]) => values[(number * 3 + field.name.length) % values.length];
  const fixed = field.values.length === 1 && !JSON.stringify(field.values).includes("{n}");
  if (fixed || field.values.length === 0) return field.values[0];
  const [first] = field.values;
  if (Array.isArray(first)) {
    return first.map((one) => (typeof one === "string" ? numbered(one, number) : one));
  }
  const near = field.values.filter((value) => NEAR.test(String(value)));
  switch (field.widget) {
    case "ColorField":
      return COLORS[number % COLORS.length];
    case "CountryField":
      return turn(COUNTRIES);
    case "MarkdownField":
    case "LongTextField":
      return turn(WORDS.sentences);
    case "TextField":
      return textOf(entity, field, number);
    case "DateField":
    case "DateTimeField":
      return turn(near.length > 0 ? near : field.values);
    default:
      return field.unique || field.apart ? field.values[number] : turn(field.values);
  }
}

/** A text whose digits are those of the row's number. */
function numbered(text: string, number: number): string {
  return text.replace("{n}", String(2_000_000 + number));
}

function textOf(entity: Entity, field: Field, number: number): Json | undefined {
  const [first] = field.values;
  const written = String(first);
  if (!written.includes("{n}")) return field.values[number % field.values.length];
  if (field.isCode || !written.endsWith(" {n}")) return numbered(written, number);
  const isPerson = entity.name === app.account;
  const list = isPerson ? WORDS.people : WORDS.things;
  const text = list[number % list.length] ?? labels.one(entity);
  const again = Math.floor(number / list.length);
  const whole = again > 0 ? `${text} ${again + 1}` : text;
  return whole.length <= (field.longest ?? whole.length) ? whole : numbered(written, number);
}
