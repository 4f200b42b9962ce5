// The lanes: opened into rows, kept at the top, left out, made taller, ordered and grouped; all of them at once.
import { expect, test } from "./guard.ts";
import { Scope, recorded } from "./scope.ts";

const rows = [
  ...["Operator", "Radio", "Cell", "IMEI", "IMSI"],
  ...["Status", "Traffic", "Usage", "Signal", "Events"],
];

/** Runs a command by its name in the palette. */
async function run(scope: Scope, name: string): Promise<void> {
  await scope.page.keyboard.press("Control+k");
  const field = scope.dialog.getByRole("combobox");
  await expect(field).toBeFocused();
  await scope.page.keyboard.type(name);
  await scope.page.keyboard.press("Enter");
  await expect(scope.dialog).toHaveCount(0);
}

test.describe("a lane", () => {
  test("opens into rows below it, each of which chooses what it shows", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    await scope.element.locator(".lane-open").nth(1).click();
    await expect(scope.element.locator(".track-label")).toHaveText(rows);
    // The row of the operator, at its first bar.
    const label = await scope.element.locator(".track-label").first().boundingBox();
    const canvas = await scope.canvas.boundingBox();
    if (!label || !canvas) throw new Error("the rows are not on the page");
    const card = scope.element.locator(".hover-card");
    let found = "";
    for (let x = 20; x < canvas.width && !found; x += 15) {
      await page.mouse.move(canvas.x + x, label.y + label.height / 2);
      found = (await card.allInnerTexts())[0] ?? "";
      if (found) await page.mouse.click(canvas.x + x, label.y + label.height / 2);
    }
    expect(found).toMatch(/^Operator\n/);
    const operator = found.split("\n")[1] ?? "";
    await expect(scope.inspector.getByRole("heading", { name: "Session" })).toBeVisible();
    await expect(scope.inspector).toContainText(operator);
    await scope.element.locator(".lane-open").nth(1).click();
    await expect(scope.element.locator(".track-label")).toHaveCount(0);
  });

  test("that is alone is opened, fills the pane, and can be closed", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    await expect(scope.element.locator(".track-label")).toHaveText(rows);
    const pane = await scope.canvas.boundingBox();
    const last = await scope.element.locator(".track-label").last().boundingBox();
    if (!pane || !last) throw new Error("the rows are not on the page");
    expect(last.y + last.height).toBeLessThanOrEqual(pane.y + pane.height + 1);
    expect(last.y + last.height).toBeGreaterThan(pane.y + pane.height * 0.75);
    await scope.focus();
    await page.keyboard.press("ArrowDown");
    await expect(scope.element.locator(".lane-label.chosen")).toHaveCount(1);
    await page.keyboard.press("e");
    await expect(scope.element.locator(".track-label")).toHaveCount(0);
  });

  test("is kept at the top, left out and brought back", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    await scope.focus();
    await run(scope, "Do not group");
    const names = scope.laneLabels.locator(".name");
    const third = await names.nth(2).innerText();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowDown");
    await expect(scope.element.locator(".lane-label.chosen .name")).toHaveText(third);
    await page.keyboard.press("p");
    await expect(names.first()).toHaveText(third);
    await run(scope, "Sort by last seen");
    await expect(names.first()).toHaveText(third);
    await page.keyboard.press("h");
    await expect(names.first()).not.toHaveText(third);
    const back = scope.element.getByRole("button", { name: "1 SIM left out" });
    await expect(back).toBeVisible();
    await back.click();
    await expect(names.first()).toHaveText(third);
    await expect(back).toHaveCount(0);
  });

  test("is as tall as one likes, and its label as wide", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    await scope.focus();
    const box = () => scope.laneLabels.first().boundingBox();
    const before = await box();
    await page.keyboard.press("Alt+ArrowDown");
    await expect.poll(async () => (await box())?.height).toBe((before?.height ?? 0) + 4);
    await page.keyboard.press("Alt+ArrowUp");
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(async () => (await box())?.height).toBe((before?.height ?? 0) - 4);
    const edge = scope.element.locator(".labels-edge");
    const at = await edge.boundingBox();
    if (!at) throw new Error("the divider is not on the page");
    await page.mouse.move(at.x - 3, at.y + 200);
    await page.mouse.down();
    await page.mouse.move(at.x + 57, at.y + 200, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(async () => ((await box())?.width ?? 0) - (before?.width ?? 0))
      .toBeGreaterThan(55);
    // The timeline still fills what is left.
    const [pane, canvas] = [
      await scope.element.locator(".timeline").boundingBox(),
      await scope.canvas.boundingBox(),
    ];
    if (!pane || !canvas) throw new Error("the timeline is not on the page");
    expect(Math.abs(canvas.x + canvas.width - pane.x - pane.width)).toBeLessThan(20);
  });

  test("is grouped by device and by tag, and ordered by traffic", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    for (const group of ["tag", "device"]) {
      await scope.element.getByLabel("Group", { exact: true }).selectOption(group);
      const heads = scope.element.locator(".group-label");
      await expect(heads.first()).toBeVisible();
      await expect(heads.filter({ hasText: "SIM" }).first()).toBeVisible();
    }
    await scope.element.getByLabel("Group", { exact: true }).selectOption("none");
    const first = scope.laneLabels.locator(".name").first();
    const byName = await first.innerText();
    await scope.element.getByLabel("Sort", { exact: true }).selectOption("traffic");
    await expect(first).not.toHaveText(byName);
  });
});

