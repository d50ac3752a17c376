import { type Pass, pathOf, Refused, type Row, send } from "./api.ts";
import { app, entityOf } from "./app.ts";
import { signIn, openAccount } from "./login.ts";
import { digits } from "./values.ts";

/** Somebody who is signed in. */
export interface Caller {
  id: Row["id"];
  email: string;
  pass: Pass;
}

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
  const { pass } = await callerOf(app.roles[0].name);
  await send("PATCH", pathOf(entityOf(app.account).api, account.id), { pass, json: { role } });
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
  await openAccount(email);
  return signedIn(email);
}

async function signedIn(email: string): Promise<Caller> {
  const pass = await signIn(email);
  const { id } = await send<Row>("GET", app.auth.me, { pass });
  return { id, email, pass };
}

/** Whoever `DEMO_EMAIL` names; else somebody other. */
export function demoOr(otherwise: () => Promise<Caller>): Promise<Caller> {
  const { DEMO_EMAIL: email } = process.env;
  return email ? signedIn(email) : otherwise();
}
