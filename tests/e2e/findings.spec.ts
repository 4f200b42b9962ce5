// What stands out: found without opening its tab, chosen, shown with its evidence, muted, kept in the link, saved as files.
import { readFileSync } from "node:fs";
import type { Locator } from "@playwright/test";
import { violations } from "./axe.ts";
import { savedCsv } from "./csv.ts";
import { expect, test } from "./guard.ts";
import { Scope, upload, type Upload } from "./scope.ts";

const tab = (scope: Scope): Locator =>
  scope.element
    .getByRole("tablist", { name: "Tables" })
    .getByRole("tab", { name: /^Findings( |$)/ });
const list = (scope: Scope): Locator =>
  scope.element.getByRole("listbox", { name: "Findings", exact: true });
const options = (scope: Scope): Locator => list(scope).getByRole("option");
const detail = (scope: Scope): Locator => scope.element.locator(".finding-detail");
const count = async (scope: Scope): Promise<number> =>
  Number((await tab(scope).locator(".dim").innerText()).replaceAll(",", ""));

async function openFindings(scope: Scope): Promise<void> {
  await expect(tab(scope).locator(".dim")).toHaveText(/^[\d,]+$/);
  await tab(scope).click();
  await expect(options(scope).first()).toBeVisible();
}

/** A SIM of that name and its sessions, as KORE answers: every four hours for ten minutes, and once many within an hour. */
function stormOf(name: string): Upload[] {
  const sid = "DE00000000000000000000000000009001";
  const sessions: Record<string, unknown>[] = [];
  const begin = Date.UTC(2026, 9, 1);
  const hour = 3_600_000;
  const add = (at: number, minutes: number) => {
    const end = new Date(at + minutes * 60_000).toISOString();
    sessions.push({
      sid: `WN${String(sessions.length).padStart(32, "0")}`,
      sim_sid: sid,
      account_sid: "AC000000000000000000000000c0de0001",
      radio_link: "4G",
      operator_mcc: "242",
      operator_mnc: "01",
      operator_country: "NOR",
      operator_name: "Example Norway",
      cell_id: null,
      cell_location_estimate: null,
      packets_uploaded: 100 + sessions.length,
      packets_downloaded: 200,
      last_updated: end,
      start: new Date(at).toISOString(),
      end,
      imei: "001234000175061",
    });
  };
  for (let at = 0; at < 20 * 24; at += 4) add(begin + at * hour, 10);
  for (let at = 0; at < 25; at += 1) add(begin + 10 * 24 * hour + hour + at * 120_000, 1);
  const sim = {
    ...{ sid, unique_name: name, account_sid: "AC000000000000000000000000c0de0001" },
    ...{ friendly_name: name, iccid: "8999300000000029001", eid: null, status: "active" },
    ...{ date_created: "2025-12-04T14:00:00Z", date_updated: "2026-08-21T14:00:00Z" },
    url: `https://programmable-wireless.api.korewireless.com/v1/Sims/${sid}`,
  };
  return [
    upload("sims.json", JSON.stringify({ sims: [sim] })),
    upload("storm.json", JSON.stringify({ data_sessions: sessions })),
  ];
}

async function saved(scope: Scope, name: string): Promise<{ file: string; text: string }> {
  const [download] = await Promise.all([
    scope.page.waitForEvent("download"),
    scope.element.locator(".findings-tools").getByRole("button", { name, exact: true }).click(),
  ]);
  return {
    file: download.suggestedFilename(),
    text: readFileSync(await download.path(), "utf8"),
  };
}

test("findings are counted and marked before their tab is opened, and chosen by keys", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await expect(tab(scope).locator(".dim")).toHaveText(/^[1-9]\d*$/);
  await expect(scope.laneLabels.locator(".severity").first()).toBeVisible();
  await openFindings(scope);
  const all = await count(scope);
  await expect(options(scope).first()).toHaveAttribute("aria-setsize", String(all));
  expect(await violations(page)).toEqual([]);

  await list(scope).focus();
  await page.keyboard.press("ArrowDown");
  await expect(options(scope).first()).toHaveAttribute("aria-selected", "true");
  await expect(detail(scope)).toContainText("Check next:");
  await page.keyboard.press("End");
  await expect(options(scope).last()).toHaveAttribute("aria-selected", "true");
  await expect(options(scope).last()).toHaveAttribute("aria-posinset", String(all));
  await page.keyboard.press("Home");
  await expect(options(scope).first()).toHaveAttribute("aria-selected", "true");
});

test("a finding leads to its SIM, its time and its evidence", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(...stormOf("Gate 9"));
  await openFindings(scope);
  const storm = options(scope).filter({ hasText: "Reconnect storm" });
  const before = await scope.edges();
  await storm.click();
  await expect.poll(() => scope.edges()).not.toBe(before);
  await expect(scope.element.locator(".lane-label.chosen")).toContainText("Gate 9");
  await expect(scope.element.locator(".finding-lines .severity").first()).toBeVisible();
  await expect(detail(scope)).toContainText("Most within it");
  await detail(scope).getByRole("button", { name: "Show evidence" }).click();
  await expect(scope.inspector).toContainText("picked sessions");
  await detail(scope).locator(".evidence button").first().click();
  await expect(scope.inspector).not.toContainText("picked sessions");
});

