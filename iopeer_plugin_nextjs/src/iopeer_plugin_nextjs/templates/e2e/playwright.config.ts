import { defineConfig, devices } from "@playwright/test";

import { app } from "./support/app.ts";
import { launchOptions } from "./support/browser.ts";

export default defineConfig({
  testDir: ".",
  outputDir: "test-results",
  globalSetup: "./support/setup.ts",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? "line" : "list",
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.FRONTEND_URL ?? "http://127.0.0.1:3000",
    launchOptions: await launchOptions(),
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    locale: app.language,
    timezoneId: "UTC",
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
  },
  projects: [
    { name: "tests", testDir: "tests" },
    { name: "pictures", testDir: "pictures", timeout: 300_000 },
  ],
});
