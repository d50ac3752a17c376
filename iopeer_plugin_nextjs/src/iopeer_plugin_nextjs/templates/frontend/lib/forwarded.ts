import { forwards } from "@/lib/outside";

/** Whether an address is the API's. */
export function isForwarded(pathname: string): boolean {
  return forwards.some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`));
}
