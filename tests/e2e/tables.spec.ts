// The tables as grids: keys, focus, columns, order, copies.
import { expect, test, type Page } from "./guard.ts";
import { violations } from "./axe.ts";
import { demoAnswers, readDemo, Scope } from "./scope.ts";

/** Where the focus is: row as the screen reader counts it (1 is the heads), column, and whether it is in the table at all. */
function focusAt(scope: Scope): Promise<{ row: number; column: number } | null> {
  return scope.element.evaluate((element) => {
    const cell = element.shadowRoot?.activeElement?.closest("td, th");
    if (!cell) return null;
    const row = cell.parentElement?.getAttribute("aria-rowindex");
    return { row: Number(row), column: Number(cell.getAttribute("aria-colindex")) };
  });
}

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test("keys reach every cell, and the focus stays while rows are exchanged", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const table = await scope.table("Sessions");
  const rows = await scope.count("Sessions");
  await expect(table).toHaveAttribute("aria-rowcount", String(rows + 1));
  await expect(scope.rows.first()).toBeVisible();
  // One stop for Tab, whatever the table's length.
  await expect(table.locator('[tabindex="0"]')).toHaveCount(1);
  await table.locator('[tabindex="0"]').focus();
  expect(await focusAt(scope)).toEqual({ row: 2, column: 1 });

  await press(page, "ArrowDown", "ArrowDown", "ArrowRight");
  expect(await focusAt(scope)).toEqual({ row: 4, column: 2 });
  await press(page, "End");
  const columns = Number(await table.getAttribute("aria-colcount"));
  expect(await focusAt(scope)).toEqual({ row: 4, column: columns });
  await press(page, "Control+End");
  await expect.poll(() => focusAt(scope)).toEqual({ row: rows + 1, column: columns });
  await expect(scope.rows.last()).toBeInViewport();
  await press(page, "PageUp");
  const above = (await focusAt(scope))?.row ?? 0;
  expect(above).toBeLessThan(rows);
  expect(above).toBeGreaterThan(rows - 60);
  await press(page, "Home", "Control+Home");
  await expect.poll(() => focusAt(scope)).toEqual({ row: 2, column: 1 });
  await expect(table.locator('[tabindex="0"]')).toHaveCount(1);

  // Held down: rows are exchanged under the focus.
  for (let presses = 0; presses < 150; presses += 1) await page.keyboard.press("ArrowDown");
  await expect.poll(() => focusAt(scope)).toEqual({ row: 152, column: 1 });

  // Scrolled away and back: the next key goes on from where it was.
  const list = scope.element.locator(".table-scroll");
  await list.evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await expect(scope.rows.last()).toHaveAttribute("aria-rowindex", String(rows + 1));
  await press(page, "ArrowDown");
  await expect.poll(() => focusAt(scope)).toEqual({ row: 153, column: 1 });
});

