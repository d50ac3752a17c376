import type { ReactNode } from "react";

import { AppShell } from "@/components/layout/app-shell";
import { Guard } from "@/components/layout/guard";
import { NamesProvider } from "@/hooks/use-names";

/** The pages of the application itself. */
export default function AppLayout({ children }: { children: ReactNode }) {
  return (
    <NamesProvider>
      <AppShell>
        <Guard>{children}</Guard>
      </AppShell>
    </NamesProvider>
  );
}
