// A large file: everything is read, the page stays responsive meanwhile, and what is shown moves afterwards.
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { expect, test, type Page } from "./guard.ts";
import { Scope } from "./scope.ts";

// A recorder of traces looks at the whole page again and again, which is not the page's own work.
test.use({ trace: "off" });

const sims = 1000;
const sessionsEach = 100;

/** Writes pages of data sessions as one array, as `jq -s` does of a whole fleet's answers. */
async function writeFleet(path: string): Promise<void> {
  const file = createWriteStream(path);
  const instant = (ms: number) => new Date(ms).toISOString().replace(".000", "");
  const first = Date.parse("2026-10-01T00:00:00Z");
  const networks = [
    ["262", "01", "DEU", "Telekom", 52.5, 13.4],
    ["242", "01", "NOR", "Telenor", 59.9, 10.7],
    ["310", "410", "USA", "AT&T", 39.5, -105.1],
  ] as const;
  for (let sim = 0; sim < sims; sim += 1) {
    const [mcc, mnc, country, name, lat, lon] = networks[sim % 3] ?? networks[0];
    const key = (prefix: string, number: number) => prefix + number.toString(16).padStart(32, "0");
    const data_sessions = Array.from({ length: sessionsEach }, (_, at) => {
      const start = first + at * 6 * 3_600_000 + (sim % 97) * 60_000;
      const end = start + (1 + ((at * 7 + sim) % 5)) * 3_600_000;
      return {
        sid: key("WN", sim * sessionsEach + at),
        sim_sid: key("DE", sim),
        account_sid: key("AC", 1),
        radio_link: at % 3 === 0 ? "2G" : "LTE",
        operator_mcc: mcc,
        operator_mnc: mnc,
        operator_country: country,
        operator_name: name,
        cell_id: `${mcc}-${mnc}-${1000 + (sim % 50)}-${50_000 + at}`,
        cell_location_estimate: { lat: lat + (sim % 50) / 100, lon: lon + at / 100 },
        packets_uploaded: at * 13,
        packets_downloaded: at * 17,
        last_updated: instant(end),
        start: instant(start),
        end: instant(end),
        imei: String(1_234_000_000_000 + sim).padStart(15, "0"),
      };
    });
    const page = `${sim === 0 ? "[" : ",\n"}${JSON.stringify({ data_sessions, meta: { key: "data_sessions" } })}`;
    if (!file.write(page)) await once(file, "drain");
  }
  file.end("]\n");
  await once(file, "finish");
}

/** Watches how long the page keeps its visitor waiting. Returns what to call for the figures so far. */
async function watchPage(page: Page) {
  await page.evaluate(() => {
    const seen = { longest: 0, frames: 0, tasks: [] as number[] };
    Object.assign(globalThis, { seen });
    let last = performance.now();
    const frame = () => {
      const now = performance.now();
      seen.longest = Math.max(seen.longest, now - last);
      seen.frames += 1;
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) seen.tasks.push(Math.round(task.duration));
    }).observe({ type: "longtask" });
  });
  return () =>
    page.evaluate(
      () =>
        (globalThis as unknown as { seen: { longest: number; frames: number; tasks: number[] } })
          .seen,
    );
}

test("100,000 sessions of one file are read while the page stays responsive", async ({
  page,
}, testInfo) => {
  test.setTimeout(120_000);
  const path = testInfo.outputPath("fleet.json");
  await writeFleet(path);
  const megabytes = (await stat(path)).size / 1e6;
  const scope = await Scope.open(page);
  const figures = await watchPage(page);

  const began = Date.now();
  await scope.element.locator('input[type="file"]').first().setInputFiles(path);
  await expect
    .poll(
      async () => {
        const shown = await scope.chips.count();
        return shown > 0 ? (await scope.totals()).sessions : 0;
      },
      { timeout: 60_000, intervals: [300] },
    )
    .toBe(sims * sessionsEach);
  await expect(scope.element.locator(".chip.reading")).toHaveCount(0);
  const loaded = Date.now() - began;
  const { longest, frames, tasks } = await figures();
  console.log(
    `${megabytes.toFixed(1)} MB in ${loaded} ms; ${frames} frames, the longest wait ${Math.round(longest)} ms; ` +
      `long tasks: ${tasks.join(", ") || "none"}`,
  );
  expect(longest, "milliseconds between two frames").toBeLessThan(1000);
  expect(await scope.totals()).toEqual({ sims, sessions: sims * sessionsEach, open: 0, silent: 0 });
  // The table is answered behind the totals.
  await expect.poll(() => scope.count("SIMs")).toBe(sims);
  await expect(scope.messages.filter({ hasText: "could not" })).toHaveCount(0);

  // Scroll and zoom: the frame is painted anew.
  const list = scope.element.locator(".lanes-scroll");
  const top = await scope.picture();
  await list.evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect.poll(() => scope.picture()).not.toBe(top);
  await expect(scope.laneLabels.last()).toBeVisible();
  const bottom = await scope.picture();
  await scope.focus();
  for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press("w");
  await expect.poll(() => scope.picture()).not.toBe(bottom);
  await page.keyboard.press("0");

  // The table goes to its very end.
  const table = await scope.table("Sessions");
  const byStart = table.getByRole("columnheader", { name: "Start" });
  await byStart.getByRole("button").click();
  await byStart.getByRole("button").click();
  await expect(byStart).toHaveAttribute("aria-sort", "descending");
  await expect(table).toHaveAttribute("aria-rowcount", String(sims * sessionsEach + 1));
  await expect(scope.rows.first()).toHaveAttribute("aria-rowindex", "2");
  await scope.element
    .locator(".table-scroll")
    .evaluate((table) => table.scrollTo(0, table.scrollHeight));
  await expect(scope.rows.last()).toHaveAttribute("aria-rowindex", String(sims * sessionsEach + 1));
  await expect(scope.rows.last()).toBeInViewport();
  // Newest first: the last row is the first session.
  await expect(scope.rows.last().locator("td").nth(1)).toContainText("2026-10-01 00:00:00");
  await scope.rows.last().click();
  await expect(scope.inspector.locator("dt:text-is('Start') + dd")).toContainText("2026-10-01");
});

