// The questions that a fleet's owner comes with, each answered in a click or two, by mouse and by keys alone. Every click and every
// key is counted.
import { speed } from "./live/clock.ts";
import { test as live } from "./live/test.ts";
import type { Locator } from "@playwright/test";
import { expect, test, type Page } from "./guard.ts";
import { rawEvents, rawSessions } from "./report-truth.ts";
import { demoAnswers, Scope } from "./scope.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** A hand that counts what it does. */
class Hand {
  readonly #page: Page;
  clicks = 0;
  keys = 0;

  constructor(page: Page) {
    this.#page = page;
  }

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }

  async press(key: string): Promise<void> {
    this.keys += 1;
    await this.#page.keyboard.press(key);
  }

  /** Finds a command by some of its letters and takes the first that is found. */
  async command(scope: Scope, letters: string, name: RegExp): Promise<void> {
    await this.press("Control+k");
    await expect(scope.dialog).toBeVisible();
    for (const letter of letters) await this.press(letter);
    await expect(scope.dialog.getByRole("option").first()).toHaveText(name);
    await this.press("Enter");
    await expect(scope.dialog).toHaveCount(0);
    await scope.settled();
  }
}

async function demo(page: Page): Promise<[Scope, Hand]> {
  const scope = await Scope.open(page);
  await scope.openDemo();
  return [scope, new Hand(page)];
}

const toolbar = (scope: Scope) => scope.element.getByRole("toolbar", { name: "Fleet" });
const report = (scope: Scope) => scope.element.getByRole("tabpanel", { name: "Report" });

/** The findings in the list. */
const findings = (scope: Scope) => scope.element.locator(".findings").getByRole("option");

/** Milliseconds that a cell such as "9 d 4 h" says. */
function length(text: string): number {
  const units: Record<string, number> = { d: day, h: hour, min: 60_000, s: 1000 };
  const parts = [...text.matchAll(/([\d.]+) ?(d|h|min|s)\b/g)];
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? NaN),
    0,
  );
}

/** The cells of a column in the drawn rows of the open table. */
async function column(scope: Scope, name: string): Promise<string[]> {
  const heads = await scope.element.locator(".table-scroll thead th").allInnerTexts();
  const at = heads.findIndex((head) => head.trim().startsWith(name));
  expect(at, `a column ${name}`).toBeGreaterThanOrEqual(0);
  return scope.rows.locator(`td:nth-child(${at + 1})`).allInnerTexts();
}

/** The SIMs in the table have been offline for over a week, the longest first. */
async function showsLongOffline(scope: Scope): Promise<void> {
  await expect.poll(() => scope.rows.count()).toBeGreaterThan(0);
  const times = (await column(scope, "Offline for")).map(length);
  expect(Math.min(...times)).toBeGreaterThan(7 * day);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
}

test.describe("by mouse", () => {
  test("which SIMs have been offline for long", async ({ page }) => {
    const [scope, hand] = await demo(page);
    const all = await scope.count("SIMs");
    await hand.click(toolbar(scope).getByRole("button", { name: "Offline over 7 d" }));
    await expect.poll(() => scope.count("SIMs")).toBeLessThan(all);
    await showsLongOffline(scope);
    expect(hand.clicks).toBe(1);
  });

  test("which SIMs are in which country", async ({ page }) => {
    const [scope, hand] = await demo(page);
    const all = await scope.count("SIMs");
    // How many are where stands there from the start.
    const chips = toolbar(scope).getByRole("group", { name: "Groups of SIMs" });
    const counts = await chips.locator(".group-chip strong").allInnerTexts();
    expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(all);
    const norway = chips.getByRole("button", { name: /^Norway:/ });
    const there = Number(await norway.locator("strong").innerText());
    await hand.click(norway);
    await expect.poll(() => scope.count("SIMs")).toBe(there);
    expect(new Set(await column(scope, "Last country"))).toEqual(new Set(["Norway"]));
    expect(hand.clicks).toBe(1);
  });

  test("what happened over the last 30 days, and which SIMs were most active", async ({ page }) => {
    const [scope, hand] = await demo(page);
    await hand.click(scope.element.getByRole("tab", { name: "Report" }));
    const activity = report(scope).getByRole("region", { name: "Activity" });
    await expect(report(scope).locator(".about strong")).toHaveText("30 d");
    // The answers themselves say how much that is.
    const to = Math.max(...demoAnswers().map(({ observed }) => Date.parse(observed)));
    const from = to - 30 * 86_400_000;
    const events = rawEvents().filter(({ at }) => at >= from && at <= to);
    expect(events.length).toBeLessThan(rawEvents().length);
    await expect(activity).toContainText(
      `${new Intl.NumberFormat("en-GB").format(events.length)} events`,
    );
    await expect(activity.getByRole("table", { name: "SIMs with most sessions" })).toBeVisible();
    expect(hand.clicks).toBe(1);
  });

  test("which SIMs are most active", async ({ page }) => {
    const [scope, hand] = await demo(page);
    await hand.click(
      scope.element.getByRole("columnheader", { name: "Sessions" }).getByRole("button"),
    );
    const bySim = new Map<string, number>();
    for (const { sim } of rawSessions()) bySim.set(sim, (bySim.get(sim) ?? 0) + 1);
    const most = Math.max(...bySim.values());
    await expect
      .poll(async () => Number((await column(scope, "Sessions"))[0]?.replaceAll(",", "")))
      .toBe(most);
    expect(hand.clicks).toBe(1);
  });

  test("what is wrong", async ({ page }) => {
    const [scope, hand] = await demo(page);
    await hand.click(scope.element.getByRole("tab", { name: /^Findings/ }));
    await expect(findings(scope)).not.toHaveCount(0);
    expect(hand.clicks).toBe(1);
  });
});

