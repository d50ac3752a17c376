"use client";

import { EyeIcon, EyeOffIcon } from "lucide-react";
import { type ComponentProps, useId, useState } from "react";

import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { useTranslations } from "@/lib/i18n";
import { cn } from "@/lib/utils";

/** A line of text with its label, a hint, and what is wrong with it. */
export function TextField({
  label,
  hint,
  error,
  type,
  className,
  ...input
}: ComponentProps<"input"> & {
  label: string;
  hint?: string;
  /** A key of the texts under `errors`, or a sentence. */
  error?: string;
}) {
  const t = useTranslations("errors");
  const tAuth = useTranslations("auth");
  const id = useId();
  const [shown, setShown] = useState(false);
  const secret = type === "password";
  const told = error && (t.has(error) ? t(error) : error);
  const describedBy = told ? `${id}-error` : hint && `${id}-hint`;
  return (
    <div className={cn("grid content-start gap-2", className)}>
      <Label htmlFor={id}>{label}</Label>
      <div className="relative">
        <Input
          id={id}
          type={secret && shown ? "text" : type}
          aria-invalid={told ? true : undefined}
          aria-describedby={describedBy}
          className={secret ? "pr-10" : undefined}
          {...input}
        />
        {secret && (
          <button
            type="button"
            aria-label={tAuth(shown ? "hide_password" : "show_password")}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 grid w-10 place-content-center rounded-md text-muted-foreground outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
          >
            {shown ? <EyeOffIcon className="size-4" /> : <EyeIcon className="size-4" />}
          </button>
        )}
      </div>
      {hint && !told && (
        <p id={`${id}-hint`} className="text-sm text-muted-foreground">
          {hint}
        </p>
      )}
      {told && (
        <p id={`${id}-error`} className="text-sm text-destructive">
          {told}
        </p>
      )}
    </div>
  );
}
