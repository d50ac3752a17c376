"use client";

import { type ComponentProps, useId } from "react";

import { Label } from "@/components/ui/label";

/** Yes or no, with its label beside it. */
export function CheckField({
  label,
  error,
  ...input
}: ComponentProps<"input"> & { label: string; error?: string }) {
  const id = useId();
  return (
    <div className="grid gap-2">
      <div className="flex items-center gap-2">
        <input
          id={id}
          type="checkbox"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          className="size-4 accent-primary"
          {...input}
        />
        <Label htmlFor={id}>{label}</Label>
      </div>
      {error && (
        <p id={`${id}-error`} className="text-sm text-destructive">
          {error}
        </p>
      )}
    </div>
  );
}