test("the head of the topmost group stays in view and folds there", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const list = scope.element.locator(".lanes-scroll");
  const head = await scope.element.locator(".labels .group-label").first().innerText();
  await list.evaluate((list) => (list.scrollTop = 90));
  const sticky = scope.element.locator(".sticky-head .group-label");
  await expect.poll(() => sticky.innerText()).toBe(head);
  const [top, above] = [await sticky.boundingBox(), await list.boundingBox()];
  expect(Math.abs((top?.y ?? 0) - (above?.y ?? 0))).toBeLessThanOrEqual(1);
  await sticky.click();
  await expect(scope.element.locator('.group-label[aria-expanded="false"]').first()).toBeVisible();
});

test("one SIM in two files is one lane", async ({ page }) => {
  const scope = await Scope.open(page);
  const file = recorded("kore/gate-4-data-sessions.json");
  await scope.load(file, { ...file, name: "the same again.json" });
  await expect(scope.chips).toHaveCount(2);
  expect((await scope.totals()).sims).toBe(1);
  await expect(scope.laneLabels).toHaveCount(1);
});

test.describe("all SIMs at once", () => {
  test("shows every lane, goes to one by a click, and zooms into lanes and time by a drag", async ({
    page,
  }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    await scope.focus();
    await page.keyboard.press("0");
    await page.keyboard.press("l");
    const picture = scope.element.locator(".fleet-picture canvas");
    await expect(scope.element.locator(".fleet-said")).toContainText("All 40 SIMs");
    const colours = () =>
      picture.evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const image = (canvas as HTMLCanvasElement)
          .getContext("2d")
          ?.getImageData(0, 0, width, height);
        return new Set(new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0))).size;
      });
    await expect.poll(colours).toBeGreaterThan(3);
    const box = await picture.boundingBox();
    if (!box) throw new Error("the picture is not on the page");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * 0.52);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.65, { steps: 3 });
    await page.mouse.up();
    // Few enough to be shown one by one.
    await expect(scope.element.locator(".fleet")).toHaveCount(0);
    await expect.poll(async () => (await scope.window()).width).toBeLessThan(30);
    await expect(scope.element.locator(".lane-label.chosen")).toBeInViewport();

    await page.keyboard.press("l");
    await expect(scope.element.locator(".fleet")).toBeVisible();
    await page.mouse.click(box.x + 100, box.y + box.height * 0.9);
    await expect(scope.element.locator(".fleet")).toHaveCount(0);
    await expect(scope.element.locator(".lane-label.chosen")).toBeInViewport();
  });
});

test("the device that went dark is found by keyboard alone", async ({ page }) => {
  const scope = await Scope.open(page);
  const demo = scope.element.getByRole("button", { name: "Open the demo fleet" });
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press("Tab");
    if (await demo.evaluate((button) => button.matches(":focus"))) break;
  }
  await expect(demo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(scope.chips).toHaveCount(6);
  await scope.settled();

  // Which one has been offline longest: it comes first.
  await run(scope, "Do not group");
  await run(scope, "Sort by offline longest");
  await page.keyboard.press("Home");
  const chosen = scope.element.locator(".lane-label.chosen .name");
  const name = await scope.laneLabels.locator(".name").first().innerText();
  await expect(chosen).toHaveText(name);

  // Its last session: when it was last heard of, on which network and cell.
  await page.keyboard.press(",");
  const position = () => scope.inspector.locator("header .mono").innerText();
  await expect.poll(position).toMatch(/^(\d+) of \1$/);
  await expect(
    scope.inspector.locator("dt:text-is('Last update'), dt:text-is('End')").first(),
  ).toBeVisible();
  await expect(scope.inspector.locator("dt:text-is('Network')")).toBeVisible();
  await page.keyboard.press("f");
  await page.keyboard.press("e");
  await expect(scope.element.locator(".track-label")).toHaveText(rows);
  // And the table of SIMs, worst first, says the same.
  await run(scope, "Table of SIMs");
  await expect(scope.rows.first()).toContainText(name);
});
