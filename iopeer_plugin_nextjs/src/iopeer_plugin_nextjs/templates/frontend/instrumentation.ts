/** Runs once, before the first request is answered. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { nameCallers } = await import("@/lib/callers");
  nameCallers();
}
