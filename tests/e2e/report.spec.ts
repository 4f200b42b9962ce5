// The report: its figures on the screen and in what is saved, compared with the same worked out from the recorded answers.
import { readFileSync } from "node:fs";
import type { Download, Locator } from "@playwright/test";
import { violations } from "./axe.ts";
import { recordsOf, savedCsv } from "./csv.ts";
import { expect, test, type Page } from "./guard.ts";
import { readPng } from "./png.ts";
import { counts, rawEvents, rawSessions, tell, type Told } from "./report-truth.ts";
import { Scope, upload } from "./scope.ts";

const day = 86_400_000;

/** Opens the report, which is over the last 30 days. */
async function openReport(scope: Scope): Promise<Locator> {
  await scope.element.getByRole("tab", { name: "Report" }).click();
  const sheet = scope.element.getByRole("tabpanel", { name: "Report" });
  await expect(sheet.locator(".about strong")).toHaveText("30 d");
  await expect(sheet.getByRole("region", { name: "Activity" })).toBeVisible();
  return sheet;
}

async function openDemo(page: Page): Promise<[Scope, Locator]> {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const sheet = await openReport(scope);
  await sheet.getByRole("button", { name: "All", exact: true }).click();
  await expect(sheet.locator(".about strong")).not.toHaveText("30 d");
  return [scope, sheet];
}

/** Saves by a button of the report; resolves to the name and the text of the file. */
async function save(page: Page, sheet: Locator, button: string): Promise<[string, string]> {
  const file = await download(page, sheet, button);
  return [file.suggestedFilename(), readFileSync(await file.path(), "utf8")];
}

async function download(page: Page, sheet: Locator, button: string): Promise<Download> {
  const saving = page.waitForEvent("download");
  await sheet.getByRole("button", { name: button, exact: true }).click();
  return saving;
}

/** Saves a table as CSV: its rows by the names of the head. */
async function saveCsv(
  page: Page,
  sheet: Locator,
  table: string,
): Promise<Record<string, string>[]> {
  await sheet.getByRole("combobox", { name: "Table to save as CSV" }).selectOption(table);
  const [name, text] = await save(page, sheet, "CSV");
  expect(name).toMatch(/^simscope-report-[a-z-]+-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv$/);
  return recordsOf(savedCsv(text));
}

/** The rows of a table on the screen: the first cell as its name says it, then the figures. */
const rowsOf = async (table: Locator): Promise<string[][]> =>
  table.locator("tbody tr").evaluateAll((rows) =>
    rows.map((row) =>
      [...row.querySelectorAll("th, td:not(.gauge)")].map((cell) => {
        const name = cell.querySelector("bdi") ?? cell;
        return (name.textContent ?? "").trim();
      }),
    ),
  );

const shown = (n: number): string => n.toLocaleString("en-US");

/** `2 d 3 h`, as the screen writes a length. */
function words(ms: number): string {
  const [s, min, h, d] = [1000, 60_000, 3_600_000, day].map((unit) => Math.floor(ms / unit));
  const two = (large = 0, unit = "", small = 0, smallUnit = "") =>
    small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
  if (d) return two(d, "d", (h ?? 0) % 24, "h");
  if (h) return two(h, "h", (min ?? 0) % 60, "min");
  return two(min, "min", (s ?? 0) % 60, "s");
}

