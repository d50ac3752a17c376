import { readFileSync } from "node:fs";

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** A field of a form. */
export interface Field {
  name: string;
  /** The members that it is in the API: several where it leads to one of several entities. */
  members: string[];
  /** The component that edits it. */
  widget: string;
  required: boolean;
  unique: boolean;
  /** Whether it has a value where none is given. */
  default: boolean;
  /** Whether it is the key of its row, which never changes. */
  key: boolean;
  /** Whether it is given when a row is made, and never shown. */
  hidden: boolean;
  /** The entities that it can lead to. */
  targets: string[];
  /** Whether rows must differ in it, together with other fields. */
  apart: boolean;
  /** Whether a rule names it: rows are made with it, required or not. */
  pinned: boolean;
  /** All that it may be one of, in the order of their labels. */
  choices: string[];
  /** Whether its texts are codes rather than words. */
  isCode: boolean;
  /** The most characters that its texts may have; null where nothing is said. */
  longest: number | null;
  /** What it can be; `{n}` stands for digits that no other row has. */
  values: Json[];
  /** What it refuses; nothing where that is not known. */
  wrong: string;
  writable: boolean;
}

/** Rows of another entity that lead to a row. */
export interface Child {
  name: string;
  entity: string;
  field: string;
  member: string;
}

export interface Entity {
  name: string;
  route: string;
  api: string;
  /** The member that names a row. */
  display: string;
  softDelete: boolean;
  /** The role that makes its rows here; null where none can. */
  keeper: string | null;
  /** What the keeper may do with rows of its own making. */
  may: ("read" | "create" | "update" | "delete")[];
  fields: Field[];
  children: Child[];
  /** Sets of links, each to rows of one entity. */
  links: { name: string; entity: string }[];
}

export interface Role {
  name: string;
  reads: string[];
  creates: string[];
}

/** A field that a new account must fill in, beside its address. */
export interface Entry {
  name: string;
  field: string;
  /** The component that it is filled in with. */
  control: string;
  values: Json[];
}

/** A page for visitors, and the text that is its title. */
export interface Visited {
  path: string;
  title: string;
}

interface App {
  title: string;
  language: string;
  /** The most rows that one request gives. */
  mostRows: number;
  /** The paths of the API by which accounts come and go. */
  auth: { me: string } & Record<string, string>;
  /** The page on which visitors sign in. */
  signIn: Visited;
  /** Their other pages. */
  forVisitors: Visited[];
  /** The entity of accounts. */
  account: string;
  /** The member that holds an account's address. */
  email: string;
  entries: Entry[];
  /** The roles: the first account has the first one, later ones have the last. */
  roles: [Role, ...Role[]];
  entities: Entity[];
}

/** What the tests know of the application. */
export const app = JSON.parse(
  readFileSync(new URL("../app.json", import.meta.url), "utf-8"),
) as App;

/** The entities whose rows can be made. */
export const kept = app.entities.filter((entity) => entity.keeper !== null);

/** An entity by its name. */
export function entityOf(name: string): Entity {
  const found = app.entities.find((entity) => entity.name === name);
  if (!found) throw new Error(`there is no entity ${name}`);
  return found;
}
