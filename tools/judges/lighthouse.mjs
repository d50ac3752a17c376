// Judges pages of a running app: `node lighthouse.mjs '{"chromium", "runs", "pages": [{"name", "url", "session"}]}'`.
// Prints a line of JSON per page and form factor: the median of each category's score, and the audits that find something.

import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-quic"];

const { chromium, runs, pages } = JSON.parse(process.argv[2]);

/** One run in a browser of its own, whose storage holds the session before the page looks. */
async function judged({ url, session }, config) {
  const browser = await puppeteer.launch({ executablePath: chromium, args: FLAGS });
  try {
    const page = await browser.newPage();
    if (session) {
      await page.evaluateOnNewDocument((text) => localStorage.setItem("session", text), JSON.stringify(session));
    }
    const flags = { onlyCategories: CATEGORIES, disableStorageReset: true, logLevel: "silent" };
    const { lhr } = await lighthouse(url, flags, config, page);
    const shown = new URL(lhr.finalDisplayedUrl || url);
    if (shown.pathname !== new URL(url).pathname) throw new Error(`${url} leads to ${shown}`);
    return lhr;
  } finally {
    await browser.close();
  }
}

/** As many runs as are wanted; a browser that could not be recorded, as on a busy machine, has another try. */
async function runsOf(page, config) {
  const results = [];
  for (let tried = 0; results.length < runs; tried += 1) {
    const lhr = await judged(page, config);
    if (!lhr.runtimeError) results.push(lhr);
    else if (tried > 2 * runs) throw new Error(`${page.url}: ${lhr.runtimeError.message}`);
  }
  return results;
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

/** The audits of the categories that ask for everything, where one finds something. */
function found(lhr) {
  const audits = CATEGORIES.slice(1).flatMap((name) => lhr.categories[name].auditRefs);
  return audits.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1).map(({ id }) => id);
}

const metric = (lhr, id) => lhr.audits[id].numericValue;

for (const page of pages) {
  for (const form of ["desktop", "mobile"]) {
    const results = await runsOf(page, form === "desktop" ? desktopConfig : undefined);
    const scores = CATEGORIES.map((name) => {
      const score = median(results.map((lhr) => lhr.categories[name].score));
      return [name, Math.round(score * 100)];
    });
    const paint = median(results.map((lhr) => metric(lhr, "largest-contentful-paint")));
    const blocked = median(results.map((lhr) => metric(lhr, "total-blocking-time")));
    const shift = median(results.map((lhr) => metric(lhr, "cumulative-layout-shift")));
    const told = `painted ${Math.round(paint)} ms, blocked ${Math.round(blocked)} ms, shift ${shift.toFixed(3)}`;
    const audits = [...new Set(results.flatMap(found))];
    console.log(JSON.stringify({ page: page.name, form, scores: Object.fromEntries(scores), told, audits }));
  }
}
