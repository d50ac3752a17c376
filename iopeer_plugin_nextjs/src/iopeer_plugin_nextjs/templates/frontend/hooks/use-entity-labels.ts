import { createContext, useContext } from "react";

import { useEntityLabels } from "@/hooks/use-places";
import type { EntityName } from "@/lib/entities";

const EntityContext = createContext<EntityName | null>(null);

/** Says of which entity everything inside is. */
export const EntityProvider = EntityContext;

/** What an entity, its fields and their choices are called. */
export function useLabelsOf(entity: EntityName) {
  const labels = useEntityLabels();
  return {
    one: labels.one(entity),
    many: labels.many(entity),
    inSentence: labels.inSentence(entity),
    field: (name: string) => labels.field(entity, name),
    hint: (name: string) => labels.hint(entity, name),
    choice: (field: string, values: readonly string[], value: string) =>
      labels.choice(entity, field, values, value),
  };
}

/** The entity that is shown here. */
export function useEntity(): EntityName {
  const entity = useContext(EntityContext);
  if (!entity) throw new Error("useEntity needs an EntityProvider around it");
  return entity;
}

/** What the entity that is shown here, its fields and their choices are called. */
export function useOwnLabels() {
  return useLabelsOf(useEntity());
}
