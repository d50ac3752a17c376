import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { NextConfig } from "next";

const securityHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

const config: NextConfig = {
  // An image holds the server with what it uses of its packages; `next start` does without.
  output: process.env.NEXT_OUTPUT === "standalone" ? "standalone" : undefined,
  poweredByHeader: false,
  allowedDevOrigins: ["127.0.0.1"], // as `localhost` is: else no change is shown there by itself
  turbopack: {
    root: import.meta.dirname,
    // The texts are compiled on the server (lib/messages.ts): browsers need no parser for them.
    resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" },
  },
  // Pages share most of their code: it is sent once, in small parts, not again with every page.
  experimental: { turbopackChunking: { minChunkSize: 0 } },
  compiler: { runAfterProductionCompile: dropPolyfills },
  headers: async () => [
    {
      source: "/((?!api/).*)",
      headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })),
    },
    {
      source: "/((?!api/).*)",
      // Who comes by TLS, which a proxy before the application ends, shall never come without it.
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [
        { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" },
      ],
    },
  ],
};

/** Empties the script for browsers without modules, which could not run the application with it either. */
async function dropPolyfills({ distDir }: { distDir: string }): Promise<void> {
  const manifest: unknown = JSON.parse(await readFile(join(distDir, "build-manifest.json"), "utf8"));
  const { polyfillFiles } = manifest as { polyfillFiles: string[] };
  await Promise.all(polyfillFiles.map((file) => writeFile(join(distDir, file), "")));
}

export default config;
