// Lighthouse over one page, several times: prints the median of each category as JSON.
//
//   node lighthouse.mjs URL RUNS CATEGORY,… [COOKIE]

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [url, runs, categories, cookie] = process.argv.slice(2);
const chrome = await launch({
  chromePath: process.env.CHROMIUM,
  // A container's root has no sandbox, and the pages are our own.
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const scores = Object.fromEntries(categories.split(",").map((category) => [category, []]));
const faults = new Set();
try {
  for (let run = 0; run < Number(runs); run += 1) {
    const result = await lighthouse(url, {
      port: chrome.port,
      output: "json",
      logLevel: "error",
      onlyCategories: Object.keys(scores),
      extraHeaders: cookie ? { Cookie: cookie } : undefined,
      // The session would otherwise be cleared between loads.
      disableStorageReset: Boolean(cookie),
    });
    for (const [category, all] of Object.entries(scores)) {
      const { score, auditRefs } = result.lhr.categories[category];
      all.push(Math.round(score * 100));
      for (const { id, weight } of auditRefs) {
        const audit = result.lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 0.9) faults.add(`${category}: ${id}`);
      }
    }
  }
} finally {
  await chrome.kill();
}
const median = (all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];
const medians = Object.fromEntries(Object.entries(scores).map(([category, all]) => [category, median(all)]));
console.log(JSON.stringify({ medians, faults: [...faults] }));
