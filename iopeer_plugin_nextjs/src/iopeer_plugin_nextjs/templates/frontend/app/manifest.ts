import type { MetadataRoute } from "next";

import { description, title } from "@/lib/app";

/** What a phone needs to keep the application on its home screen. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: title,
    short_name: title,
    description,
    start_url: "/",
    display: "standalone",
    icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml" }],
  };
}
