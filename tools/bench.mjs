// `npm run bench`: times the way from a vendor's bytes to columns, against plain JavaScript, in one page of Chromium. What
// is measured and how is told in tests/bench/README.md. `--runs N`, `--json`, `--check` (fail where a budget is missed).
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { ensureBrowser } from "./browser.mjs";
import { inProject, staging } from "./paths.mjs";
import { main, step, ToolError } from "./run.mjs";
import { serve } from "./serve.mjs";
import { setUp } from "./setup.mjs";
import { digest, isFresh, remember } from "./stamp.mjs";

/** How many times as fast as JavaScript parsing must be. */
const leastRatio = 1.5;
const source = (...parts) => inProject("tests", "bench", ...parts);
const site = inProject("target", "bench-site");

/** The page with its core and its data, in target/bench-site. */
async function buildSite() {
  await setUp();
  const { buildCore } = await import("./wasm.mjs");
  const esbuild = await import("esbuild");
  const { engine } = await buildCore({
    names: ["engine"],
    features: ["bench"],
    stage: path.join(staging, "bench"),
  });
  mkdirSync(site, { recursive: true });
  await esbuild.build({
    entryPoints: [source("page.ts")],
    outdir: site,
    bundle: true,
    format: "esm",
    target: "es2022",
    alias: { "simscope-engine": engine.factory },
    logLevel: "warning",
  });
  copyFileSync(engine.wasm, path.join(site, "simscope-engine.wasm"));
  copyFileSync(source("index.html"), path.join(site, "index.html"));

  const data = path.join(site, "data-sessions.json");
  const stamp = path.join(site, "data.stamp");
  const value = digest([source("data.mjs")]);
  if (!isFresh(stamp, value, [data])) {
    step("making up the data");
    const { dataSessions } = await import("../tests/bench/data.mjs");
    writeFileSync(data, dataSessions());
    remember(stamp, value);
  }
}

async function measure(runs) {
  const { browser: executablePath } = await ensureBrowser();
  const { chromium } = await import("@playwright/test");
  const asRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: !asRoot,
    args: ["--js-flags=--expose-gc", "--disable-quic", "--no-first-run"],
  });
  const { url, close } = await serve({ port: 0, dist: site });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return await page.evaluate(
      async ([script, runs]) => (await import(script)).run(runs),
      [`${url}page.js`, runs],
    );
  } finally {
    await close();
    await browser.close();
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** What the timings come to. */
export function summary({ bytes, sessions, simscope, javascript }) {
  const one = (values) => {
    const ms = median(values);
    return {
      median_ms: ms,
      fastest_ms: Math.min(...values),
      slowest_ms: Math.max(...values),
      mb_per_s: bytes / 1e6 / (ms / 1000),
    };
  };
  const [ours, theirs] = [one(simscope), one(javascript)];
  const ratio = theirs.median_ms / ours.median_ms;
  const within = ratio >= leastRatio;
  return {
    bytes,
    sessions,
    runs: simscope.length,
    simscope: ours,
    javascript: theirs,
    ratio,
    within,
  };
}

function table({ bytes, sessions, runs, simscope, javascript, ratio, within }) {
  const column = (text) => String(text).padStart(12);
  const row = (name, { median_ms, fastest_ms, slowest_ms, mb_per_s }) =>
    name.padEnd(12) +
    [median_ms, fastest_ms, slowest_ms].map((ms) => column(`${ms.toFixed(0)} ms`)).join("") +
    column(`${mb_per_s.toFixed(0)} MB/s`);
  return [
    `Bytes to columns: ${(bytes / 1e6).toFixed(1)} MB, ${sessions} sessions, ${runs} runs each`,
    "".padEnd(12) + ["median", "fastest", "slowest", ""].map(column).join(""),
    row("simscope", simscope),
    row("JavaScript", javascript),
    `simscope is ${ratio.toFixed(2)} times as fast (budget: at least ${leastRatio}): ${within ? "met" : "missed"}`,
  ].join("\n");
}

function options() {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "7" },
      json: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    throw new ToolError(`--runs is "${values.runs}", which is no number of runs.`);
  }
  return { ...values, runs };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(async () => {
    const { runs, json, check } = options();
    await buildSite();
    step("measuring");
    const timings = await measure(runs);
    if (timings.difference) {
      throw new ToolError(`the columns are not equal: ${timings.difference}.`);
    }
    const result = summary(timings);
    console.log(json ? JSON.stringify(result) : `\n${table(result)}`);
    if (check && !result.within) throw new ToolError("the budget is missed.");
  });
}