/** Writes short sessions of one SIM, one an hour. */
async function writeLong(path: string, sessions: number): Promise<void> {
  const file = createWriteStream(path);
  const first = Date.parse("1990-01-01T00:00:00Z");
  const instant = (ms: number) => new Date(ms).toISOString().replace(".000", "");
  const sim = `DE${"0".repeat(31)}1`;
  file.write('{"data_sessions":[');
  for (let at = 0; at < sessions; at += 1) {
    const start = first + at * 3_600_000;
    const record = JSON.stringify({
      sid: `WN${at.toString(16).padStart(32, "0")}`,
      sim_sid: sim,
      start: instant(start),
      end: instant(start + 1_800_000),
    });
    if (!file.write((at === 0 ? "" : ",") + record)) await once(file, "drain");
  }
  file.end('],"meta":{"key":"data_sessions"}}');
  await once(file, "finish");
}

test("a table that is longer than browsers draw scrolls exactly, and keys reach its ends", async ({
  page,
}, testInfo) => {
  test.setTimeout(180_000);
  // Higher than the 8,000,000 pixels that a table is given: the scroll bar is a scale of it.
  const rows = 400_000;
  const path = testInfo.outputPath("long.json");
  await writeLong(path, rows);
  const scope = await Scope.open(page);
  await scope.element.locator('input[type="file"]').first().setInputFiles(path);
  await expect(scope.chips).not.toHaveCount(0, { timeout: 60_000 });
  await expect(scope.element.locator(".chip.reading")).toHaveCount(0, { timeout: 120_000 });
  const table = await scope.table("Sessions");
  await expect(table).toHaveAttribute("aria-rowcount", String(rows + 1), { timeout: 30_000 });
  const list = scope.element.locator(".table-scroll");
  const height = () => list.evaluate((list) => list.scrollHeight);
  await expect.poll(height).toBeLessThan(8_100_000);
  expect(await height()).toBeGreaterThan(7_900_000);

  /** The row right below the heads, and how far it is from there. */
  const upper = () =>
    list.evaluate((list) => {
      const edge = list.querySelector("thead th")?.getBoundingClientRect().bottom ?? NaN;
      for (const row of list.querySelectorAll("tbody tr[data-row]")) {
        const { top, bottom } = row.getBoundingClientRect();
        if (bottom > edge + 1)
          return { row: Number(row.getAttribute("data-row")), off: edge - top };
      }
      return null;
    });
  // The scroll bar's middle is the table's middle.
  await list.evaluate((list) => list.scrollTo(0, list.scrollHeight / 2));
  await expect.poll(async () => (await upper())?.row).toBeGreaterThan(rows / 2 - 100);
  expect((await upper())?.row).toBeLessThan(rows / 2 + 100);
  await page.waitForTimeout(400);
  const before = await upper();
  if (!before) throw new Error("no row is in view");
  // A wheel's 480 pixels are twenty rows, wherever the table is, and stay that when the bar catches up.
  await list.hover();
  for (let notch = 0; notch < 4; notch += 1) await page.mouse.wheel(0, 120);
  await expect.poll(async () => (await upper())?.row).toBe(before.row + 20);
  await page.waitForTimeout(600);
  const after = await upper();
  expect(after?.row).toBe(before.row + 20);
  expect(Math.abs((after?.off ?? NaN) - before.off)).toBeLessThan(1.5);

  // To its ends and back by keys; the focus is on a cell all the while.
  await scope.rows.nth(30).locator("td").first().click();
  const focused = () =>
    scope.element.evaluate((element) => {
      const cell = element.shadowRoot?.activeElement;
      return cell?.tagName === "TD" ? Number(cell.parentElement?.getAttribute("data-row")) : null;
    });
  await page.keyboard.press("Control+End");
  await expect.poll(focused).toBe(rows - 1);
  await expect(scope.rows.last()).toBeInViewport();
  for (let presses = 0; presses < 30; presses += 1) await page.keyboard.press("ArrowUp");
  await expect.poll(focused).toBe(rows - 31);
  await page.keyboard.press("Control+Home");
  await expect.poll(focused).toBe(0);
  await expect(scope.rows.first()).toBeInViewport();
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press("PageDown");
  // The focus follows once the rows are there.
  await expect.poll(focused).toBeGreaterThan(20);
  const down = (await focused()) ?? 0;
  await expect(list.locator(`tr[data-row="${down}"]`)).toBeInViewport();

  // Ten thousand rows are copied, and it is said that there are more.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await scope.element.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(scope.messages.last()).toContainText("The first 10,000 rows of 400,000");
});
