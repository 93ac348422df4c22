// Judges pages with Lighthouse's mobile preset, one after the other in one Chromium:
//
//   node lighthouse.mjs CHROMIUM RUNS ADDRESS...
//
// Prints one JSON list: an object for each run, in order, with the scores (0 to 1), the audits that
// were not passed in full, and what the first view cost.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse from "lighthouse";

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-extensions",
  "--disable-sync",
  "--no-first-run",
  "--no-default-browser-check",
  "--remote-debugging-port=0",
];
const JUDGED = ["performance", "accessibility", "best-practices", "seo"];
const PATIENCE = 60_000; // milliseconds until Chromium must have said its port

async function portOf(profile, browser) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    if (browser.exitCode !== null) throw new Error(`Chromium ended with ${browser.exitCode}`);
    const said = await readFile(join(profile, "DevToolsActivePort"), "utf8").catch(() => "");
    if (said.includes("\n")) return Number(said.split("\n")[0]);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("Chromium did not say its port");
}

function summary(address, lhr) {
  const { audits, categories, runtimeError } = lhr;
  if (runtimeError) throw new Error(`${address}: ${runtimeError.message}`);
  const scores = {};
  const failed = {};
  for (const name of JUDGED) {
    scores[name] = categories[name].score;
    failed[name] = categories[name].auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
      .map(({ id }) => `${id}: ${audits[id].displayValue || audits[id].title}`);
  }
  const requests = audits["network-requests"].details.items;
  return {
    address,
    scores,
    failed,
    fcp: audits["first-contentful-paint"].numericValue,
    lcp: audits["largest-contentful-paint"].numericValue,
    tbt: audits["total-blocking-time"].numericValue,
    cls: audits["cumulative-layout-shift"].numericValue,
    bytes: audits["total-byte-weight"].numericValue,
    requests: requests.length,
    speed: lhr.environment.benchmarkIndex,
    elements: audits["dom-size"].numericValue,
  };
}

const [chromium, runs, ...addresses] = process.argv.slice(2);
const profile = await mkdtemp(join(tmpdir(), "judges-"));
const browser = spawn(chromium, [...FLAGS, `--user-data-dir=${profile}`, "about:blank"], {
  stdio: "ignore",
});
const ended = new Promise((resolve) => browser.once("exit", resolve));
try {
  const port = await portOf(profile, browser);
  const found = [];
  for (const address of addresses) {
    for (let run = 0; run < Number(runs); run += 1) {
      const { lhr } = await lighthouse(address, {
        port,
        logLevel: "silent",
        onlyCategories: JUDGED,
        disableFullPageScreenshot: true,
      });
      found.push(summary(address, lhr));
    }
  }
  process.stdout.write(`${JSON.stringify(found)}\n`);
} finally {
  browser.kill();
  await ended;
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}
