import { pathOf, Refused, type Row, send, type Tokens } from "./api.ts";
import { app, entityOf, type Json } from "./app.ts";
import { digits, filled } from "./values.ts";

/** Somebody who is signed in. */
export interface Caller {
  id: Row["id"];
  email: string;
  password: string;
  tokens: Tokens;
}

export const PASSWORD = "correct-horse-battery";
const FOUNDER = "founder@example.com";

const callers = new Map<string, Promise<Caller>>();

/** Somebody with a role: one and the same for all tests of a worker. */
export function callerOf(role: string): Promise<Caller> {
  const known = callers.get(role) ?? made(role);
  callers.set(role, known);
  return known;
}

async function made(role: string): Promise<Caller> {
  if (role === app.roles[0].name) return signedIn(FOUNDER);
  const account = await register();
  if (role === app.roles.at(-1)?.name) return account;
  const founder = await callerOf(app.roles[0].name);
  const path = pathOf(entityOf(app.account).api, account.id);
  await send("PATCH", path, { token: founder.tokens.access_token, json: { role } });
  return signedIn(account.email);
}

/** The very first account, which has the first role. */
export async function found(): Promise<void> {
  try {
    await signedIn(FOUNDER);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await register(FOUNDER);
  }
}

/** A new account. */
export async function register(email = `mail${digits()}@example.com`): Promise<Caller> {
  await send("POST", app.auth.register, {
    json: { ...entries(), [app.email]: email, password: PASSWORD },
  });
  return signedIn(email);
}

/** What a new account says of itself. */
export function entries(): Record<string, Json> {
  return Object.fromEntries(app.entries.map(({ name, values }) => [name, filled(values[0] ?? "")]));
}

async function signedIn(email: string, password = PASSWORD): Promise<Caller> {
  const form = { username: email, password };
  const tokens = await send<Tokens>("POST", app.auth.login, { form });
  const { id } = await send<Row>("GET", app.auth.me, { token: tokens.access_token });
  return { id, email, password, tokens };
}

/** Whoever `DEMO_EMAIL` names; else somebody other. */
export function demoOr(otherwise: () => Promise<Caller>): Promise<Caller> {
  const { DEMO_EMAIL: email, DEMO_PASSWORD: password } = process.env;
  return email && password ? signedIn(email, password) : otherwise();
}
