import { useCallback, useSyncExternalStore } from "react";

import type { EntityName } from "@/lib/entities";

type Visibility = Record<string, boolean>;

const listeners = new Set<() => void>();
const parsed = new Map<string, Visibility>();

/** What a reader chose to see on this device; kept while its text does not change. */
function visibilityOf(text: string | null): Visibility | null {
  if (!text) return null;
  const known = parsed.get(text);
  if (known) return known;
  try {
    const chosen = JSON.parse(text) as Visibility;
    parsed.set(text, chosen);
    return chosen;
  } catch {
    return null;
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Which columns of an entity's table are shown, remembered on this device; null where nobody chose yet. */
export function useColumnVisibility(entity: EntityName) {
  const key = `columns.${entity}`;
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key),
    () => null,
  );
  const change = useCallback(
    (visibility: Visibility) => {
      localStorage.setItem(key, JSON.stringify(visibility));
      listeners.forEach((listener) => listener());
    },
    [key],
  );
  return [visibilityOf(text), change] as const;
}
