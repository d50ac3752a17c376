/** The tokens of whoever is signed in on this device: kept over visits, shared by all tabs. */

export interface Session {
  accessToken: string;
  refreshToken: string;
  /** When the access token ends, in milliseconds since 1970. */
  expiresAt: number;
  /** When they signed in: another time is another session, perhaps of somebody else. */
  since?: number;
}

/** What the API answers when someone signs in. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
}

const KEY = "session";

const listeners = new Set<() => void>();

/** The session, or null for a visitor. */
export function readSession(): Session | null {
  if (typeof window === "undefined") return null;
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? "null");
    return isSession(stored) ? stored : null;
  } catch {
    return null;
  }
}

/** Keeps a session for this device: a new one, or one that goes on. */
export function writeSession(tokens: Tokens, known?: Session | null): Session {
  const session = {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: Date.now() + tokens.expires_in * 1000,
    since: known ? known.since : Date.now(),
  };
  window.localStorage.setItem(KEY, JSON.stringify(session));
  announce();
  return session;
}

/** Forgets the session: in this tab and, by the browser's own event, in all others. */
export function clearSession(): void {
  window.localStorage.removeItem(KEY);
  announce();
}

/** Calls back when the session changes, in whichever tab; gives the function that ends this. */
export function watchSession(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === KEY || event.key === null) listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}

function announce(): void {
  for (const listener of listeners) listener();
}

function isSession(value: unknown): value is Session {
  return (
    typeof value === "object" &&
    value !== null &&
    "accessToken" in value &&
    typeof value.accessToken === "string" &&
    "refreshToken" in value &&
    typeof value.refreshToken === "string" &&
    "expiresAt" in value &&
    typeof value.expiresAt === "number"
  );
}
