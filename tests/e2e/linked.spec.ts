// One selection everywhere: what is chosen in one view is chosen in all.
import { expect, test } from "./guard.ts";
import { demoAnswers, readDemo, recorded, Scope } from "./scope.ts";

/** The map's picture, once it rests. */
async function restingMap(scope: Scope): Promise<string> {
  const pane = scope.element.locator(".simscope-map-pane");
  await expect(pane).toHaveAttribute("aria-busy", "false", { timeout: 60_000 });
  let last = "";
  await expect
    .poll(
      async () => {
        const now = (await pane.screenshot()).toString("base64");
        const same = now === last;
        last = now;
        return same;
      },
      { intervals: [400], timeout: 15_000 },
    )
    .toBe(true);
  return last;
}

test("a click on a bar shows it in the inspector, the table and on the map", async ({ page }) => {
  // One SIM of a vendor that reports towers, so that its sessions lie on the map.
  const scope = await Scope.open(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  await expect(scope.element.locator(".map canvas")).toBeVisible();
  await scope.table("Sessions");
  const before = await restingMap(scope);

  const at = await scope.findBar();
  await page.mouse.click(at.x, at.y);
  await page.mouse.move(5, 5);
  const inspector = scope.inspector;
  await expect(inspector.getByRole("heading", { name: "Session", exact: true })).toBeVisible();
  for (const key of ["Start", "Radio", "Network", "Cell", "Place", "Session id"]) {
    await expect(inspector.locator("dt").getByText(key, { exact: true })).toBeVisible();
  }

  // The vendor's own record, value by value.
  await inspector.getByText("Record as the vendor sent it").click();
  await expect(inspector.locator("pre")).toContainText('"sid"');
  const shown = JSON.parse(await inspector.locator("pre").innerText()) as {
    sid: string;
    imei: string;
  };
  const sent = JSON.parse(readDemo("kore/gate-4-data-sessions.json")) as {
    data_sessions: { sid: string }[];
  };
  const record = sent.data_sessions.find(({ sid }) => sid === shown.sid);
  expect(shown).toEqual(record);
  await expect(inspector.getByRole("button", { name: shown.sid })).toBeVisible();
  await expect(inspector.getByRole("button", { name: shown.imei })).toBeVisible();

  // Its row, and no other.
  const start = await inspector.locator("dt:text-is('Start') + dd").innerText();
  const chosen = scope.element.locator('.table-scroll tr[aria-selected="true"]');
  await expect(chosen).toHaveCount(1);
  await expect(chosen).toContainText(start);
  await expect(scope.element.locator(".lane-label.chosen")).toHaveCount(1);

  // The map draws it; without the selection the map is as it was.
  expect(await restingMap(scope)).not.toBe(before);
  await scope.focus();
  await page.keyboard.press("Escape");
  await expect(chosen).toHaveCount(0);
  await expect(inspector).toContainText("Click a bar");
  expect(await restingMap(scope)).toBe(before);
});

test("a row of the table chooses its session on the timeline and in the inspector", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  await scope.table("Sessions");
  const before = await scope.picture();
  const row = scope.rows.nth(3);
  const cells = await row.locator("td").allInnerTexts();
  await row.click();
  await expect(row).toHaveAttribute("aria-selected", "true");
  await expect(scope.inspector.locator("h3")).toContainText((cells[0] ?? "?").replace("…", ""));
  await expect(scope.inspector.locator("dt:text-is('Start') + dd")).toContainText(cells[1] ?? "?");
  await expect.poll(() => scope.picture()).not.toBe(before);

  // By keyboard as well: the next row, and its session.
  await row.press("ArrowDown");
  await page.keyboard.press("Enter");
  const next = scope.rows.nth(4);
  await expect(next).toHaveAttribute("aria-selected", "true");
  await expect(row).toHaveAttribute("aria-selected", "false");
  const start = (await next.locator("td").nth(1).innerText()).trim();
  await expect(scope.inspector.locator("dt:text-is('Start') + dd")).toContainText(start);
});

test("a span of time filters the tables and shows sums; Escape clears it", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const all = await scope.count("Sessions");
  const events = await scope.count("Events");
  const box = await scope.canvas.boundingBox();
  if (!box) throw new Error("the canvas is not on the page");
  await page.mouse.move(box.x + 300, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 380, box.y + 210, { steps: 4 });
  await page.mouse.move(box.x + 420, box.y + 210, { steps: 4 });
  await page.mouse.up();

  await expect(scope.inspector.getByRole("heading", { name: "Span", exact: true })).toBeVisible();
  await expect.poll(() => scope.count("Sessions")).toBeLessThan(all);
  expect(await scope.count("Events")).toBeLessThan(events);
  const inSpan = await scope.count("Sessions");
  expect(inSpan).toBeGreaterThan(0);
  const sums = scope.inspector.locator("dt:text-is('Sessions') + dd");
  await expect(sums).toContainText(String(inSpan));
  for (const title of ["By operator", "By radio", "By country"]) {
    await expect(scope.inspector.getByRole("heading", { name: title })).toBeVisible();
  }
  // The rows of the table overlap the span that the inspector names.
  const edges = await scope.inspector.locator("p.dim").first().innerText();
  const [from = "", to = ""] = edges.match(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g) ?? [];
  expect(from < to).toBe(true);
  const table = await scope.table("Sessions");
  await expect(table).toHaveAttribute("aria-rowcount", String(inSpan + 1));
  for (const row of (await scope.rows.all()).slice(0, 20)) {
    const [, start = "", end = ""] = await row.locator("td").allInnerTexts();
    if (/^\d/.test(start)) expect(start <= to, `${start} begins before ${to}`).toBe(true);
    if (/^\d/.test(end)) expect(end >= from, `${end} ends after ${from}`).toBe(true);
  }

  await scope.focus();
  await page.keyboard.press("Escape");
  await expect.poll(() => scope.count("Sessions")).toBe(all);
  await expect(
    scope.inspector.getByRole("heading", { name: "Details", exact: true }),
  ).toBeVisible();
});

test("a SIM is found by the end of its ICCID, and everything follows", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const sim = demoAnswers().find(({ file }) => file.includes("bus-33"))?.sim ?? "";
  const find = scope.filter;
  await find.fill(sim.slice(-7));
  await expect(scope.laneLabels).toHaveCount(1);
  await expect(scope.laneLabels).toContainText("Bus 33");
  await expect.poll(() => scope.count("SIMs")).toBe(1);
  const sessions = await scope.count("Sessions");
  expect(sessions).toBeGreaterThan(0);
  expect(sessions).toBeLessThan(100);
  await find.fill("");
  await expect.poll(() => scope.count("SIMs")).toBe(40);
});
