"use client";

import { type ComponentProps, useId } from "react";

import { controlClasses } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { useTranslations } from "@/lib/i18n";
import { cn } from "@/lib/utils";

/** A value, and what it is called where that differs. */
type Choice = string | { value: string; label: string };

/** One of a few values, with its label and what is wrong with it. */
export function ChoiceField({
  label,
  choices,
  error,
  ...select
}: ComponentProps<"select"> & { label: string; choices: readonly Choice[]; error?: string }) {
  const t = useTranslations("errors");
  const id = useId();
  const told = error && (t.has(error) ? t(error) : error);
  return (
    <div className="grid gap-2">
      <Label htmlFor={id}>{label}</Label>
      <select
        id={id}
        aria-invalid={told ? true : undefined}
        aria-describedby={told ? `${id}-error` : undefined}
        className={cn(controlClasses, "h-9")}
        {...select}
      >
        <option value="" />
        {choices.map((choice) => {
          const one = typeof choice === "string" ? { value: choice, label: choice } : choice;
          return (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          );
        })}
      </select>
      {told && (
        <p id={`${id}-error`} className="text-sm text-destructive">
          {told}
        </p>
      )}
    </div>
  );
}
