// Watching: what happens at the vendor appears, and nothing that the visitor looks at moves.
import { accounts, faults, type Name, type Simulator } from "./live/vendors.ts";
import { speed } from "./live/clock.ts";
import { expect, test, type Visit } from "./live/test.ts";

/** The page's half minute, and some of a second more. */
const round = 30_000 / speed + 700;

/** A simulator whose time passes as fast as the page's. */
function clock(): () => number {
  const begun = Date.now();
  return () => begun + (Date.now() - begun) * speed;
}

async function watch({ panel }: Visit, label: string): Promise<void> {
  await panel.open(label);
  await panel.dialog.getByLabel("How often").selectOption({ label: "30 seconds" });
  await panel.watch.check();
  await expect(panel.watch).toBeChecked();
  await expect(panel.dialog.locator(".watch")).toContainText(/\d+ rounds?, /);
}

/** What the visitor looks at, as numbers and words. */
async function view({ scope, page }: Visit) {
  const id = scope.inspector.locator("dt").getByText("Session id", { exact: true });
  return {
    edges: await scope.edges(),
    window: await scope.window(),
    lanes: await scope.laneLabels.allInnerTexts(),
    scrolled: await scope.element.locator(".lanes-scroll").evaluate(({ scrollTop }) => scrollTop),
    page: await page.evaluate(() => [scrollX, scrollY]),
    chosen: await id.locator("xpath=following-sibling::dd[1]").innerText(),
  };
}

/** The same is looked at. The overview grows with time, by less than a thousandth: the window's place in it shifts as little. */
async function looksAt(visit: Visit, before: Awaited<ReturnType<typeof view>>): Promise<void> {
  const { window, ...rest } = await view(visit);
  const { window: known, ...others } = before;
  expect(rest).toEqual(others);
  expect(window.left).toBeCloseTo(known.left, 1);
  expect(window.width).toBeCloseTo(known.width, 1);
}

test("news appear and nothing jumps; hidden it rests; off it ends", async ({ visit, page }) => {
  test.slow();
  const simulator = await visit.start("kore", { now: clock(), sims: 8 });
  const { panel, scope } = visit;
  await visit.open();
  await visit.load("kore", simulator);
  await watch(visit, "KORE");
  const told = panel.dialog.locator(".watch [role=status]");
  // 8 SIMs take 8 calls in each half minute.
  await expect(told).toContainText("16.0 calls a minute, over 8 SIMs");
  await panel.close();
  await expect(panel.chip("KORE")).toContainText("8 SIMs · watching");

  // A session is chosen; then things happen.
  await scope.table("Sessions");
  await scope.rows.nth(2).click();
  await expect(scope.inspector.locator("dt").getByText("Start")).toBeVisible();
  // Zoomed in near the present, which stays in view.
  const box = await scope.canvas.boundingBox();
  if (!box) throw new Error("the canvas is not on the page");
  const edges = await scope.edges();
  await page.mouse.move(box.x + box.width - 30, box.y + 40);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -300);
  await page.keyboard.up("Control");
  await expect.poll(() => scope.edges()).not.toBe(edges);
  await scope.settled();
  // The pointer rests on a row: it must not move away under it.
  await scope.rows.nth(1).hover();
  const before = await view(visit);
  const rows = await scope.rows.allInnerTexts();
  const picture = await scope.picture();
  const known = await scope.totals();
  simulator.burst(8);
  const truth = simulator.truth();
  expect([truth.sessions, truth.openSessions]).not.toEqual([known.sessions, known.open]);
  const news = scope.element.getByRole("log", { name: "News" });
  await expect(news).toBeVisible({ timeout: 20_000 });
  await expect(news).toContainText(/SIM .+ session (opened|closed) on /);
  await expect.poll(async () => (await scope.totals()).sessions).toBe(truth.sessions);
  expect((await scope.totals()).open).toBe(truth.openSessions);
  await scope.settled();
  // The bars have changed where they are, and only they.
  await expect.poll(() => scope.picture()).not.toBe(picture);
  await looksAt(visit, before);
  expect(await scope.rows.allInnerTexts()).toEqual(rows);
  // When it leaves, the table tells all, the new rows marked until they were seen.
  await page.mouse.move(2, 2);
  await expect.poll(() => scope.count("Sessions")).toBe(truth.sessions);
  await expect(scope.element.locator("tr.fresh")).not.toHaveCount(0);
  await news.getByRole("button").click();
  await expect(news).toBeHidden();
  await expect(scope.element.locator("tr.fresh")).toHaveCount(0);
  await looksAt(visit, before);

  // Hidden: nothing is asked.
  const hide = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await panel.open("KORE");
  await hide(true);
  await expect(told).toContainText("It rests while this tab is hidden.");
  await page.waitForTimeout(500);
  simulator.clearLog();
  await page.waitForTimeout(round * 1.5);
  expect(simulator.log).toEqual([]);
  await hide(false);
  await expect(told).not.toContainText("hidden");
  await expect.poll(() => simulator.log.length).toBeGreaterThan(0);

  // Off.
  await panel.watch.uncheck();
  await expect(told).toHaveCount(0);
  await page.waitForTimeout(500);
  simulator.clearLog();
  await page.waitForTimeout(round * 1.5);
  expect(simulator.log).toEqual([]);
  await expect(panel.chip("KORE")).not.toContainText("watching");
  expect(faults(simulator)).toEqual([]);
});