test("events by type, a day and of SIMs are those of the recorded answers", async ({ page }) => {
  const [, sheet] = await openDemo(page);
  const events = rawEvents();
  const byType = counts(events.map(({ kind }) => kind));
  const byDay = counts(events.map(({ at }) => new Date(at).toISOString().slice(0, 10)));
  const bySim = counts(events.map(({ sim }) => sim));
  expect(byType.length).toBeGreaterThan(5);

  const csv = await saveCsv(page, sheet, "Activity");
  const told = (by: string): [string, number][] =>
    csv.filter((row) => row["by"] === by).map((row) => [row["value"] ?? "", Number(row["count"])]);
  expect(told("all events")).toEqual([["", events.length]]);
  expect(Object.fromEntries(told("events by type"))).toEqual(Object.fromEntries(byType));
  expect(told("events by day")).toEqual(byDay.sort(([a], [b]) => (a < b ? -1 : 1)));
  const most = told("SIMs with most events");
  expect(most.map(([, count]) => count)).toEqual(bySim.map(([, count]) => count));

  // The screen says the same.
  const types = await rowsOf(sheet.getByRole("table", { name: "Events by type" }));
  expect(types.map(([, count]) => count)).toEqual(byType.map(([, count]) => shown(count)));
  const sims = await rowsOf(sheet.getByRole("table", { name: "SIMs with most events" }));
  const names = csv.filter((row) => row["by"] === "SIMs with most events");
  expect(sims).toEqual(names.slice(0, 10).map((row) => [row["name"], shown(Number(row["count"]))]));
  const days = sheet.locator(".side-by-side .by-day");
  await days.getByText("As a table").click();
  const rows = await rowsOf(days.getByRole("table"));
  expect(rows).toEqual(told("events by day").map(([day, count]) => [day, shown(count)]));

  // A SIM of the list is chosen with a click, and the report stays what it was.
  await sheet
    .getByRole("button", { name: sims[0]?.[0] ?? "" })
    .first()
    .click();
  await expect(sheet.getByRole("region", { name: "Activity" })).toContainText(
    `${shown(events.length)} events`,
  );
});

test("sessions, lengths and traffic of each vendor are those of the recorded answers", async ({
  page,
}) => {
  const [, sheet] = await openDemo(page);
  const csv = await saveCsv(page, sheet, "Sessions in figures");
  const seconds = (ms: number | null) => (ms === null ? NaN : ms / 1000);
  const by = sheet.getByRole("region", { name: "Sessions by" });
  await by.getByRole("button", { name: "Vendor", exact: true }).click();
  const table = by.getByRole("table");
  const heads = await table.locator("thead th").allInnerTexts();
  const rows = await rowsOf(table);
  for (const [vendor, name, unit] of [
    ["twilio", "Twilio", "packets"],
    ["kore", "KORE", "packets"],
    ["wayscloud", "WAYSCloud", "MB"],
  ] as const) {
    const truth = tell(rawSessions().filter((session) => session.vendor === vendor));
    expect(truth.sessions).toBeGreaterThan(50);
    const row = csv.find((row) => row["by"] === "vendor" && row["value"] === vendor) ?? {};
    expect([row["sessions"], row["SIMs"]], vendor).toEqual(
      [truth.sessions, truth.sims].map(String),
    );
    expect(Number(row["mean duration (s)"])).toBeCloseTo(seconds(truth.mean), 2);
    expect(Number(row["median duration (s)"])).toBeCloseTo(seconds(truth.median), 2);
    for (const other of ["bytes", "packets", "MB"]) {
      for (const way of ["up", "down", "total"] as const) {
        const cell = row[`${other} ${way}`];
        if (other === unit) expect(Number(cell)).toBeCloseTo(truth[way] ?? NaN, 5);
        else expect(cell, "units are never mixed").toBe("");
      }
    }
    onScreen(heads, rows, name, truth);
  }
  const all = csv.find((row) => row["by"] === "all") ?? {};
  const figures = sheet.getByRole("region", { name: "Sessions in figures" });
  const figure = (name: string) => figures.locator(`dt:text-is('${name}') + dd`);
  await expect(figure("Sessions")).toContainText(shown(Number(all["sessions"])));
  await expect(figure("Mean duration")).toContainText(
    words(Number(all["mean duration (s)"]) * 1000),
  );
  await expect(figure("Longest gap")).toContainText(all["longest gap of SIM"] ?? "?");
});

/** The row of a vendor says what is true; what it does not tell is a dash. */
function onScreen(heads: string[], rows: string[][], name: string, truth: Told): void {
  const row = rows.find(([first]) => first?.startsWith(name)) ?? [];
  const cell = (head: string) => row[heads.findIndex((text) => text.startsWith(head))] ?? "";
  expect(cell("Sessions"), name).toBe(shown(truth.sessions));
  expect(cell("SIMs")).toBe(String(truth.sims));
  expect(cell("Mean")).toBe(words(truth.mean ?? NaN));
  expect(cell("Median")).toBe(words(truth.median ?? NaN));
  const total = truth.total ?? NaN;
  const isInMb = name === "WAYSCloud";
  const packets = isInMb ? /^–/ : new RegExp(`^${shown(total)}$`);
  expect(cell("Packets")).toMatch(packets);
  const mb = isInMb ? new RegExp(`^${Math.round(total * 1000) / 1000} MB$`) : /^–/;
  expect(cell("MB")).toMatch(mb);
}

