"use client";

import { SearchIcon } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";

import { Input } from "@/components/ui/input";
import { useDebounced } from "@/hooks/use-debounced";
import { useTranslations } from "@/lib/i18n";

/** Searches as one types. */
export function SearchBox({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string | null) => void;
}) {
  const t = useTranslations("table");
  const [draft, setDraft] = useState({ text: value, of: value });
  // Whoever changes the address (back, or "clear all") changes what is written here.
  if (draft.of !== value)
    setDraft({ text: value === draft.text.trim() ? draft.text : value, of: value });
  const settled = useDebounced(draft.text.trim(), 300);
  const search = useEffectEvent((text: string) => {
    if (text === draft.text.trim() && text !== value) onChange(text || null);
  });
  useEffect(() => search(settled), [settled]);
  return (
    <div className="relative w-full sm:w-64">
      <SearchIcon
        aria-hidden="true"
        className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        type="search"
        aria-label={t("search")}
        placeholder={t("searchPlaceholder")}
        className="pl-8"
        value={draft.text}
        onChange={(event) => setDraft({ text: event.target.value, of: value })}
      />
    </div>
  );
}
