import { REFRESH } from "@/api/endpoints";
import { clearSession, readSession, type Session, type Tokens, writeSession } from "@/api/session";

/** How long before its end a token is renewed, in milliseconds. */
const MARGIN = 30_000;

/** Answers below 500 that say nothing of the session: too slow, too early, too often. */
const LATER = [408, 425, 429];

/** How long after a lost answer it is asked for again, in milliseconds: soon the API knows it no more. */
const AGAIN = 500;

let running: Promise<Session | null> | null = null;

/**
 * The session with a token that still holds: renewed first where its end is near, or where `force` says that it was
 * refused. However many ask at once, in however many tabs, one request is sent. Null where there is no session any more.
 */
export async function refreshed(
  session: Session | null,
  { force = false }: { force?: boolean } = {},
): Promise<Session | null> {
  if (!session) return null;
  if (!force && session.expiresAt - Date.now() > MARGIN) return session;
  running ??= alone(() => renew(session)).finally(() => {
    running = null;
  });
  return running;
}

/** Runs the work while no other tab runs it. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  const locks: LockManager | undefined = navigator.locks; // browsers have none on an insecure origin
  return locks ? await locks.request("session-refresh", work) : work();
}

async function renew(known: Session): Promise<Session | null> {
  const current = readSession();
  if (!current || current.refreshToken !== known.refreshToken) return current; // another tab was first
  const answer = (await ask(current)) ?? (await later(() => ask(current)));
  const now = readSession();
  if (now?.refreshToken !== current.refreshToken) return now; // signed out meanwhile, or in anew
  if (!answer) return current; // no network: the session may still be good
  if (answer.tokens) return writeSession(answer.tokens, current);
  if (answer.status >= 500 || LATER.includes(answer.status)) return current;
  clearSession();
  return null;
}

/** What the API says to a refresh token; nothing where its answer was lost. */
async function ask({ refreshToken }: Session): Promise<{ status: number; tokens?: Tokens } | null> {
  try {
    const response = await fetch(REFRESH, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ refresh_token: refreshToken }),
    });
    const { status } = response;
    return response.ok ? { status, tokens: (await response.json()) as Tokens } : { status };
  } catch {
    return null;
  }
}

async function later<T>(work: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => window.setTimeout(resolve, AGAIN));
  return work();
}
