// What the real page's visitor waits for while a file of cell positions is read: a fleet whose vendor tells cells alone gains places.
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { ToolError } from "../run.mjs";
import { served } from "./browser.mjs";
import { settleMs, watchTasks } from "./loading.mjs";

const longestMs = 300_000;
const mcc = 440;
const mnc = 10;
const firstCell = 0x100_0000;
/** The fleet's cells lie apart in the file. */
const eciOf = (cell, step) => firstCell + cell * step;

/** One session a SIM, each on a cell of its own, in the shape of Soracom's session events. */
function fleet(cells, step) {
  const begun = Date.UTC(2026, 4, 1);
  const events = Array.from({ length: cells }, (_, at) => {
    const time = begun + at * 60_000;
    return JSON.stringify({
      time,
      event: "Created",
      createdTime: time,
      sessionId: `BENCH${String(at).padStart(21, "0")}`,
      simId: `89991${String(at).padStart(14, "0")}`,
      imsi: `00101${String(at).padStart(10, "0")}`,
      cell: { radioType: "LTE", mcc, mnc, tac: 1 + (at % 60_000), eci: eciOf(at, step) },
    });
  });
  return `[${events.join(",\n")}]`;
}

/** So many lines as OpenCelliD publishes them, a fleet's cells among them. */
function positions(rows, cells) {
  const step = Math.floor(rows / cells);
  const lines = [
    "radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal",
  ];
  for (let row = 0; row < rows; row += 1) {
    const isOurs = row % step === 0 && row / step < cells;
    const area = 1 + (isOurs ? (row / step) % 60_000 : row % 60_000);
    const lon = (129 + ((row * 7919) % 160_000) / 10_000).toFixed(6);
    const lat = (31 + ((row * 104_729) % 130_000) / 10_000).toFixed(6);
    lines.push(
      `LTE,${mcc},${mnc},${area},${firstCell + row},0,${lon},${lat},${500 + (row % 4000)},${row % 90},1,1459813819,${1_700_000_000 + row},0`,
    );
  }
  return { text: lines.join("\r\n"), step };
}

function write(folder, { rows, cells }) {
  const file = path.join(folder, `cells-${rows}-${cells}.csv.gz`);
  const sims = path.join(folder, `cells-${rows}-${cells}.json`);
  if (!existsSync(file) || !existsSync(sims)) {
    mkdirSync(folder, { recursive: true });
    const { text, step } = positions(rows, cells);
    writeFileSync(sims, fleet(cells, step));
    writeFileSync(file, gzipSync(text, { level: 6 }));
  }
  return { file, sims };
}

/** What the page says. Runs inside the page. */
function said() {
  const shadow = document.querySelector("sim-scope")?.shadowRoot;
  const text = (selector) => shadow?.querySelector(selector)?.textContent ?? "";
  const chips = [...(shadow?.querySelectorAll(".chip.reading") ?? [])];
  return {
    reading: chips.map((chip) => chip.textContent ?? ""),
    places: Number(
      /^([\d,]+) place/.exec(text(".map > header .dim"))?.[1]?.replaceAll(",", "") ?? 0,
    ),
    messages: text(".messages"),
  };
}

async function until(page, is, what) {
  const begun = Date.now();
  const seen = new Set();
  for (;;) {
    const now = await page.evaluate(said);
    for (const text of now.reading) seen.add(text);
    if (is(now)) return { now, seen };
    if (Date.now() - begun > longestMs) throw new ToolError(`the page did not show ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function inNewPage({ browser, url, file, sims, cells }) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.addInitScript(watchTasks);
    await page.goto(url);
    const input = page.locator('sim-scope input[type="file"]').first();
    await input.waitFor({ state: "attached" });
    await input.setInputFiles(sims);
    await page.locator("sim-scope .totals").waitFor();
    await until(page, ({ reading }) => reading.length === 0, "the fleet");
    await page.waitForTimeout(settleMs);
    const begun = await page.evaluate(() => performance.now());
    await input.setInputFiles(file);
    const placed = await until(page, ({ places }) => places >= cells, "all places");
    const loaded = await until(
      page,
      ({ reading, messages }) =>
        reading.length === 0 && messages.includes("cell positions at hand"),
      "that the file was read",
    );
    const now = await page.evaluate(() => performance.now());
    await page.waitForTimeout(1000);
    const tasks = await page.evaluate(() => globalThis.longTasks);
    const during = tasks.filter(({ startTime }) => startTime >= begun);
    const progress = new Set([...placed.seen, ...loaded.seen]);
    return {
      bytes: statSync(file).size,
      read_ms: now - begun,
      tasks: during.map((task) => task.duration),
      progress: progress.size,
    };
  } finally {
    await page.close();
  }
}

/** Reads `rows` cell positions into a page that shows a fleet on `cells` of them; `runs` times, each in a new page. */
export async function measureCells(browser, { dist, folder, rows, cells, runs }) {
  const { file, sims } = write(folder, { rows, cells });
  return served(dist, async (url) => {
    const found = [];
    for (let run = 0; run < runs; run += 1) {
      found.push(await inNewPage({ browser, url, file, sims, cells }));
    }
    return found;
  });
}
