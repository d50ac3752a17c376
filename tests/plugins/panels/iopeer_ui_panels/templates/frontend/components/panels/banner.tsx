"use client";

import type { ReactNode } from "react";

/** Stands around every page. */
export function Banner({ children }: { children: ReactNode }) {
  return <div data-banner="true">{children}</div>;
}
