"use client";

import { useId, useState } from "react";

import type { Resource } from "@/api/resource";
import type { Id } from "@/api/types";
import type { Entered } from "@/components/auth/use-credentials";
import { RowPicker } from "@/components/form/row-picker";
import { Label } from "@/components/ui/label";
import { useTranslations } from "@/lib/i18n";

/** A row of another entity, of those that visitors may see. */
export function RowField({
  label,
  of,
  error,
  name,
  onChange,
}: Entered & { label: string; of: Resource }) {
  const t = useTranslations("errors");
  const id = useId();
  const [value, setValue] = useState<Id | null>(null);
  const told = error && (t.has(error) ? t(error) : error);
  const change = (next: Id | null) => {
    setValue(next);
    void onChange({ target: { name, value: next } });
  };
  return (
    <div className="grid gap-2">
      <Label htmlFor={id} id={`${id}-label`}>
        {label}
      </Label>
      <RowPicker
        id={id}
        of={of}
        value={value}
        onChange={change}
        required
        aria-invalid={told ? true : undefined}
        aria-describedby={told ? `${id}-error` : undefined}
      />
      {told && (
        <p id={`${id}-error`} className="text-sm text-destructive">
          {told}
        </p>
      )}
    </div>
  );
}
