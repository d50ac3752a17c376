"use client";

import { useAuth } from "@/hooks/use-auth";
import { useNames } from "@/hooks/use-names";
import { useLocale } from "@/lib/i18n";
import { type Place, places } from "@/lib/navigation";
import type { EntityName } from "@/lib/permissions";
import { inSentence } from "@/lib/places";

/** The entities that the reader may see. */
export function useReadablePlaces(): Place[] {
  const { can } = useAuth();
  return places.filter((place) => can("read", place.entity));
}

/** What entities are called, in the reader's language: names as they are written, no patterns to fill in. */
export function useEntityLabels() {
  const { names } = useNames();
  const locale = useLocale();
  const one = (entity: EntityName) => names[entity]?.label ?? entity;
  return {
    one,
    many: (entity: EntityName) => names[entity]?.plural ?? entity,
    inSentence: (entity: EntityName) => inSentence(one(entity), locale),
    field: (entity: EntityName, field: string) => names[entity]?.fields[field] ?? field,
    hint: (entity: EntityName, field: string) => names[entity]?.hints?.[field] ?? "",
    choice: (entity: EntityName, field: string, values: readonly string[], value: string) =>
      names[entity]?.choices?.[field]?.[values.indexOf(value)] ?? value,
  };
}
