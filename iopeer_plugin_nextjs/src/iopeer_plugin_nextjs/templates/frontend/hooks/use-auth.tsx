"use client";

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";

import * as auth from "@/api/auth";
import { clearSession, readSession, watchSession, writeSession } from "@/api/session";
import type { Account, RegisterInput } from "@/api/auth";
import { can, type EntityName, type Verb } from "@/lib/permissions";

export type Can = (verb: Verb, entity: EntityName, row?: object) => boolean;

export interface Auth {
  /** Who is signed in. */
  account: Account | null;
  /** `failed`: there is a session, but the API does not tell of whom. */
  status: "loading" | "signed-in" | "signed-out" | "failed";
  /** Asks the API once more. */
  retry(): void;
  login(username: string, password: string): Promise<void>;
  register(input: RegisterInput): Promise<void>;
  changePassword(current: string, next: string): Promise<void>;
  logout(): Promise<void>;
  /** Whether the account may do something; without a row, whether it may with some row. */
  can: Can;
}

const AuthContext = createContext<Auth | null>(null);

/** When the API is asked again that did not answer, in milliseconds. */
const AGAIN = 5_000;

/** Which session there is. */
type Snapshot = "unknown" | "none" | `since ${number}`;

function snapshot(): Snapshot {
  const session = readSession();
  return session ? `since ${session.since ?? 0}` : "none";
}
const onServer = (): Snapshot => "unknown";

/** Knows who is signed in, in this tab and by what others do. */
export function AuthProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useSyncExternalStore(watchSession, snapshot, onServer);
  const exists = session !== "unknown" && session !== "none";
  const me = useQuery({
    queryKey: ["account", session],
    queryFn: ({ signal }) => auth.me(signal),
    enabled: exists,
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.status === "error" ? AGAIN : false),
  });

  const before = useRef(session);
  useEffect(() => {
    if (before.current !== "unknown" && before.current !== session) forget(client);
    before.current = session;
  }, [client, session]);

  const account = exists ? (me.data ?? null) : null;
  const known = account ? "signed-in" : me.errorUpdateCount > 0 ? "failed" : "loading";
  const status = session === "none" ? "signed-out" : exists ? known : "loading";
  const { refetch } = me;

  const value = useMemo<Auth>(
    () => ({
      account,
      status,
      retry: () => void refetch(),
      login: async (username, password) => {
        writeSession(await auth.login({ username, password }));
      },
      register: async (input) => {
        writeSession(await auth.register(input));
      },
      changePassword: async (current, next) => {
        const given = { current_password: current, new_password: next };
        writeSession(await auth.changePassword(given), readSession());
      },
      logout: async () => {
        const known = readSession();
        clearSession();
        if (known) await auth.logout({ refresh_token: known.refreshToken }).catch(() => undefined);
      },
      can: (verb, entity, row) => can(account, verb, entity, row),
    }),
    [account, status, refetch],
  );
  return <AuthContext value={value}>{children}</AuthContext>;
}

/** Leaves nothing of what one account has seen to the next; what is on the page is asked for anew. */
function forget(client: QueryClient): void {
  client.getMutationCache().clear();
  client.removeQueries({ type: "inactive" });
  void client.resetQueries();
}

/** Who is signed in, and what they may do. */
export function useAuth(): Auth {
  const auth = useContext(AuthContext);
  if (!auth) throw new Error("useAuth needs an AuthProvider around it");
  return auth;
}
