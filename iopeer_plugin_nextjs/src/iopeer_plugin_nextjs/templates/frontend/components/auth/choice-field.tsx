"use client";

import { type ComponentProps, useId } from "react";

import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import { useTranslations } from "@/lib/i18n";

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
      <Select
        id={id}
        aria-invalid={told ? true : undefined}
        aria-describedby={told ? `${id}-error` : undefined}
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
      </Select>
      {told && (
        <p id={`${id}-error`} className="text-sm text-destructive">
          {told}
        </p>
      )}
    </div>
  );
}
