// The table of SIMs as the list of a fleet: which are offline for long, which are where, which are active, and who they are as CSV.
import { readFile } from "node:fs/promises";
import { savedCsv } from "./csv.ts";
import { expect, test, type Page } from "./guard.ts";
import { violations } from "./axe.ts";
import { Scope, upload } from "./scope.ts";

/** What a click saves: name and rows. */
async function saved(page: Page, click: () => Promise<void>) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  const text = await readFile(await download.path(), "utf8");
  return { name: download.suggestedFilename(), rows: savedCsv(text) };
}

const bar = (scope: Scope) => scope.element.getByRole("toolbar", { name: "Fleet" });
const chips = (scope: Scope) =>
  bar(scope).getByRole("group", { name: "Groups of SIMs" }).getByRole("button");

const hour = 3_600_000;

/** A SIM as the vendor tells of it: which MCC it is on now, and which it was on before; null for none. */
function sim(number: number, now: number | null, before: number | null, name = `SIM ${number}`) {
  const digits = String(number).padStart(4, "0");
  const iccid = `899990000000000${digits}`;
  const cell = (mcc: number) => ({ radioType: "LTE", mcc, mnc: 1, tac: 1, eci: 257 });
  return {
    simId: iccid,
    status: "active",
    speedClass: "s1.standard",
    tags: { name },
    profiles: {
      [iccid]: { iccid, primaryImsi: `00101000000${digits}`, subscribers: {} },
    },
    sessionStatus: now
      ? {
          online: true,
          lastUpdatedAt: 1_770_003_600_000,
          sessionId: `now${number}`,
          imei: `86000000000${digits}`,
          cell: cell(now),
        }
      : { online: false, lastUpdatedAt: 1_770_000_042_466, imei: null },
    previousSession: before
      ? {
          sessionId: `was${number}`,
          imei: `35000000000${digits}`,
          imsi: `00101000000${digits}`,
          cell: cell(before),
          createdTime: 1_770_000_000_000 - number * 24 * hour,
          deletedTime: 1_770_000_042_141 - number * 24 * hour,
        }
      : null,
  };
}

test("a country's SIMs are two clicks from a list of their ICCIDs, IMSIs and IMEIs", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  const fleet = [
    sim(1, null, 310, '=cmd, "north"'),
    sim(2, 316, 440),
    sim(3, 440, 310),
    sim(4, null, 440),
    sim(6, null, 311),
  ];
  await scope.load(upload("fleet.json", JSON.stringify(fleet)));
  await scope.table("SIMs");
  // The United States have several MCCs; one that has left them since is not there, one that is there now is.
  const states = chips(scope).filter({ hasText: "United States" });
  await expect(states).toHaveAccessibleName(/3 SIMs, 1 online, 2 offline/);
  await states.click();
  await expect(scope.filter).toHaveValue("last-country:US");
  await expect(scope.rows).toHaveCount(3);
  const ids = await saved(page, () =>
    scope.element.getByRole("button", { name: "IDs", exact: true }).click(),
  );
  expect(ids.name).toBe("simscope-sim-identifiers.csv");
  expect(ids.rows[0]).toEqual(["ICCID", "IMSI", "IMEI"]);
  expect(ids.rows.slice(1).toSorted()).toEqual([
    ["8999900000000000001", "001010000000001", "350000000000001"],
    ["8999900000000000002", "001010000000002", "860000000000002"],
    ["8999900000000000006", "001010000000006", "350000000000006"],
  ]);

  // All columns that are shown, with what a spreadsheet would run as a formula made harmless.
  const shown = await saved(page, () =>
    scope.element.getByRole("button", { name: "CSV", exact: true }).click(),
  );
  expect(shown.name).toBe("simscope-sims.csv");
  expect(shown.rows).toHaveLength(4);
  const head = shown.rows[0] ?? [];
  expect(head).toEqual(expect.arrayContaining(["SIM", "ICCID", "Offline for (s)", "Last country"]));
  const names = shown.rows.slice(1).map((row) => row[head.indexOf("SIM")]);
  expect(names.toSorted()).toEqual([`'=cmd, "north"`, "SIM 2", "SIM 6"]);
  await states.click();
  await expect(scope.filter).toHaveValue("");
  await expect(scope.rows).toHaveCount(5);
});

