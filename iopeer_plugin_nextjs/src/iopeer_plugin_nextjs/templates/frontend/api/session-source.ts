import { LOGOUT } from "@/api/endpoints";
import { refreshed } from "@/api/refresh";
import { clearSession, readSession, type Session, watchSession } from "@/api/session";
import type { TokenSource } from "@/api/token-source";

/** The sessions that the API opens for an address and its password. */
export const sessionSource: TokenSource = {
  current: () => {
    const session = readSession();
    return session ? String(session.since ?? 0) : null;
  },
  watch: watchSession,
  headers: async (refused) => {
    const known = readSession();
    const force = known !== null && refused?.authorization === bearer(known).authorization;
    const session = await refreshed(known, { force });
    return session && bearer(session);
  },
  end: async () => {
    const known = readSession();
    clearSession();
    if (!known) return;
    const json = { refresh_token: known.refreshToken };
    const headers = { "content-type": "application/json" };
    const told = fetch(LOGOUT, { method: "POST", headers, body: JSON.stringify(json) });
    await told.catch(() => undefined); // here it has ended, whatever the API says
  },
};

function bearer({ accessToken }: Session) {
  return { authorization: `Bearer ${accessToken}` };
}
