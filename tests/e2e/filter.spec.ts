// The filter line: typed, completed, marked where it is wrong, built by clicks; every view shows what it lets through.
import type { Locator } from "@playwright/test";
import { violations } from "./axe.ts";
import { expect, test } from "./guard.ts";
import { demoAnswers, readDemo, recorded, Scope } from "./scope.ts";

interface DataSession {
  sim_sid: string;
  sid: string | null;
  radio_link: string | null;
  operator_country: string | null;
  operator_mcc: string | number | null;
  operator_name: string | null;
  cell_location_estimate: { lat?: number | null; lon?: number | null } | null;
  last_updated: string | null;
  start: string | null;
  end: string | null;
  imei: string | null;
}

/** The sessions in the demo's recorded lists, each once: what two of the five vendors tell. */
function listed(provider?: string): DataSession[] {
  const found = new Map<string, DataSession>();
  for (const { file, provider: of } of demoAnswers()) {
    if (!file.includes("data-sessions") || (provider && of !== provider)) continue;
    const body = JSON.parse(readDemo(file)) as { data_sessions: DataSession[] };
    for (const record of body.data_sessions) {
      found.set(JSON.stringify([of, record.sim_sid, record.sid, record.start]), record);
    }
  }
  return [...found.values()];
}

/** How long a record says that its session lasted, in milliseconds. */
function lasted({ start, end, last_updated }: DataSession): number {
  const until = end ?? last_updated;
  return start && until ? Date.parse(until) - Date.parse(start) : NaN;
}

const options = (scope: Scope): Locator =>
  scope.element.getByRole("listbox", { name: "What can be written here" }).getByRole("option");

const said = (scope: Scope): Locator => scope.element.locator(".find-said");

async function open(page: Parameters<typeof Scope.open>[0]): Promise<Scope> {
  const scope = await Scope.open(page);
  await scope.openDemo();
  return scope;
}

test("a line filters timeline, map, tables and sums alike, as the recorded answers say", async ({
  page,
}) => {
  const scope = await open(page);
  const all = await scope.count("Sessions");
  const expected = listed().filter(
    (record) =>
      // Where a record names no country, its MCC tells.
      (record.operator_country === "USA" || Number(record.operator_mcc) === 310) &&
      record.radio_link !== "2G" &&
      lasted(record) > 3_600_000,
  );
  const sims = new Set(expected.map(({ sim_sid }) => sim_sid));
  expect(expected.length).toBeGreaterThan(5);
  expect(sims.size).toBeGreaterThan(1);

  await scope.filter.fill("vendor:kore,twilio country:US -radio:2g dur>1h");
  await expect.poll(() => scope.count("Sessions")).toBe(expected.length);
  expect(expected.length).toBeLessThan(all);
  expect(await scope.count("SIMs")).toBe(sims.size);
  await expect(scope.laneLabels).toHaveCount(sims.size);
  await scope.table("Sessions");
  await expect(scope.element.getByRole("grid", { name: "Sessions" })).toHaveAttribute(
    "aria-rowcount",
    String(expected.length + 1),
  );

  const places = new Set(
    expected.flatMap(({ cell_location_estimate: at }) => (at?.lat ? [`${at.lat} ${at.lon}`] : [])),
  );
  await expect(scope.element.locator(".map header .dim")).toContainText(
    new RegExp(`^${places.size} places?`),
  );

  // The sums over a span that holds all of it.
  await scope.focus();
  await page.keyboard.press("0");
  const box = await scope.canvas.boundingBox();
  if (!box) throw new Error("the canvas is not on the page");
  await page.mouse.move(box.x + 1, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 102, { steps: 4 });
  await page.mouse.move(box.x + box.width - 2, box.y + 102, { steps: 4 });
  await page.mouse.up();
  const sum = scope.inspector.locator("dt:text-is('Sessions') + dd");
  await expect(sum).toHaveText(new RegExp(`^${expected.length} `));
  await scope.focus();
  await page.keyboard.press("Escape");

  await scope.element.getByRole("button", { name: "Remove the filter" }).click();
  await expect(scope.filter).toHaveValue("");
  await expect.poll(() => scope.count("Sessions")).toBe(all);
});

test("a text by itself is looked for in names and identifiers", async ({ page }) => {
  const scope = await open(page);
  await scope.filter.fill("kiosk -vendor:twilio");
  const kiosks = demoAnswers().filter(
    ({ provider, file }) => /kore\/kiosk-\d+-data/.test(file) && provider === "kore",
  );
  const names = new Set(kiosks.map(({ file }) => /kiosk-\d+/.exec(file)?.[0]));
  await expect.poll(() => scope.count("SIMs")).toBe(names.size);
  await scope.filter.fill(`sim:*${listed("kore")[0]?.imei ?? ""}`);
  await expect.poll(() => scope.count("SIMs")).toBe(1);
});

