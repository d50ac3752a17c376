import type { NextConfig } from "next";

const config: NextConfig = {
  output: "standalone",
  poweredByHeader: false,
  turbopack: { root: import.meta.dirname },
};

export default config;
