import { found } from "./accounts.ts";

/** Makes the first account before any test runs, where there is none yet: it has the first role. */
export default async function setup(): Promise<void> {
  if (!process.env.DEMO_EMAIL) await found();
}
