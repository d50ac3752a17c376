import type { ReactNode } from "react";

import { AppShell } from "@/components/layout/app-shell";
import { Guard } from "@/components/layout/guard";

/** The pages of the application itself. */
export default function AppLayout({ children }: { children: ReactNode }) {
  return (
    <AppShell>
      <Guard>{children}</Guard>
    </AppShell>
  );
}