test("fields and values are completed by keyboard", async ({ page }) => {
  const scope = await open(page);
  await scope.focus();
  await page.keyboard.press("/");
  await expect(scope.filter).toBeFocused();
  await page.keyboard.type("rad");
  await expect(options(scope)).toHaveText([/^radio:/]);
  await expect(scope.filter).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Tab");
  await expect(scope.filter).toHaveValue("radio:");
  await expect(scope.filter).toBeFocused();

  // The values that occur, with how many sessions each; the count is the count of the table.
  await expect.poll(() => options(scope).count()).toBeGreaterThan(4);
  await expect(scope.filter).not.toHaveAttribute("aria-activedescendant", /./);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  const second = options(scope).nth(1);
  await expect(second).toHaveAttribute("aria-selected", "true");
  expect(await scope.filter.getAttribute("aria-activedescendant")).toBe(
    await second.getAttribute("id"),
  );
  const [value = "", , count = ""] = await second.locator("> *").allInnerTexts();
  await page.keyboard.press("Enter");
  await expect(scope.filter).toHaveValue(`radio:${value} `);
  await expect(scope.filter).toHaveAttribute("aria-expanded", "false");
  await expect.poll(() => scope.count("Sessions")).toBe(parseInt(count.replaceAll(",", ""), 10));

  // Escape closes the list, the second one leads back to the lanes.
  await page.keyboard.type("op");
  await expect(options(scope)).not.toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(options(scope)).toHaveCount(0);
  await expect(scope.filter).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(scope.element.locator(".lanes-scroll")).toBeFocused();
});

test("a completion is taken with the mouse, in the middle of a line, quoted where it must be", async ({
  page,
}) => {
  const scope = await open(page);
  await scope.filter.fill("operator:telia open");
  await scope.filter.evaluate((input) => (input as HTMLInputElement).setSelectionRange(14, 14));
  await scope.filter.click({ position: { x: 70, y: 12 } });
  const option = options(scope).filter({ hasText: "Telia Sweden" });
  await expect(option).toHaveCount(1);
  await option.click();
  await expect(scope.filter).toHaveValue('operator:"Telia Sweden" open');
  await expect(scope.filter).toBeFocused();
  // A country is proposed by its code and said by its name.
  await scope.filter.fill("country:ger");
  await expect(options(scope)).toHaveCount(0);
  await scope.filter.fill("country:germany");
  await expect(options(scope)).toHaveText([/^DE\s*Germany/]);
});

test("a mistake is marked at its place and said, and nothing else is filtered", async ({
  page,
}) => {
  const scope = await open(page);
  await scope.filter.fill("radio:2g");
  const filtered = listed().filter(({ radio_link }) => radio_link === "2G").length;
  await expect.poll(() => scope.count("Sessions")).toBeGreaterThanOrEqual(filtered);
  await scope.settled();
  const before = await scope.count("Sessions");
  await expect(scope.filter).toHaveAttribute("aria-invalid", "false");

  await scope.filter.fill("radio:2g opertor:Telia");
  await expect(scope.filter).toHaveAttribute("aria-invalid", "true");
  await expect(said(scope)).toHaveText("At 10–16: Unknown field “opertor”. Did you mean operator?");
  const wrong = scope.element.locator(".find-marks .wrong");
  await expect(wrong).toHaveText(["opertor"]);
  await expect(scope.element.locator(".find-marks .term")).toHaveText([
    "radio:2g",
    "opertor:Telia",
  ]);
  expect(await scope.count("Sessions"), "the last good line stays in force").toBe(before);

  // The mark lies under the characters: nine of them before it, all of one width.
  const [field, mark] = [await scope.filter.boundingBox(), await wrong.boundingBox()];
  if (!field || !mark) throw new Error("the line is not on the page");
  const wide = mark.width / "opertor".length;
  expect(Math.abs(mark.x - (field.x + 7 + 9 * wide))).toBeLessThan(1);

  await scope.filter.fill("radio:2g operator:none");
  await expect(scope.filter).toHaveAttribute("aria-invalid", "false");
  await expect(said(scope)).toHaveText("");
});

