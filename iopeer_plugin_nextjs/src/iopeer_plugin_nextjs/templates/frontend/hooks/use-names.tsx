"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef } from "react";

import { request } from "@/api/client";
import { useAuth } from "@/hooks/use-auth";
import { useLocale, useMessages } from "@/lib/i18n";
import type { Names } from "@/lib/names";

const NamesContext = createContext<{ told?: Names; pending: boolean }>({ pending: false });

/** Asks what things are called: pages hold only what everybody may know. */
export function NamesProvider({ children }: { children: ReactNode }) {
  const { account, hasSession } = useAuth();
  const locale = useLocale();
  const { data, isPending, refetch } = useQuery({
    queryKey: ["names", locale],
    queryFn: ({ signal }) => request<Names>("GET", "/names", { signal }),
    // Names do not change with rows: they are asked for once.
    enabled: ({ state }) => hasSession && state.data === undefined,
  });
  const before = useRef(account);
  useEffect(() => {
    if (before.current && account && before.current !== account) void refetch();
    before.current = account;
  }, [account, refetch]);
  const told = account ? data : undefined;
  return (
    <NamesContext value={{ told, pending: account !== null && isPending }}>{children}</NamesContext>
  );
}

/** What the reader may know of names, and whether more of them are on their way. */
export function useNames(): { names: Names; pending: boolean } {
  const { told, pending } = useContext(NamesContext);
  const { entities } = useMessages();
  return { names: told ?? (entities as Names), pending };
}
