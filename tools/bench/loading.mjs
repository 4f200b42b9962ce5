// What the real page's visitor waits for while a large file is read: long tasks, as the browser itself counts them.
import { createWriteStream, existsSync, mkdirSync, statSync } from "node:fs";
import { once } from "node:events";
import path from "node:path";
import { fleet } from "../../tests/bench/fleet.mjs";
import { ToolError } from "../run.mjs";
import { served } from "./browser.mjs";

const bytesOfASession = 530;
const lanes = 1000;
const longestLoad = 300_000;
/** A window that was just opened has work of its own, which is not the page's. */
const settleMs = 3000;

/** Writes a fleet of about so many bytes, unless it is there. Resolves to its path and the number of its sessions. */
export async function writeFleet(folder, bytes) {
  const sessions = Math.round(bytes / bytesOfASession / lanes) * lanes;
  const load = { sessions, lanes, dense: false };
  const file = path.join(folder, `fleet-${sessions}.json`);
  if (existsSync(file)) return { file, sessions };
  mkdirSync(folder, { recursive: true });
  const out = createWriteStream(file);
  for (const piece of fleet(load)) {
    if (!out.write(piece)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return { file, sessions };
}

/** Notes every long task from the beginning of the page on. Runs inside the page. */
export function watchTasks() {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      globalThis.longTasks.push({ startTime, duration });
    }
  }).observe({ type: "longtask", buffered: true });
  // What of it is the page's own, by the browser's account of long frames: scripts of the tools have no address.
  globalThis.longScripts = [];
  new PerformanceObserver((list) => {
    for (const { scripts } of list.getEntries()) {
      for (const { startTime, duration, sourceURL } of scripts) {
        if (sourceURL && duration >= 50) globalThis.longScripts.push({ startTime, duration });
      }
    }
  }).observe({ type: "long-animation-frame", buffered: true });
}

/** Whether the sessions are all there, and nothing is being read any more. Runs inside the page. */
function isLoaded(sessions) {
  const shadow = document.querySelector("sim-scope")?.shadowRoot;
  if (shadow?.querySelector(".chip.reading")) return false;
  const totals = shadow?.querySelector(".totals")?.textContent ?? "";
  return totals.replaceAll(",", "").includes(String(sessions));
}

async function inNewPage({ browser, url, file, sessions }) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.addInitScript(watchTasks);
    await page.goto(url);
    const input = page.locator('sim-scope input[type="file"]').first();
    await input.waitFor({ state: "attached" });
    await page.waitForTimeout(settleMs);
    const begun = await page.evaluate(() => performance.now());
    await input.setInputFiles(file);
    const until = Date.now() + longestLoad;
    while (!(await page.evaluate(isLoaded, sessions))) {
      if (Date.now() > until) throw new ToolError("the page did not read the file.");
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    // What follows at once is part of loading.
    await page.waitForTimeout(1000);
    const [tasks, now] = await page.evaluate(() => [globalThis.longTasks, performance.now()]);
    const during = tasks.filter(({ startTime }) => startTime >= begun);
    return {
      bytes: statSync(file).size,
      loaded_ms: now - begun - 1000,
      tasks: during.map((task) => task.duration),
      at: during.map((task) => Math.round(task.startTime - begun)),
    };
  } finally {
    await page.close();
  }
}

/** Reads a file of about `bytes` bytes in the built page, `runs` times, each in a new page. */
export async function measureLoading(browser, { dist, folder, bytes, runs }) {
  const { file, sessions } = await writeFleet(folder, bytes);
  return served(dist, async (url) => {
    const found = [];
    for (let run = 0; run < runs; run += 1) {
      found.push(await inNewPage({ browser, url, file, sessions }));
    }
    return found;
  });
}