test("the legend asks for a value alone, by its funnel or with Alt", async ({ page }) => {
  const scope = await open(page);
  const all = await scope.count("Sessions");
  const entry = scope.element.locator(".legend li").filter({ hasText: "NB-IoT" });
  const title = (await entry.locator("button").first().getAttribute("title")) ?? "";
  const sessions = parseInt(title.replaceAll(",", ""), 10);
  const only = entry.getByRole("button", { name: "Only NB-IoT" });
  await only.click();
  await expect(scope.filter).toHaveValue("radio:nb-iot");
  await expect(only).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => scope.count("Sessions")).toBe(sessions);
  await only.click();
  await expect(scope.filter).toHaveValue("");
  await expect.poll(() => scope.count("Sessions")).toBe(all);

  // By every way of colouring the term lets through what the legend counts.
  for (const by of ["operator", "country", "provider"]) {
    await scope.element.getByLabel("Colour by").selectOption(by);
    const first = scope.element.locator(".legend li").first();
    const main = first.locator("button:not(.only)");
    await expect(first.locator(".only")).toHaveAttribute(
      "title",
      new RegExp(`^Only these: ${by === "provider" ? "vendor" : by}:`),
    );
    const counted = parseInt(((await main.getAttribute("title")) ?? "").replaceAll(",", ""), 10);
    await main.click({ modifiers: ["Alt"] });
    await expect.poll(() => scope.count("Sessions"), by).toBe(counted);
    await expect(main).toHaveAttribute("aria-pressed", "true");
    await main.click({ modifiers: ["Shift"] });
    await expect(scope.filter).toHaveValue("");
  }
});

test("values of the inspector filter, and a second one of a field takes the first one's place", async ({
  page,
}) => {
  const scope = await open(page);
  await scope.filter.fill("vendor:kore");
  await scope.table("Sessions");
  await expect.poll(() => scope.count("Sessions")).toBe(listed("kore").length);
  await scope.rows.first().click();
  const value = (key: string) => scope.inspector.locator(`dt:text-is('${key}') + dd .filters`);
  const radio = await value("Radio").innerText();
  await value("Radio").click();
  await expect(scope.filter).toHaveValue(`vendor:kore radio:${radio.toLowerCase()}`);
  // The vendor calls it LTE.
  expect(radio).toBe("4G");
  const same = listed("kore").filter((record) => record.radio_link === "LTE");
  await expect.poll(() => scope.count("Sessions")).toBe(same.length);

  const imei = await scope.inspector.locator("dt:text-is('IMEI') + dd .copy").innerText();
  await value("IMEI").click();
  await expect(scope.filter).toHaveValue(`vendor:kore radio:${radio.toLowerCase()} imei:${imei}`);
  const expected = same.filter((record) => record.imei === imei).length;
  await expect.poll(() => scope.count("Sessions")).toBe(expected);

  const operator = await value("Network").nth(1).innerText();
  await value("Network").nth(1).click();
  await expect(value("Network").nth(1)).toHaveAttribute("aria-pressed", "true");
  expect(await scope.filter.inputValue()).toContain("operator:");
  expect(await scope.filter.inputValue()).toContain(operator);
  await value("Radio").click();
  expect(await scope.filter.inputValue()).not.toContain("radio:");
});

test("everything works in a window of 360 pixels", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const scope = await open(page);
  const whole = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(whole).toBeLessThanOrEqual(360);
  await scope.filter.click();
  await page.keyboard.type("operator:telia");
  await expect(options(scope).first()).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(scope.filter).toHaveValue(/^operator:"Telia /);
  await expect(scope.laneLabels.first()).toBeVisible();
  await scope.filter.fill("opertor:x");
  await expect(said(scope)).toBeInViewport({ ratio: 1 });
  expect(await violations(page)).toEqual([]);
});

for (const theme of ["light", "dark"] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("axe finds nothing in the line, its list and its message", async ({ page }) => {
      const scope = await Scope.open(page);
      await scope.load(recorded("kore/gate-4-data-sessions.json"));
      await scope.filter.click();
      await page.keyboard.type("radio:");
      await expect(options(scope)).not.toHaveCount(0);
      await page.keyboard.press("ArrowDown");
      expect(await violations(page), "the list").toEqual([]);
      await page.keyboard.press("Escape");
      await page.keyboard.type("x");
      await expect(said(scope)).not.toBeEmpty();
      expect(await violations(page), "a mistake").toEqual([]);
      await scope.filter.fill("radio:2g ");
      await expect(said(scope)).toBeEmpty();
      await scope.table("Sessions");
      await scope.rows.first().click();
      await expect(scope.inspector.locator(".filters").first()).toBeVisible();
      expect(await violations(page), "values that filter").toEqual([]);
    });
  });
}
