import type { MetadataRoute } from "next";

/** What search engines may visit. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: "*", allow: "/", disallow: "/api/" } };
}
