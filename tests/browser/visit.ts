// Visits the app that `iopeer new Shop` begins, as `iopeer up` runs it: every kind of page once, then an edit of a
// component and of a service. It lies in the product's `e2e` folder while it runs. What it finds goes to the console.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium, expect, type Page } from "@playwright/test";

import { launchOptions } from "./support/browser.ts";

const { FRONTEND_URL: base = "", EMAIL: email = "", PASSWORD: password = "" } = process.env;
const product = join(dirname(fileURLToPath(import.meta.url)), "..");
const patiently = expect.configure({ timeout: 30_000 });

const browser = await chromium.launch(await launchOptions());
const context = await browser.newContext({ baseURL: base, locale: "en" });
context.setDefaultTimeout(30_000);
const page = await context.newPage();
const complaints: string[] = [];
let meant: RegExp | undefined; // the refusal that a page is asked for
page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.stack}`));
page.on("console", (message) => {
  if (meant?.test(message.text())) return;
  if (["error", "warning"].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
});

try {
  await asVisitor(page);
  await signedIn(page);
  await edited(page);
} finally {
  await browser.close();
}
expect(complaints, "the browser's console").toEqual([]);

async function asVisitor(page: Page): Promise<void> {
  await open(page, "/register", "Create an account");
  await patiently(page.getByLabel("Name")).toBeVisible();
  await open(page, "/forgot-password", "Forgot your password?");
  await open(page, "/reset-password?token=none", "Choose a new password");
  meant = /status of 404/;
  await open(page, "/nowhere", "Not found");
  meant = undefined;
  await open(page, "/articles", "Sign in");
}

async function signedIn(page: Page): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await patiently(heading(page, "Articles")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "New article" }).first().click();
  await patiently(heading(page, "New article")).toBeVisible();
  await page.getByLabel("Title").fill("The first");
  await page.getByRole("button", { name: "Save" }).click();
  await patiently(heading(page, "The first")).toBeVisible();
  const row = new URL(page.url()).pathname;
  await open(page, `${row}/edit`, "Edit The first");
  await page.getByLabel("Title").fill("The second");
  await page.getByRole("button", { name: "Save" }).click();
  await patiently(heading(page, "The second")).toBeVisible();
  await open(page, "/articles", "Articles");
  await patiently(page.getByRole("link", { name: "The second" }).first()).toBeVisible();
  await open(page, "/", "Hello, Demo");
  await open(page, "/account", "Your account");
  meant = /status of 404/;
  await open(page, "/articles/999999", "Not found");
  meant = undefined;
}

/** What is changed in the code is on the page, which is not even loaded again; what is changed in the API is the next time. */
async function edited(page: Page): Promise<void> {
  await open(page, "/account", "Your account");
  change("frontend/components/account/account-page.tsx", /t\("title"\)/, '"Edited"');
  await patiently(heading(page, "Edited")).toBeVisible();
  change("backend/services/users.py", /label="name"/, 'label="email"');
  await expect(async () => {
    await open(page, "/articles", "Articles");
    await expect(page.getByRole("cell", { name: email }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
}

function heading(page: Page, name: string) {
  return page.getByRole("heading", { name, level: 1 });
}

async function open(page: Page, path: string, title: string): Promise<void> {
  await page.goto(path);
  await patiently(heading(page, title)).toBeVisible();
}

/** Edits a file of the product. */
function change(path: string, what: RegExp, into: string): void {
  const file = join(product, path);
  const text = readFileSync(file, "utf-8");
  expect(text).toMatch(what);
  writeFileSync(file, text.replace(what, into));
}