test("heads are reached and pressed by keys, and say the order", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const table = await scope.table("SIMs");
  await expect(table.getByRole("columnheader", { name: "Offline for" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expect(scope.rows.first()).toBeVisible();
  await table.locator('[tabindex="0"]').focus();
  await press(page, "ArrowUp");
  expect(await focusAt(scope)).toEqual({ row: 1, column: 1 });
  const names = () => scope.rows.locator("td:first-child").allInnerTexts();
  await press(page, "Enter");
  const head = table.getByRole("columnheader", { name: "SIM", exact: true });
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect.poll(async () => (await names())[0]).toMatch(/Ambulance/);
  expect(await focusAt(scope)).toEqual({ row: 1, column: 1 });
  await press(page, "Enter");
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect.poll(async () => (await names()).at(-1)).toMatch(/Ambulance/);

  // A row is chosen by Enter.
  await press(page, "ArrowDown", "ArrowDown", "Enter");
  await expect(scope.rows.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(scope.inspector.getByRole("heading", { name: "SIM", exact: true })).toBeVisible();
});

test("rows stand as on the timeline, and come back to that", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await scope.element.getByRole("combobox", { name: "Group" }).selectOption("none");
  await scope.element.getByRole("combobox", { name: "Sort" }).selectOption("sessions");
  await scope.settled();
  const lanes = await scope.laneLabels.locator(".name").allInnerTexts();
  await scope.table("SIMs");
  const order = scope.element.getByRole("button", { name: "Timeline order" });
  await expect(order).toHaveAttribute("aria-pressed", "false");
  await order.click();
  await expect(order).toHaveAttribute("aria-pressed", "true");
  const names = async () => {
    const cells = await scope.rows.locator("td:first-child").allInnerTexts();
    return cells.map((cell) => cell.split("\n").at(-1)?.trim() ?? "");
  };
  await expect.poll(async () => (await names()).slice(0, 8)).toEqual(lanes.slice(0, 8));

  // Sessions are so from the start: lane after lane, each from its first session on.
  const table = await scope.table("Sessions");
  await expect(order).toHaveAttribute("aria-pressed", "true");
  await expect.poll(async () => new Set(await names()).size).toBeLessThan(4);
  expect((await names())[0]).toBe(lanes[0]);
  const starts = await scope.rows.locator("td:nth-child(2)").allInnerTexts();
  const first = starts.slice(0, 30);
  expect(first).toEqual(first.toSorted());
  await table.getByRole("columnheader", { name: "Start" }).getByRole("button").click();
  await expect(order).toHaveAttribute("aria-pressed", "false");
  await expect.poll(async () => new Set(await names()).size).toBeGreaterThan(3);
  await order.click();
  await expect.poll(async () => new Set(await names()).size).toBeLessThan(4);
});

test("columns are chosen, kept for each table, and put back", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const table = await scope.table("Sessions");
  const heads = () => table.getByRole("columnheader").allInnerTexts();
  const usual = await heads();
  expect(usual).not.toContain("IMSI");
  const columns = scope.element.getByRole("button", { name: "Columns", exact: true });
  await columns.click();
  const dialog = scope.element.getByRole("dialog", { name: "Columns" });
  expect(await violations(page, "dialog")).toEqual([]);
  for (const name of ["IMSI", "APN", "Packets up", "Basis", "Source"]) {
    await dialog.getByRole("checkbox", { name, exact: true }).check();
  }
  await dialog.getByRole("checkbox", { name: "Country", exact: true }).uncheck();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(columns).toBeFocused();
  await expect.poll(heads).toEqual(expect.arrayContaining(["IMSI", "APN", "Packets up", "Basis"]));
  expect(await heads()).not.toContain("Country");
  await expect(table).toHaveAttribute("aria-colcount", String((await heads()).length));
  const column = (await heads()).indexOf("Basis") + 1;
  await expect(scope.rows.first().locator(`td:nth-child(${column})`)).toHaveText(
    /^(reported|rebuilt|polled)$/,
  );
  const chosen = await heads();

  await scope.table("SIMs");
  await scope.table("Sessions");
  await expect.poll(heads).toEqual(chosen);
  await columns.click();
  await dialog.getByRole("button", { name: "As at first" }).click();
  await page.keyboard.press("Escape");
  await expect.poll(heads).toEqual(usual);
});

test("rows are copied: the present one, the picked ones, all as CSV", async ({ page }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const scope = await Scope.open(page);
  await scope.openDemo();
  const table = await scope.table("Sessions");
  await expect(scope.rows.first()).toBeVisible();
  await table.locator('[tabindex="0"]').focus();
  await press(page, "ArrowDown", "Control+c");
  await expect(scope.messages.last()).toContainText("1 row separated by tabs");
  const one = (await clipboard(page)).split("\t");
  expect(one).toHaveLength(await table.getByRole("columnheader").count());
  const shown = await scope.rows.nth(1).locator("td").allInnerTexts();
  expect(one[0]).toBe(shown[0]);
  expect(one[1]).toBe(`${shown[1]?.replace(" ", "T")}.000Z`);

  // Picked by keys: this one, and through to the third below.
  await press(page, "Control+Enter", "ArrowDown", "ArrowDown", "ArrowDown", "Shift+Enter");
  await expect(scope.element.locator(".table-scroll tr.picked")).toHaveCount(4);
  await press(page, "Control+c");
  await expect(scope.messages.last()).toContainText("4 rows separated by tabs");
  const four = (await clipboard(page)).trimEnd().split("\n");
  expect(four).toHaveLength(4);
  expect(four[0]?.split("\t")[1]).toBe(one[1]);
  await press(page, "Escape");

  await scope.element.getByRole("button", { name: "Copy", exact: true }).click();
  const rows = await scope.count("Sessions");
  await expect(scope.messages.last()).toContainText(`${rows.toLocaleString("en")} rows as CSV`);
  const lines = (await clipboard(page)).trimEnd().split("\r\n");
  expect(lines).toHaveLength(rows + 1);
  expect(lines[0]).toBe(
    "SIM,Start (UTC),End (UTC),Duration (s),Radio,Operator,Country,Traffic (bytes),IMEI",
  );
  // Each session of an answer is there, to the millisecond.
  const answer = demoAnswers().find(({ file }) => file === "kore/gate-4-data-sessions.json");
  const sent = JSON.parse(readDemo(answer?.file ?? "")) as { data_sessions: { start: string }[] };
  const starts = sent.data_sessions.map(({ start }) => start.replace("Z", ".000Z")).sort();
  const copied = lines.filter((line) => line.startsWith("Gate 4,"));
  expect(copied.map((line) => line.split(",")[1])).toEqual(starts);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the tables, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const scope = await Scope.open(page);
    await scope.openDemo();
    for (const name of ["SIMs", "Sessions", "Events", "Usage"] as const) {
      await scope.table(name);
      await expect(scope.rows.first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    }
    await scope.table("Sessions");
    await scope.rows.first().click({ modifiers: ["ControlOrMeta"] });
    await expect(
      scope.inspector.getByRole("heading", { name: "Picked", exact: true }),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}
