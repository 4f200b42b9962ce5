// What once went wrong, each in one line.
import type { SimScopeElement } from "../../www/element.ts";
import { violations } from "./axe.ts";
import { expect, test } from "./guard.ts";
import { readDemo, recorded, Scope, upload } from "./scope.ts";

const kore = "kore/gate-4-data-sessions.json";

test("the status event is a plain object, and the title tells what is shown", async ({ page }) => {
  const scope = await Scope.open(page);
  await page.evaluate(() => {
    const told: unknown[] = [];
    Object.assign(globalThis, { told });
    document.addEventListener("simscope-status", (event) =>
      told.push(JSON.parse(JSON.stringify((event as CustomEvent).detail))),
    );
  });
  await scope.openDemo();
  const told = () => page.evaluate(() => (globalThis as unknown as { told: object[] }).told.at(-1));
  expect(await told()).toMatchObject({ sims: 40, loading: false });
  await expect(page).toHaveTitle(/40 SIMs/);
});

test("the zone changes what the table and the inspector say at once", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded(kore));
  await scope.table("Sessions");
  await scope.rows.first().click();
  const row = scope.rows.first().locator("td").nth(1);
  const inspected = scope.inspector.locator("dt:text-is('Start') + dd");
  await expect(inspected).toContainText("2026");
  const before = [await row.innerText(), await inspected.innerText()];
  await scope.element.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await expect(row).not.toHaveText(before[0] ?? "");
  await expect(inspected).not.toHaveText(before[1] ?? "");
});

test("a file cut off inside a string is told as cut off", async ({ page }) => {
  const scope = await Scope.open(page);
  const text = readDemo(kore).slice(0, 6000);
  expect(text.endsWith('"packets_uploade')).toBe(true);
  await scope.drop(upload("cut.json", text));
  await expect(scope.element.locator(".message.bad")).toContainText(
    "ends in the middle of a value, after 6000 bytes",
  );
});

test("after Clear the choices and what is shown agree, and the list is at its top", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await scope.element.getByLabel("Colour by").selectOption("operator");
  await scope.element.getByLabel("Group", { exact: true }).selectOption("provider");
  await scope.element.locator(".lanes-scroll").evaluate((list) => list.scrollTo(0, 9999));
  await page.waitForTimeout(300);
  await scope.element.getByRole("button", { name: "Clear" }).click();
  await scope.openDemo();
  const first = scope.element.locator(".group-label, .lane-label").first();
  const list = await scope.element.locator(".lanes-scroll").boundingBox();
  expect((await first.boundingBox())?.y).toBeGreaterThanOrEqual((list?.y ?? 0) - 1);
  const legend = (
    await scope.element.locator(".legend li button:not(.only)").allInnerTexts()
  ).join();
  const by = await scope.element.getByLabel("Colour by").inputValue();
  expect(by === "radio").toBe(legend.includes("NB-IoT"));
  const groups = (await scope.element.locator(".group-label").allInnerTexts()).join();
  const group = await scope.element.getByLabel("Group", { exact: true }).inputValue();
  expect(group === "provider").toBe(groups.includes("Monogoto"));
});

test("a SIM chosen in the table comes into view on the timeline", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await scope.table("SIMs");
  await scope.rows.filter({ hasText: "Bin 119" }).click();
  await expect(scope.element.locator(".lane-label.chosen")).toBeInViewport();
});

test("nothing is remembered before the visitor chose anything", async ({ page }) => {
  await Scope.open(page);
  expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({});
});

test("a bad record is not counted as read", async ({ page }) => {
  const body = JSON.parse(readDemo(kore)) as { data_sessions: Record<string, unknown>[] };
  Object.assign(body.data_sessions[1] ?? {}, { packets_uploaded: "many" });
  const scope = await Scope.open(page);
  await scope.load(upload("one-bad.json", JSON.stringify(body)));
  await scope.chips.click();
  await expect(scope.dialog).toContainText("22 records read, 1 left out");
});

test("axe: a vendor's record, and the timeline's head in a narrow window", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded(kore));
  await scope.table("Sessions");
  await scope.rows.first().click();
  await scope.inspector.locator("summary").click();
  await expect(scope.inspector.locator("pre")).toContainText("{");
  expect.soft(await violations(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await scope.element.getByRole("tab", { name: "Timeline" }).click();
  expect.soft(await violations(page)).toEqual([]);
});

test("a filter that a page sets just before it forgets everything stops nothing", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  for (let round = 0; round < 5; round += 1) {
    await scope.load(recorded(kore));
    await scope.element.evaluate(async (element) => {
      const scope = element as SimScopeElement;
      scope.filter = scope.filter ? "" : "radio:4g";
      await scope.sessions();
      scope.clear();
      await new Promise(requestAnimationFrame);
    });
  }
  await expect(scope.element.locator(".stopped")).toHaveCount(0);
  await expect(scope.element.getByRole("heading", { level: 1 })).toBeVisible();
});
