// What a visitor waits for until a page shows a thousand sessions: bytes and time, with a slow network and a slow processor, from
// an empty cache and from a filled one; beside pages that show the same with ECharts and with vis-timeline.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fleet } from "../../tests/bench/fleet.mjs";
import { compress } from "../compress.mjs";
import { hashedName } from "../layout.mjs";
import { inProject } from "../paths.mjs";
import { ToolError } from "../run.mjs";
import { serve } from "../serve.mjs";

const site = inProject("target", "bench-visits");
const source = (name) => inProject("tests", "bench", "visits", `${name}.ts`);
export const names = ["simscope", "echarts", "vis"];

/** As a phone's on an average LTE network, and a processor four times slower than this one. */
const network = {
  offline: false,
  latency: 60,
  downloadThroughput: 10e6 / 8,
  uploadThroughput: 5e6 / 8,
};
const processor = { rate: 4 };
const longest = 120_000;

const pageOf = (name) => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>${name}</title>
  <link rel="icon" href="data:," />
  <style>body { margin: 0 } sim-scope { height: 900px }</style>
  ${name === "simscope" ? '<script type="module" src="simscope/simscope.js"></script>' : ""}
  <script type="module" src="${name}.js"></script>
  <body>${name === "simscope" ? '<sim-scope view="timeline"></sim-scope>' : ""}</body>
</html>
`;

/** Writes the three pages, with the same answer, all of it compressed beforehand as hosts do. */
async function buildPages(dist, sessions) {
  const esbuild = await import("esbuild");
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  await esbuild.build({
    entryPoints: names.map(source),
    outdir: site,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    loader: { ".css": "text" },
    logLevel: "warning",
  });
  for (const name of names) writeFileSync(path.join(site, `${name}.html`), pageOf(name));
  const load = { sessions, lanes: 40, dense: false };
  writeFileSync(path.join(site, "answer.json"), [...fleet(load)].join(""));
  await compress(site);
  cpSync(dist, path.join(site, "simscope"), { recursive: true });
  // Scripts as a bundler names them, by their content, may be kept; the page and the answer are asked for again.
  const kept = [...names.map((name) => `/${name}.js`), `/simscope/${hashedName(dist)}/*`];
  const rules = kept.map((at) => `${at}\n  Cache-Control: public, max-age=31536000, immutable\n`);
  writeFileSync(path.join(site, "_headers"), rules.join(""));
}

/** Whether the sessions are drawn, and the browser has told when it first showed anything. Runs inside the page. */
function isDrawn() {
  const [first] = performance.getEntriesByName("first-contentful-paint");
  return globalThis.drawnAt > 0 && first;
}

/** What was fetched until then, and when something was first seen. Runs inside the page. */
function seen() {
  const [first] = performance.getEntriesByName("first-contentful-paint");
  const entries = performance
    .getEntriesByType("resource")
    .concat(performance.getEntriesByType("navigation"));
  const until = (at) =>
    entries
      .filter(({ responseEnd }) => responseEnd <= at)
      .reduce((sum, { transferSize }) => sum + transferSize, 0);
  const firstAt = first?.startTime ?? NaN;
  return {
    first_ms: firstAt,
    first_bytes: until(firstAt),
    drawn_ms: globalThis.drawnAt,
    drawn_bytes: until(globalThis.drawnAt),
  };
}

async function visit(context, address) {
  const page = await context.newPage();
  try {
    const client = await context.newCDPSession(page);
    await client.send("Network.enable");
    await client.send("Network.emulateNetworkConditions", network);
    await client.send("Emulation.setCPUThrottlingRate", processor);
    await page.goto(address);
    await page.waitForFunction(isDrawn, undefined, { timeout: longest }).catch(() => {
      throw new ToolError(`${address} drew nothing.`);
    });
    return await page.evaluate(seen);
  } finally {
    await page.close();
  }
}

/** Visits each page `runs` times with an empty cache and, at once after it, with what that left in it. */
export async function measureVisits(browser, { dist, sessions, runs }) {
  await buildPages(dist, sessions);
  const { url, close } = await serve({ port: 0, dist: site, compressed: true });
  const found = Object.fromEntries(names.map((name) => [name, { cold: [], warm: [] }]));
  try {
    for (let run = 0; run < runs; run += 1) {
      // In turn: a machine that others use is not equally fast throughout.
      for (const name of names) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
        const address = `${url}${name}.html`;
        found[name].cold.push(await visit(context, address));
        found[name].warm.push(await visit(context, address));
        await context.close();
      }
    }
  } finally {
    await close();
  }
  return { sessions, runs, network, processor, pages: found };
}