test("four vendors watched at once bring what happens at each", async ({ visit }) => {
  test.slow();
  const watched: Name[] = ["twilio", "soracom", "monogoto", "wayscloud"];
  const started = new Map<Name, Simulator>();
  for (const name of watched) {
    started.set(name, await visit.start(name, { now: clock(), sims: 4 }));
  }
  const { panel, scope } = visit;
  await visit.open();
  for (const [name, simulator] of started) await visit.load(name, simulator, { days: "30" });
  for (const name of watched) {
    await watch(visit, accounts[name].label);
    await panel.close();
  }
  const events = await scope.count("Events");
  let happened = 0;
  for (const [name, simulator] of started) {
    const burst = simulator.burst(3);
    if (name !== "twilio") happened += new Set(burst.events).size;
  }
  // At least: Monogoto's Things tell of their places besides.
  await expect
    .poll(() => scope.count("Events"), { timeout: 30_000 })
    .toBeGreaterThanOrEqual(events + happened);
  for (const [name, simulator] of started) {
    await expect(panel.chip(accounts[name].label)).toContainText("watching");
    expect(faults(simulator), name).toEqual([]);
  }
});

test("all live sources are watched by one click, and no longer by another", async ({ visit }) => {
  const simulator = await visit.start("kore", { now: clock(), sims: 4 });
  const { panel, scope } = visit;
  await visit.open();
  await expect(scope.element.getByRole("button", { name: "Watch", exact: true })).toHaveCount(0);
  await visit.load("kore", simulator);
  const watch = scope.element.getByRole("button", { name: "Watch", exact: true });
  await expect(watch).toHaveAttribute("aria-pressed", "false");
  await watch.click();
  await expect(watch).toHaveAttribute("aria-pressed", "true");
  await expect(panel.chip("KORE")).toContainText("4 SIMs · watching");
  simulator.burst(4);
  await expect(scope.element.getByRole("log", { name: "News" })).toBeVisible({ timeout: 20_000 });
  await panel.open("KORE");
  await expect(panel.watch).toBeChecked();
  await expect(panel.dialog.getByLabel("How often")).toHaveValue("60000");
  await panel.close();
  await watch.click();
  await expect(watch).toHaveAttribute("aria-pressed", "false");
  await expect(panel.chip("KORE")).not.toContainText("watching");
});
