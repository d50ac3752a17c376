import { REFRESH } from "@/api/endpoints";
import { clearSession, readSession, type Session, type Tokens, writeSession } from "@/api/session";

/** How long before its end a token is renewed, in milliseconds. */
const MARGIN = 30_000;

/** Answers below 500 that say nothing of the session: too slow, too early, too often. */
const LATER = [408, 425, 429];

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
  let response: Response;
  try {
    response = await fetch(REFRESH, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ refresh_token: current.refreshToken }),
    });
  } catch {
    return current; // no network: the session may still be good
  }
  const tokens = response.ok ? ((await response.json()) as Tokens) : null;
  const now = readSession();
  if (now?.refreshToken !== current.refreshToken) return now; // signed out meanwhile, or in anew
  if (tokens) return writeSession(tokens, current);
  if (response.status >= 500 || LATER.includes(response.status)) return current;
  clearSession();
  return null;
}
