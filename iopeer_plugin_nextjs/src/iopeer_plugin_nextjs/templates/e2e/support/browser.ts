import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { LaunchOptions } from "@playwright/test";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** What keeps a browser quiet, and lets it run in a container. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/**
 * The browser: the one that `PLAYWRIGHT_CHROMIUM` names, an installed one, on Linux the one of the
 * package, else the one that `npx playwright install chromium` has downloaded.
 */
export async function launchOptions(): Promise<LaunchOptions> {
  const installed = [process.env.PLAYWRIGHT_CHROMIUM ?? "", ...INSTALLED].find(
    (path) => path !== "" && existsSync(path),
  );
  if (installed) return { executablePath: installed, args: FLAGS };
  if (process.platform !== "linux" || process.arch !== "x64") return { args: FLAGS };
  return { ...(await packaged()), args: [...FLAGS, "--no-zygote"] };
}

/** The browser of the package, with the libraries and the fonts that a bare machine lacks. */
async function packaged(): Promise<LaunchOptions> {
  const { default: chromium, inflate } = await import("@sparticuz/chromium");
  const entry = fileURLToPath(import.meta.resolve("@sparticuz/chromium"));
  const libraries = await inflate(join(entry, "../../bin/al2023.tar.br"));
  return {
    executablePath: await chromium.executablePath(),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, join(libraries, "lib")].filter(Boolean).join(":"),
      FONTCONFIG_PATH: existsSync("/etc/fonts") ? "/etc/fonts" : join(tmpdir(), "fonts"),
    },
  };
}
