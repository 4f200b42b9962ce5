// Keys, colours, theme and zone: each does what it says.
import { expect, test } from "./guard.ts";
import { recorded, Scope } from "./scope.ts";

test.describe("keys", () => {
  test("W and S zoom, A and D move, 0 shows all", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    await scope.focus();
    const start = await scope.window();
    const middle = ({ left, width }: { left: number; width: number }) => left + width / 2;

    await page.keyboard.press("a");
    await expect.poll(async () => (await scope.window()).left).toBeLessThan(start.left);
    const moved = await scope.window();
    expect(moved.width).toBeGreaterThan(start.width * 0.99);

    await page.keyboard.press("w");
    await expect.poll(async () => (await scope.window()).width).toBeCloseTo(moved.width / 1.5, 1);
    expect(middle(await scope.window()), "zooms on the middle").toBeCloseTo(middle(moved), 1);
    await page.keyboard.press("s");
    await expect.poll(async () => (await scope.window()).width).toBeCloseTo(moved.width, 1);

    const edges = await scope.edges();
    await page.keyboard.press("d");
    await expect.poll(async () => (await scope.window()).left).toBeGreaterThan(moved.left);
    await expect.poll(() => scope.edges()).not.toBe(edges);

    await page.keyboard.press("0");
    await expect.poll(async () => (await scope.window()).width).toBeGreaterThan(95);
  });

  test("comma and period step through the sessions of a SIM, F shows the chosen one", async ({
    page,
  }) => {
    const scope = await Scope.open(page);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    const position = () => scope.inspector.locator("header .mono").innerText();
    const at = await scope.findBar();
    await page.mouse.click(at.x, at.y);
    await expect.poll(position).toMatch(/^\d+ of \d+$/);
    await scope.focus();
    const [first = 0, of = 0] = (await position()).split(" of ").map(Number);
    expect(first).toBeGreaterThan(1);
    await page.keyboard.press(",");
    await expect.poll(position).toBe(`${first - 1} of ${of}`);
    await page.keyboard.press(",");
    await expect.poll(position).toBe(`${first - 2} of ${of}`);
    await page.keyboard.press(".");
    await expect.poll(position).toBe(`${first - 1} of ${of}`);

    const before = await scope.window();
    await page.keyboard.press("f");
    await expect.poll(async () => (await scope.window()).width).toBeLessThan(before.width / 2);
    // What is in view holds the session: its day stands in the edges.
    const start = await scope.inspector.locator("dt:text-is('Start') + dd").innerText();
    const day = String(Number(start.slice(8, 10)));
    expect(await scope.edges()).toContain(`${day} `);
  });

  test("arrows step through the SIMs", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    await scope.focus();
    const chosen = scope.element.locator(".lane-label.chosen .name");
    const names = await scope.laneLabels.locator(".name").allInnerTexts();
    await page.keyboard.press("ArrowDown");
    await expect(chosen).toHaveText(names[0] ?? "");
    await page.keyboard.press("ArrowDown");
    await expect(chosen).toHaveText(names[1] ?? "");
    await page.keyboard.press("ArrowUp");
    await expect(chosen).toHaveText(names[0] ?? "");
    await expect(scope.inspector.getByRole("heading", { name: "SIM", exact: true })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(chosen).toHaveCount(0);
  });

  test("slash goes to the filter, Escape back, and letters typed there are text", async ({
    page,
  }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    await scope.focus();
    const before = await scope.window();
    await page.keyboard.press("/");
    const find = scope.filter;
    await expect(find).toBeFocused();
    await page.keyboard.type("wasd0");
    await expect(find).toHaveValue("wasd0");
    expect(await scope.window()).toEqual(before);
    await expect(scope.laneLabels).toHaveCount(0);
    // The first one closes what is proposed, if anything is.
    if ((await find.getAttribute("aria-expanded")) === "true") await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(scope.element.locator(".lanes-scroll")).toBeFocused();
  });

  test("the question mark shows the keys, and Escape closes them", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    await scope.focus();
    await page.keyboard.press("?");
    const dialog = scope.element.getByRole("dialog", { name: "Keys and gestures" });
    await expect(dialog).toBeVisible();
    for (const keys of ["W", "+", "S", "-", ",", ".", "F", "0", "/", "Esc", "?", "Ctrl+K"]) {
      await expect(dialog.locator("kbd").getByText(keys, { exact: true })).toBeVisible();
    }
    const before = await scope.window();
    await page.keyboard.press("w");
    expect(await scope.window(), "keys do not act behind a dialog").toEqual(before);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });

  test("keys act only while the focus is inside", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    await page.evaluate(() => {
      const outside = document.createElement("button");
      outside.textContent = "outside";
      document.body.prepend(outside);
    });
    const before = await scope.window();
    await page.getByRole("button", { name: "outside" }).focus();
    await page.keyboard.press("w");
    await page.keyboard.press("0");
    await page.waitForTimeout(200);
    const after = await scope.window();
    expect(after.width).toBeCloseTo(before.width, 1);
  });
});