test("thresholds put their term into the filter line and take it out again", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const table = await scope.table("SIMs");
  const all = await scope.count("SIMs");
  const over = (label: string) =>
    bar(scope).getByRole("button", { name: `Offline over ${label}`, exact: true });
  await over("1 h").click();
  await expect(over("1 h")).toHaveAttribute("aria-pressed", "true");
  await expect(scope.filter).toHaveValue("offline>1h");
  await expect.poll(() => scope.count("SIMs")).toBeLessThan(all);
  const hours = await scope.count("SIMs");
  // What stands there is a length, never that nothing was fetched or that a SIM is not active.
  const column = (await table.getByRole("columnheader").allInnerTexts()).findIndex((text) =>
    text.startsWith("Offline for"),
  );
  const lengths = await scope.rows.locator(`td:nth-child(${column + 1})`).allInnerTexts();
  expect(lengths.length).toBeGreaterThan(0);
  for (const length of lengths) expect(length).toMatch(/^\d+ (d|h|min)/);

  await over("7 d").click();
  await expect(scope.filter).toHaveValue("offline>7d");
  await expect(over("1 h")).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => scope.count("SIMs")).toBeLessThan(hours);

  // One of one's own takes its place; what is no length is said, and nothing is lost.
  await over("custom…").click();
  const field = bar(scope).getByRole("textbox", { name: /Offline over/ });
  await expect(field).toBeFocused();
  await field.fill("soon");
  await field.press("Enter");
  await expect(scope.messages.filter({ hasText: "“soon” is no length of time" })).toBeVisible();
  await expect(scope.filter).toHaveValue("offline>7d");
  await field.fill("36 h");
  await field.press("Enter");
  await expect(scope.filter).toHaveValue("offline>36h");
  await expect(field).toBeHidden();
  await expect(over("36h")).toHaveAttribute("aria-pressed", "true");
  await expect(over("7 d")).toHaveAttribute("aria-pressed", "false");
  await over("36h").click();
  await expect(scope.filter).toHaveValue("");
  await expect.poll(() => scope.count("SIMs")).toBe(all);
  expect(await violations(page)).toEqual([]);
});

test("chips count the fleet by what it is grouped by, and filter to it", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await scope.table("SIMs");
  const all = await scope.count("SIMs");
  const by = bar(scope).getByRole("combobox", { name: "SIMs by" });
  const counts = async () => {
    const names = await chips(scope).evaluateAll((chips) =>
      chips.map((chip) => chip.getAttribute("aria-label") ?? ""),
    );
    return names.map((name) => Number(/: ([\d,]+) SIMs?, /.exec(name)?.[1]?.replace(",", "")));
  };
  for (const [group, first] of [
    ["country", /^last-country:/],
    ["operator", /^last-operator:/],
    ["radio", /^last-radio:/],
    ["device-type", /^device-type:/],
    ["provider", /^vendor:/],
  ] as const) {
    await by.selectOption(group);
    await expect
      .poll(async () => (await counts()).reduce((sum, count) => sum + count, 0))
      .toBe(all);
    const [most = 0] = await counts();
    await chips(scope).first().click();
    await expect(scope.filter).toHaveValue(first);
    await expect.poll(() => scope.count("SIMs")).toBe(most);
    await expect(chips(scope)).toHaveCount(1);
    await expect(chips(scope)).toHaveAttribute("aria-pressed", "true");
    await chips(scope).click();
    await expect(scope.filter).toHaveValue("");
    await expect.poll(() => scope.count("SIMs")).toBe(all);
  }
  // The lanes follow.
  await expect(scope.element.getByRole("combobox", { name: "Group" })).toHaveValue("provider");
});

test("the most active SIMs of the last days come first", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const table = await scope.table("SIMs");
  const week = bar(scope).getByRole("button", { name: "Active in the last 7 d" });
  await week.click();
  await expect(week).toHaveAttribute("aria-pressed", "true");
  const head = table.getByRole("columnheader", { name: "Online time" });
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  const column = Number(await head.getAttribute("aria-colindex"));
  const times = async () => {
    const cells = await scope.rows.locator(`td:nth-child(${column})`).allInnerTexts();
    const units: Record<string, number> = { d: 86_400, h: 3600, min: 60, s: 1 };
    return cells.map((cell) => {
      const least = cell.split(" – ")[0] ?? "";
      const parts = [...least.matchAll(/(\d+(?:\.\d+)?) (d|h|min|s)/g)];
      return parts.reduce((sum, part) => sum + Number(part[1]) * (units[part[2] ?? ""] ?? NaN), 0);
    });
  };
  await expect.poll(async () => (await times())[0]).toBeGreaterThan(86_400);
  const found = await times();
  expect(found).toEqual(found.toSorted((a, b) => b - a));
  for (const time of found) expect(time).toBeLessThanOrEqual(7 * 86_400);
  await week.click();
  await expect(week).toHaveAttribute("aria-pressed", "false");
});
