"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
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

type Snapshot = "unknown" | "session" | "none";

const snapshot = (): Snapshot => (readSession() ? "session" : "none");
const onServer = (): Snapshot => "unknown";

/** Knows who is signed in, in this tab and by what others do. */
export function AuthProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useSyncExternalStore(watchSession, snapshot, onServer);
  const me = useQuery({
    queryKey: ["account"],
    queryFn: ({ signal }) => auth.me(signal),
    enabled: session === "session",
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.status === "error" ? AGAIN : false),
  });

  useEffect(() => {
    if (session === "none") client.clear();
  }, [client, session]);

  const enter = useCallback(
    (tokens: Parameters<typeof writeSession>[0]) => {
      client.clear();
      writeSession(tokens);
    },
    [client],
  );

  const account = session === "session" ? (me.data ?? null) : null;
  const known = account ? "signed-in" : me.errorUpdateCount > 0 ? "failed" : "loading";
  const status = session === "none" ? "signed-out" : session === "session" ? known : "loading";
  const { refetch } = me;

  const value = useMemo<Auth>(
    () => ({
      account,
      status,
      retry: () => void refetch(),
      login: async (username, password) => enter(await auth.login({ username, password })),
      register: async (input) => enter(await auth.register(input)),
      changePassword: async (current, next) => {
        writeSession(await auth.changePassword({ current_password: current, new_password: next }));
      },
      logout: async () => {
        const known = readSession();
        clearSession();
        if (known) await auth.logout({ refresh_token: known.refreshToken }).catch(() => undefined);
      },
      can: (verb, entity, row) => can(account, verb, entity, row),
    }),
    [account, status, enter, refetch],
  );
  return <AuthContext value={value}>{children}</AuthContext>;
}

/** Who is signed in, and what they may do. */
export function useAuth(): Auth {
  const auth = useContext(AuthContext);
  if (!auth) throw new Error("useAuth needs an AuthProvider around it");
  return auth;
}
