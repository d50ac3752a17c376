"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

const CrumbContext = createContext<{
  crumb: string | null;
  setCrumb: (crumb: string | null) => void;
}>({ crumb: null, setCrumb: () => undefined });

/** Lets a page say what its row is called. */
export function CrumbProvider({ children }: { children: ReactNode }) {
  const [crumb, setCrumb] = useState<string | null>(null);
  return <CrumbContext value={{ crumb, setCrumb }}>{children}</CrumbContext>;
}

/** For a page of one row: what the breadcrumbs call it, once it is known. */
export function useCrumb(label: string | null | undefined): void {
  const { setCrumb } = useContext(CrumbContext);
  useEffect(() => {
    setCrumb(label ?? null);
    return () => setCrumb(null);
  }, [label, setCrumb]);
}

/** What the page says that its row is called. */
export function useCurrentCrumb(): string | null {
  return useContext(CrumbContext).crumb;
}
