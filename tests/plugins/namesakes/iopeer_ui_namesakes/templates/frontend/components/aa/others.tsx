"use client";

import type { ReactNode } from "react";

/** Is called like the charts of the dashboard. */
export function Charts() {
  return <p>no charts</p>;
}

/** Is called like the provider of the session. */
export function AuthProvider({ children }: { children: ReactNode }) {
  return <div data-namesake="true">{children}</div>;
}

/** Is called like the page that shows it. */
export function Page() {
  return <p>a page</p>;
}