test("what is not a problem stays so in the link, and comes back", async ({ page, context }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await openFindings(scope);
  const all = await count(scope);
  await options(scope).first().click();
  const what = await detail(scope).locator("p").nth(1).innerText();
  await detail(scope).getByRole("button", { name: "Not a problem" }).click();
  await expect.poll(() => count(scope)).toBe(all - 1);
  await expect.poll(() => page.url()).toMatch(/muted=[0-9a-f]{16}/);

  const other = new Scope(await context.newPage());
  await other.page.goto(page.url());
  await expect(other.chips).toHaveCount(6);
  await other.settled();
  await expect.poll(() => count(other)).toBe(all - 1);
  await other.page.close();

  await scope.element.getByRole("button", { name: /^Muted/ }).click();
  const muted = list(scope).locator(".finding.muted");
  await expect(muted).toHaveCount(1);
  await muted.click();
  await expect(detail(scope)).toContainText(what);
  await detail(scope).getByRole("button", { name: "A problem after all" }).click();
  await expect.poll(() => count(scope)).toBe(all);
  await expect.poll(() => page.url()).not.toContain("muted=");
});

test("limits are set, refused with a reason, kept in the link, and set back", async ({
  page,
  context,
}) => {
  const scope = await Scope.open(page);
  await scope.load(...stormOf("Gate 9"));
  await openFindings(scope);
  const storm = options(scope).filter({ hasText: "Reconnect storm" });
  await expect(storm).toHaveCount(1);
  await scope.element.getByRole("button", { name: "Limits…" }).click();
  const group = scope.dialog.getByRole("group", { name: "Reconnect storm" });
  const field = group.getByLabel("Sessions, at least", { exact: true });
  await field.fill("many");
  await field.press("Tab");
  await expect(group.getByRole("alert")).toHaveText("“many” is no number. Write it as in 10.");
  await field.fill("200");
  await field.press("Tab");
  await expect(group.getByRole("alert")).toHaveCount(0);
  await expect(storm).toHaveCount(0);
  await expect.poll(() => page.url()).toContain("limits=reconnect_storm.sessions%3A200");

  const other = new Scope(await context.newPage());
  await other.page.goto(page.url());
  await other.load(...stormOf("Gate 9"));
  await expect(tab(other).locator(".dim")).toHaveText(/^[\d,]+$/);
  await expect(options(other).filter({ hasText: "Reconnect storm" })).toHaveCount(0);
  await other.element.getByRole("button", { name: "Limits…" }).click();
  const same = other.dialog.getByRole("group", { name: "Reconnect storm" });
  await expect(same.getByLabel("Sessions, at least", { exact: true })).toHaveValue("200");
  await other.page.close();

  await scope.dialog.getByRole("button", { name: "All as at first" }).click();
  await expect(field).toHaveValue("10");
  await expect(storm).toHaveCount(1);
  await expect.poll(() => page.url()).not.toContain("limits=");
});

test("findings are saved as CSV and JSON that nothing runs", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(...stormOf("=cmd()"));
  await openFindings(scope);
  const listed = await count(scope);
  const csv = await saved(scope, "CSV");
  expect(csv.file).toBe("findings.csv");
  const [heads, ...rows] = savedCsv(csv.text);
  expect(rows).toHaveLength(listed);
  const cell = (row: string[] | undefined, head: string) => row?.[heads?.indexOf(head) ?? -1];
  const storm = rows.find((row) => cell(row, "Rule") === "reconnect_storm");
  expect(cell(storm, "SIM")).toBe("'=cmd()");
  expect(cell(storm, "ICCID")).toBe("8999300000000029001");
  expect(cell(storm, "From (UTC)")).toMatch(/^2026-10-11T01:00:00\.000Z$/);
  expect(Number(cell(storm, "Sessions"))).toBeGreaterThan(24);
  const json = await saved(scope, "JSON");
  expect(json.file).toBe("findings.json");
  const { findings } = JSON.parse(json.text) as { findings: Record<string, unknown>[] };
  expect(findings).toHaveLength(listed);
  const whole = findings.find((one) => one["rule"] === "reconnect_storm");
  expect(whole?.["sims"]).toMatchObject([{ name: "=cmd()", iccid: "8999300000000029001" }]);
  expect(whole?.["sessions"]).toHaveLength(Number(cell(storm, "Sessions")));
});

test("the filter knows what stands out", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await openFindings(scope);
  const sims = await scope.count("SIMs");
  const filtered = async (line: string) => {
    await scope.filter.fill(line);
    await scope.filter.press("Enter");
    await scope.settled();
    return scope.count("SIMs");
  };
  const some = await filtered("finding:any");
  expect(some).toBeGreaterThan(0);
  expect(some + (await filtered("finding:none"))).toBe(sims);
});
