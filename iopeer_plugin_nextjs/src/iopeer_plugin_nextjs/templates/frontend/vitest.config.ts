import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts"],
    isolate: false, // tests clean up after themselves (tests/setup.ts), and share what they import
    hookTimeout: 20_000,
    testTimeout: 20_000,
    restoreMocks: true,
  },
});