test("Ctrl and wheel zooms at the pointer, Shift and drag moves", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const box = await scope.canvas.boundingBox();
  if (!box) throw new Error("the canvas is not on the page");
  const before = await scope.window();
  await page.mouse.move(box.x + box.width * 0.25, box.y + 100);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await expect.poll(async () => (await scope.window()).width).toBeLessThan(before.width * 0.9);
  const zoomed = await scope.window();
  const held = (at: { left: number; width: number }) => at.left + at.width / 4;
  expect(held(zoomed)).toBeCloseTo(held(before), 0);

  await page.keyboard.down("Shift");
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.25 + 200, box.y + 100, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await expect.poll(async () => (await scope.window()).left).toBeLessThan(zoomed.left - 1);
  expect((await scope.window()).width).toBeCloseTo(zoomed.width, 1);
  await expect(
    scope.inspector.getByRole("heading", { name: "Details", exact: true }),
  ).toBeVisible();
});

test("colouring by operator changes the legend and the bars; a click there hides", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await expect(scope.laneLabels.first()).toBeVisible();
  const entries = scope.element.locator(".legend li button:not(.only)");
  const radios = await entries.allInnerTexts();
  expect(radios.join()).toContain("NB-IoT");
  const byRadio = await scope.picture();

  await scope.element.getByLabel("Colour by").selectOption("operator");
  await expect.poll(async () => (await entries.allInnerTexts()).join()).not.toContain("NB-IoT");
  await expect.poll(() => scope.picture()).not.toBe(byRadio);
  const sessions = await scope.count("Sessions");

  const first = entries.first();
  await expect(first).toHaveAttribute("aria-pressed", "true");
  const title = (await first.getAttribute("title")) ?? "";
  const hidden = parseInt(title.replaceAll(",", ""), 10);
  expect(hidden).toBeGreaterThan(0);
  const byOperator = await scope.picture();
  await first.click();
  await expect(first).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => scope.picture()).not.toBe(byOperator);
  await expect.poll(() => scope.count("Sessions")).toBe(sessions - hidden);
  await first.click();
  await expect(first).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => scope.count("Sessions")).toBe(sessions);
  await expect.poll(() => scope.picture()).toBe(byOperator);
});

test("the theme button goes through light, dark and the system's", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  const scope = await Scope.open(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  const root = scope.element.locator(".simscope");
  await expect(root).toHaveAttribute("data-theme", "system");
  const background = () => root.evaluate((root) => getComputedStyle(root).backgroundColor);
  const [light, picture] = [await background(), await scope.picture()];
  await scope.element.getByRole("button", { name: "System", exact: true }).click();
  await expect(root).toHaveAttribute("data-theme", "light");
  await scope.element.getByRole("button", { name: "Light", exact: true }).click();
  await expect(root).toHaveAttribute("data-theme", "dark");
  expect(await background()).not.toBe(light);
  await expect.poll(() => scope.picture()).not.toBe(picture);
  // It is remembered, and the system's own change is followed after the third click.
  expect(await page.evaluate(() => localStorage.getItem("simscope"))).toContain("dark");
  await scope.element.getByRole("button", { name: "Dark", exact: true }).click();
  await expect(root).toHaveAttribute("data-theme", "system");
  await expect.poll(background).toBe(light);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).not.toBe(light);
});

test("the time zone changes what instants say", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  await scope.element.getByLabel("Range", { exact: true }).selectOption("1");
  const edges = await scope.edges();
  expect(edges).toMatch(/\d\d:\d\d/);
  await scope.table("Sessions");
  const start = scope.rows.first().locator("td").nth(1);
  const before = await start.innerText();
  await scope.element.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await expect.poll(() => scope.edges()).not.toBe(edges);
  // A table opened from now on.
  await scope.table("SIMs");
  await scope.table("Sessions");
  const shift = (text: string) => Date.parse(`${text.replace(" ", "T")}Z`);
  await expect.poll(async () => shift(await start.innerText()) - shift(before)).toBe(9 * 3_600_000);
  expect(await page.evaluate(() => localStorage.getItem("simscope"))).toContain("Asia/Tokyo");
});

test("range presets set what is in view", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const range = scope.element.getByLabel("Range", { exact: true });
  await range.selectOption("30");
  const month = await scope.window();
  await range.selectOption("1");
  await expect.poll(async () => (await scope.window()).width).toBeLessThan(month.width / 20);
  await expect(range).toHaveValue("1");
  await range.selectOption("all");
  await expect.poll(async () => (await scope.window()).width).toBeGreaterThan(95);
});

test("Clear forgets everything and leads back to the first screen", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await scope.element.getByRole("button", { name: "Clear" }).click();
  await expect(scope.element.getByRole("button", { name: "Open the demo fleet" })).toBeVisible();
  await expect(page).toHaveTitle("simscope");
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  expect((await scope.totals()).sims).toBe(1);
});
