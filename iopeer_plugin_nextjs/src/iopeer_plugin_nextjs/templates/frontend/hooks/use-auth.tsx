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

import { type Account, me as askMe } from "@/api/account";
import { caller } from "@/api/caller";
import { can, type EntityName, type Verb } from "@/lib/permissions";

export type Can = (verb: Verb, entity: EntityName, row?: object) => boolean;

export interface Auth {
  /** Who is signed in. */
  account: Account | null;
  /** `failed`: there is a session, but the API does not tell of whom. */
  status: "loading" | "signed-in" | "signed-out" | "failed";
  /** Whether there is a session, even where it is not told yet of whom. */
  hasSession: boolean;
  /** Asks the API once more. */
  retry(): void;
  logout(): Promise<void>;
  /** Whether the account may do something; without a row, whether it may with some row. */
  can: Can;
}

const AuthContext = createContext<Auth | null>(null);

/** When the API is asked again that did not answer, in milliseconds. */
const AGAIN = 5_000;

/** The server does not know which session there is. */
const onServer = () => undefined;

/** Knows who is signed in, in this tab and by what others do. */
export function AuthProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useSyncExternalStore(caller.watch, caller.current, onServer);
  const exists = typeof session === "string";
  const me = useQuery({
    queryKey: ["account", session],
    queryFn: ({ signal }) => askMe(signal),
    enabled: exists,
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.status === "error" ? AGAIN : false),
  });

  const before = useRef(session);
  useEffect(() => {
    if (before.current !== undefined && before.current !== session) forget(client);
    before.current = session;
  }, [client, session]);

  const account = exists ? (me.data ?? null) : null;
  const known = account ? "signed-in" : me.errorUpdateCount > 0 ? "failed" : "loading";
  const status = session === null ? "signed-out" : exists ? known : "loading";
  const { refetch } = me;

  const value = useMemo<Auth>(
    () => ({
      account,
      status,
      hasSession: exists,
      retry: () => void refetch(),
      logout: () => caller.end(),
      can: (verb, entity, row) => can(account, verb, entity, row),
    }),
    [account, status, exists, refetch],
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
