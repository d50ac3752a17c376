import type { TokenSource } from "@/api/token-source";

const KEY = "badge";
const listeners = new Set<() => void>();

/** Puts a badge into the pocket. */
export function keep(badge: string): void {
  window.localStorage.setItem(KEY, badge);
  for (const listener of listeners) listener();
}

/** Who calls: whoever has a badge in the pocket. */
export const pocket: TokenSource = {
  current: () => window.localStorage.getItem(KEY),
  watch: (listener) => {
    listeners.add(listener);
    window.addEventListener("storage", listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener("storage", listener);
    };
  },
  headers: (refused) => {
    const badge = window.localStorage.getItem(KEY);
    return Promise.resolve(badge && !refused ? { "x-badge": badge } : null);
  },
  end: () => {
    window.localStorage.removeItem(KEY);
    for (const listener of listeners) listener();
    return Promise.resolve();
  },
};
