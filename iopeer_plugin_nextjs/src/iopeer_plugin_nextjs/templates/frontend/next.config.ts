import type { NextConfig } from "next";

const securityHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

const config: NextConfig = {
  // An image holds the server with what it uses of its packages; `next start` does without.
  output: process.env.NEXT_OUTPUT === "standalone" ? "standalone" : undefined,
  poweredByHeader: false,
  turbopack: {
    root: import.meta.dirname,
    // The texts are compiled on the server (lib/messages.ts): browsers need no parser for them.
    resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" },
  },
  // Pages share most of their code: it is sent once, in small parts, not again with every page.
  experimental: {
    turbopackChunking: { requestCost: 300, minChunkSize: 2_000, maxMergeChunkSize: 4_000 },
  },
  headers: async () => [
    {
      source: "/((?!api/).*)",
      headers: Object.entries(securityHeaders).map(([key, value]) => ({ key, value })),
    },
  ],
};

export default config;
