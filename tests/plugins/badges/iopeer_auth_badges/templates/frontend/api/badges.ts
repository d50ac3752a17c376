import { request } from "@/api/client";
import { keep } from "@/api/pocket";

/** Takes the badge of an account out of the desk's hands. */
export async function takeBadge(email: string): Promise<void> {
  const { badge } = await request<{ badge: string }>("POST", "/api/v1/badges", {
    json: { email },
    anonymous: true,
  });
  keep(badge);
}