test.describe("by keys", () => {
  /** A command, its letters, and a key to take it. */
  const most = 12;

  test("which SIMs have been offline for long", async ({ page }) => {
    const [scope, hand] = await demo(page);
    await scope.focus();
    await hand.command(scope, "offline over", /View: Offline over 7 days/);
    await showsLongOffline(scope);
    expect(hand.keys).toBeLessThanOrEqual(most + 2);
  });

  test("which SIMs are in which country", async ({ page }) => {
    const [scope, hand] = await demo(page);
    await scope.focus();
    await hand.command(scope, "view: by", /View: By country/);
    const chips = toolbar(scope).getByRole("group", { name: "Groups of SIMs" });
    await expect(chips.getByRole("button", { name: /^Norway:/ })).toBeVisible();
    expect(hand.keys).toBeLessThanOrEqual(most);
  });

  test("what happened over the last 30 days", async ({ page }) => {
    const [scope, hand] = await demo(page);
    await scope.focus();
    await hand.command(scope, "report", /Report/);
    await expect(report(scope).getByRole("region", { name: "Activity" })).toBeVisible();
    expect(hand.keys).toBeLessThanOrEqual(most);
  });

  test("which SIMs are most active", async ({ page }) => {
    const [scope, hand] = await demo(page);
    await scope.focus();
    await hand.command(scope, "most active", /Most active SIMs/);
    const counts = (await column(scope, "Sessions")).map((text) =>
      Number(text.replaceAll(",", "")),
    );
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts[0]).toBeGreaterThan(0);
    expect(hand.keys).toBeLessThanOrEqual(most + 1);
  });

  test("what is wrong", async ({ page }) => {
    const [scope, hand] = await demo(page);
    await scope.focus();
    await hand.command(scope, "findings", /Findings/);
    await expect(findings(scope)).not.toHaveCount(0);
    expect(hand.keys).toBeLessThanOrEqual(most);
  });
});

live.describe("tell me when something new happens", () => {
  for (const by of ["mouse", "keys"]) {
    live(`by ${by}`, async ({ visit, page }) => {
      const begun = Date.now();
      const now = () => begun + (Date.now() - begun) * speed;
      const simulator = await visit.start("kore", { now, sims: 4 });
      await visit.open();
      await visit.load("kore", simulator);
      const hand = new Hand(page);
      if (by === "mouse") {
        await hand.click(visit.scope.element.getByRole("button", { name: "Watch", exact: true }));
        expect(hand.clicks).toBe(1);
      } else {
        await visit.scope.focus();
        await hand.command(visit.scope, "watch", /Watch live sources/);
        expect(hand.keys).toBe(7);
      }
      await expect(visit.panel.chip("KORE")).toContainText("watching");
      simulator.burst(4);
      const news = visit.scope.element.getByRole("log", { name: "News" });
      await expect(news).toContainText(/SIM .+ session (opened|closed) on /, { timeout: 30_000 });
    });
  }
});
