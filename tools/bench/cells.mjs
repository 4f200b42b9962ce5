// What the real page's visitor waits for while a file of a million cell positions is read, beside a fleet whose vendor tells
// cells alone.
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { createGzip } from "node:zlib";
import { ToolError } from "../run.mjs";
import { served } from "./browser.mjs";
import { watchTasks } from "./loading.mjs";

const [mcc, mnc] = [440, 10];
const longest = 300_000;
/** A window that was just opened has work of its own, which is not the page's. */
const settleMs = 3000;
/** So long is looked on once the places are told. */
const paintedMs = 5000;

/** The `n`th cell: area and cell. */
const cell = (n) => ({ tac: 1 + (n % 60_000), eci: 256 + n * 7 });

/** Events in Soracom's shape: SIMs that go from cell to cell, one session in each. */
export function events(cells, sims) {
  const from = Date.UTC(2026, 9, 1);
  const all = [];
  for (let n = 0; n < cells; n += 1) {
    const sim = n % sims;
    const created = from + Math.floor(n / sims) * 3_600_000 + sim * 100;
    const shared = {
      createdTime: new Date(created).toISOString(),
      sessionId: `S${String(n).padStart(25, "0")}`,
      simId: `89991${String(sim).padStart(14, "0")}`,
      imsi: `00101${String(sim).padStart(10, "0")}`,
      operatorId: "OP0000000001",
      cell: { radioType: "LTE", mcc, mnc, ...cell(n * 97) },
    };
    all.push({ time: created, event: "Created", ...shared });
    all.push({ time: created + 1_800_000, event: "Deleted", ...shared });
  }
  return all;
}

/** Lines of OpenCelliD's CSV, those of the fleet's cells among them. */
export function* lines(rows) {
  yield "radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal\r\n";
  let text = "";
  for (let n = 0; n < rows; n += 1) {
    const { tac, eci } = cell(n);
    const [lon, lat] = [130 + (n % 1500) / 100, 31 + (n % 1300) / 100];
    text += `LTE,${mcc},${mnc},${tac},${eci},0,${lon.toFixed(6)},${lat.toFixed(6)},${500 + (n % 3000)},${1 + (n % 90)},1,1600000000,1790000000,0\r\n`;
    if (text.length > 1 << 18) {
      yield text;
      text = "";
    }
  }
  yield text;
}

async function writeLines(file, rows) {
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  const zip = createGzip({ level: 6 });
  const out = zip.pipe(createWriteStream(`${file}.part`));
  for (const piece of lines(rows)) {
    if (!zip.write(piece)) await once(zip, "drain");
  }
  zip.end();
  await once(out, "finish");
  renameSync(`${file}.part`, file);
}

/** Notes how much is read. Runs inside the page. */
function watchShares() {
  globalThis.shares = new Set();
  const look = () => {
    const shadow = document.querySelector("sim-scope")?.shadowRoot;
    const share = shadow?.querySelector(".chip.reading progress")?.value;
    // The chip stays until what was read is drawn.
    if (share !== undefined && !globalThis.shares.has(share)) {
      globalThis.shares.add(share);
      globalThis.readAt = performance.now();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** The text of the element, once one of its parts of that kind has all of these words. Runs inside the page. */
function found([part, words]) {
  const shadow = document.querySelector("sim-scope")?.shadowRoot;
  const all = [...(shadow?.querySelectorAll(part) ?? [])].map((own) => own.textContent ?? "");
  return all.find((text) => words.every((word) => text.includes(word)));
}

async function inNewPage({ browser, url, fleet, file, cells, rows }) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const until = async (part, ...words) => {
    const end = Date.now() + longest;
    for (;;) {
      const text = await page.evaluate(found, [part, words]);
      if (text) return text;
      if (Date.now() > end) throw new ToolError(`the page does not say “${words.join(" … ")}”.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const number = (count) => count.toLocaleString("en");
  try {
    await page.addInitScript(watchTasks);
    await page.addInitScript(watchShares);
    await page.goto(url);
    const input = page.locator('sim-scope input[type="file"]').first();
    await input.waitFor({ state: "attached" });
    await input.setInputFiles(fleet);
    await until(".totals", `${number(cells)} sessions`);
    await page.waitForTimeout(settleMs);
    const begun = await page.evaluate(() => {
      globalThis.shares.clear();
      return performance.now();
    });
    await page.locator('sim-scope input[type="file"]').first().setInputFiles(file);
    await until(".message", number(rows), "cell positions");
    await until(".map > header", `${number(cells)} places`);
    const now = await page.evaluate(() => performance.now());
    // The places are painted, and the coast in its detail after them.
    await page.waitForTimeout(paintedMs);
    const [tasks, scripts, shares, read] = await page.evaluate(() => [
      globalThis.longTasks,
      globalThis.longScripts,
      [...globalThis.shares],
      globalThis.readAt,
    ]);
    const since = tasks.filter(({ startTime }) => startTime >= begun);
    const during = since.filter(({ startTime }) => startTime < now);
    return {
      read_ms: read - begun,
      loaded_ms: now - begun,
      tasks: during.map((task) => task.duration),
      at: during.map((task) => task.startTime - begun),
      scripts: scripts
        .filter(({ startTime }) => startTime >= begun)
        .map(({ duration }) => duration),
      painting: since.slice(during.length).map(({ duration }) => duration),
      shares,
    };
  } finally {
    await page.close();
  }
}

/** Reads a file of `rows` cell positions beside a fleet of so many cells in the built page, `runs` times. */
export async function measureCells(browser, { dist, folder, rows, cells, runs }) {
  const file = path.join(folder, `cells-${rows}.csv.gz`);
  await writeLines(file, rows);
  const buffer = Buffer.from(JSON.stringify(events(cells, Math.ceil(cells / 5))));
  const fleet = { name: "events.json", mimeType: "application/json", buffer };
  return served(dist, async (url) => {
    const found = [];
    for (let run = 0; run < runs; run += 1) {
      found.push(await inNewPage({ browser, url, fleet, file, cells, rows }));
    }
    return { rows, cells, bytes: statSync(file).size, runs: found };
  });
}