test("it follows the filter and the span, and its rows narrow both", async ({ page }) => {
  const [scope, sheet] = await openDemo(page);
  const about = sheet.locator(".about");
  const by = sheet.getByRole("region", { name: "Sessions by" });
  await expect(about).toContainText("no filter");
  await sheet.getByRole("button", { name: "7 d", exact: true }).click();
  await expect(about).toContainText(/^7 d /);
  await sheet.getByRole("button", { name: "All", exact: true }).click();

  await by.getByRole("button", { name: "Radio", exact: true }).click();
  await by.getByRole("button", { name: "2G", exact: true }).click();
  await expect(scope.filter).toHaveValue("radio:2g");
  await expect(about).toContainText("filter radio:2g");
  const sessions = await scope.count("Sessions");
  await expect(by.getByRole("row", { name: /^2G/ }).locator("td").first()).toHaveText(
    shown(sessions),
  );
  await scope.filter.fill("");
  await scope.filter.press("Enter");

  await by.getByRole("button", { name: "Day", exact: true }).click();
  await by.getByRole("button", { name: /^Show all/ }).click();
  await by.getByRole("button", { name: "2026-10-20", exact: true }).click();
  await expect(about).toContainText(/^1 d 2026-10-20 00:00:00 – 2026-10-20 23:59:59 UTC/);
  await expect(sheet.getByRole("button", { name: "Chosen span" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  // It is the same day in another zone.
  const zone = scope.element.getByRole("combobox", { name: "Time zone" });
  await zone.selectOption("Asia/Tokyo");
  await expect(about).toContainText("2026-10-20 09:00:00 – 2026-10-21 08:59:59 Asia/Tokyo");
  await by.getByRole("button", { name: "2026-10-21", exact: true }).click();
  await expect(about).toContainText("2026-10-21 00:00:00 – 2026-10-21 23:59:59 Asia/Tokyo");

  // Columns are put in order.
  await by.getByRole("button", { name: "SIM", exact: true }).click();
  await by.getByRole("columnheader", { name: "Sessions" }).getByRole("button").click();
  await expect(by.getByRole("columnheader", { name: "Sessions" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  const numbers = (await rowsOf(by.getByRole("table"))).map(([, count]) => Number(count));
  expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
});

test("all of it as JSON, and a picture in the colours of the theme", async ({ page }) => {
  const [, sheet] = await openDemo(page);
  const [name, text] = await save(page, sheet, "JSON");
  expect(name).toMatch(/^simscope-report-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.json$/);
  const report = JSON.parse(text) as {
    activity: { events: number };
    summary: { by_vendor: { rows: { value: string; sessions: number }[] } };
    vendors: { vendors: { sessions: number }; ours: { sessions: number } }[];
    previous: unknown[];
  };
  expect(report.activity.events).toBe(rawEvents().length);
  const kore = report.summary.by_vendor.rows.find(({ value }) => value === "kore");
  expect(kore?.sessions).toBe(rawSessions().filter(({ vendor }) => vendor === "kore").length);
  expect(report.previous.length).toBeGreaterThan(10);
  const summaries = await saveCsv(page, sheet, "Vendors' summaries");
  expect(summaries.map((row) => Number(row["sessions by vendor"]))).toEqual(
    report.vendors.map(({ vendors }) => vendors.sessions),
  );

  for (const theme of ["light", "dark"]) {
    await page.locator("sim-scope").evaluate((element, theme) => {
      element.setAttribute("theme", theme);
    }, theme);
    const file = await download(page, sheet, "PNG");
    const { width, height, colours } = await readPng(page, readFileSync(await file.path()));
    expect(width).toBe(1920);
    expect(height).toBeGreaterThan(600);
    const [background, accent] = await sheet.evaluate((sheet) => {
      const style = getComputedStyle(sheet);
      return ["--background", "--accent"].map((name) => style.getPropertyValue(name).trim());
    });
    const rgb = (hex = "#fff") => {
      const whole = hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex;
      return [1, 3, 5].map((at) => parseInt(whole.slice(at, at + 2), 16)).join(",");
    };
    expect(colours[0]?.[0]).toBe(rgb(background));
    expect(colours.slice(0, 6).map(([colour]) => colour)).toContain(rgb(accent));
  }
});

test("hostile names are text on the screen, and cells in a file", async ({ page }) => {
  const scope = await Scope.open(page);
  const names = ["=cmd|' /C calc'!A0", 'a "quoted", one', "two\nlines", "\u202Eright to left"];
  const sims = names.map((friendly_name, at) => ({
    sid: `DE0000000000000000000000000000000${at}`,
    account_sid: "AC000000000000000000000000c0de0001",
    unique_name: null,
    friendly_name,
    iccid: `899910000000000000${at}`,
    status: "active",
  }));
  const page_of = (rows: object) => JSON.stringify({ ...rows, meta: { page: 0, page_size: 50 } });
  await scope.load(upload("sims.json", page_of({ sims })));
  for (const { sid, iccid } of sims) {
    const session = {
      sid: `WN${sid.slice(2)}`,
      sim_sid: sid,
      account_sid: "AC000000000000000000000000c0de0001",
      radio_link: "LTE",
      operator_mcc: "242",
      operator_mnc: "99",
      operator_country: "NOR",
      operator_name: `=1+${iccid.slice(-1)}<b>`,
      packets_uploaded: 3,
      packets_downloaded: null,
      last_updated: "2026-10-20T12:00:00Z",
      start: "2026-10-20T10:00:00Z",
      end: "2026-10-20T12:00:00Z",
    };
    await scope.load(upload(`${sid}.json`, page_of({ data_sessions: [session] })));
  }
  const question = scope.element.getByRole("button", { name: "Twilio", exact: true });
  if (await question.count()) await question.first().click();
  const sheet = await openReport(scope);
  const most = await rowsOf(sheet.getByRole("table", { name: "SIMs with most sessions" }));
  expect(most.map(([name]) => name).sort()).toEqual(names.toSorted());
  await expect(sheet.locator("b b, td b:not(.share-bar b)")).toHaveCount(0);
  const csv = await saveCsv(page, sheet, "Activity");
  const told = csv.filter(({ by }) => by === "SIMs with most sessions").map(({ name }) => name);
  expect(told.sort()).toEqual(names.map((name) => name.replace(/^=/, "'=")).sort());
  const summary = await saveCsv(page, sheet, "Sessions in figures");
  const operators = summary.filter(({ by }) => by === "operator").map(({ value }) => value);
  expect(operators.sort()).toEqual(["'=1+0<b>", "'=1+1<b>", "'=1+2<b>", "'=1+3<b>"]);
  for (const row of summary.filter(({ by }) => by === "SIM")) {
    expect([row["packets up"], row["packets down"]], "what nobody told is not 0").toEqual([
      "3",
      "",
    ]);
  }
});

test("a source of which records could not be read is named, with what to do", async ({ page }) => {
  const scope = await Scope.open(page);
  const session = (start: unknown) => ({
    session_id: `ses_${String(start).length}`,
    start_time: start,
    end_time: "2026-10-20T10:30:00Z",
    duration_seconds: 9000,
    network: { country: "Norway", country_code: "NO", operator: "Example", network_type: "4G" },
    data_usage: { upload_mb: 1, download_mb: 2, total_mb: 3 },
    ip_address: "10.0.0.1",
  });
  const sessions = [session("2026-10-20T08:00:00Z"), session([1])];
  const body = { iccid: "8999600000000000001", sessions, total: 2 };
  await scope.load(upload("partly.json", JSON.stringify(body)));
  const sheet = await openReport(scope);
  const missing = sheet.getByRole("list", { name: "What is missing" });
  await expect(missing).toContainText("1 record of 2 could not be read");
  await missing.getByRole("button", { name: "Show the source" }).click();
  await expect(scope.dialog).toContainText("partly.json");
});

test.describe("in a narrow window", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("nothing is wider than the window, and everything can be reached by keys", async ({
    page,
  }) => {
    const scope = await Scope.open(page);
    await scope.element.getByRole("button", { name: "Open the demo fleet" }).click();
    await scope.element.getByRole("tab", { name: "Tables" }).click();
    const sheet = await openReport(scope);
    expect(await sheet.evaluate((sheet) => sheet.scrollWidth - sheet.clientWidth)).toBe(0);
    expect(await violations(page)).toEqual([]);
  });
});
