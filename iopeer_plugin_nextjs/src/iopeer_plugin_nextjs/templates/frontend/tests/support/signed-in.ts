import { vi } from "vitest";

import { caller } from "@/api/caller";

/** Makes whoever reads the page somebody who is signed in, however this application does that. */
export function signedIn(): { end: () => void } {
  let session: string | null = "one";
  const listeners = new Set<() => void>();
  const end = () => {
    session = null;
    for (const listener of listeners) listener();
  };
  vi.spyOn(caller, "current").mockImplementation(() => session);
  vi.spyOn(caller, "watch").mockImplementation((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  });
  vi.spyOn(caller, "headers").mockImplementation(async (refused) => {
    if (refused) end();
    return session === null ? null : { "x-caller": session };
  });
  return { end };
}
