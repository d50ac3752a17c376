"use client";

import type { ReactNode } from "react";

import type { Credentials } from "@/components/auth/use-credentials";
import { Button } from "@/components/ui/button";

/** A form of a few fields and one button; what is wrong with all of it stands above them. */
export function AuthForm({
  form: { onSubmit, error: errorOf, busy },
  action,
  children,
}: {
  form: Credentials;
  /** What the button says. */
  action: string;
  children: ReactNode;
}) {
  const error = errorOf("root");
  return (
    <form onSubmit={onSubmit} noValidate className="grid gap-5">
      {error && (
        <p
          role="alert"
          className="rounded-md border border-destructive/40 bg-destructive/10 px-3 py-2 text-sm text-destructive"
        >
          {error}
        </p>
      )}
      {children}
      <Button type="submit" disabled={busy} aria-busy={busy}>
        {action}
      </Button>
    </form>
  );
}
