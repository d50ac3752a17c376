"use client";

import { useAuth } from "@/hooks/use-auth";
import { useLocale, useTranslations } from "@/lib/i18n";
import { type Place, places } from "@/lib/navigation";
import type { EntityName } from "@/lib/permissions";
import { inSentence } from "@/lib/places";

/** The entities that the reader may see. */
export function useReadablePlaces(): Place[] {
  const { can } = useAuth();
  return places.filter((place) => can("read", place.entity));
}

/** What entities are called, in the reader's language. */
export function useEntityLabels() {
  const t = useTranslations("entities");
  const locale = useLocale();
  // As they are written: these texts are names, no patterns to fill in.
  const named = (key: string, otherwise: string) => (t.has(key) ? String(t.raw(key)) : otherwise);
  return {
    one: (entity: EntityName) => named(`${entity}.label`, entity),
    many: (entity: EntityName) => named(`${entity}.plural`, entity),
    inSentence: (entity: EntityName) => inSentence(named(`${entity}.label`, entity), locale),
    field: (entity: EntityName, field: string) => named(`${entity}.fields.${field}`, field),
    hint: (entity: EntityName, field: string) => named(`${entity}.hints.${field}`, ""),
    choice: (entity: EntityName, field: string, values: readonly string[], value: string) =>
      named(`${entity}.choices.${field}.${values.indexOf(value)}`, value),
  };
}
