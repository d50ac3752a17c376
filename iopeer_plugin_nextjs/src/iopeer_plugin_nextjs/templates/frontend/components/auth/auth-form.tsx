"use client";

import { type ReactNode, type SubmitEvent } from "react";

import { Button } from "@/components/ui/button";

/** A form of a few fields and one button; what is wrong with all of it stands above them. */
export function AuthForm({
  onSubmit,
  error,
  busy,
  action,
  children,
}: {
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  error?: string;
  busy: boolean;
  /** What the button says. */
  action: string;
  children: ReactNode;
}) {
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
