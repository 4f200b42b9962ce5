// One element's end leaves the others alone: after a panic it says what happened and can start again.
import { expect, test, type Page } from "./guard.ts";
import { engines, recorded, Scope } from "./scope.ts";

const small = [
  recorded("kore/gate-4-data-sessions.json"),
  recorded("soracom/bus-33-events.json"),
] as const;

test.use({ site: "test" });

/** Two elements with a different file each, so that both have an engine. */
async function openTwo(page: Page): Promise<void> {
  await page.goto("./");
  await page.evaluate(() => document.body.append(document.createElement("sim-scope")));
  await expect(page.locator("sim-scope").locator(".view > *")).not.toHaveCount(0);
  await expect.poll(() => running(page)).toEqual([true, true]);
  for (const [index, file] of small.entries()) await new Scope(page, index).load(file);
  expect(engines(page)).toHaveLength(2);
}

/** An element still answers: another file adds to what it shows, and a session can be looked into. */
async function answers(scope: Scope): Promise<void> {
  const before = await scope.totals();
  await scope.choose(recorded("kore/pivot-5-data-sessions.json"));
  await expect(scope.chips).toHaveCount(2);
  await scope.settled();
  const after = await scope.totals();
  expect(after.sims).toBe(before.sims + 1);
  expect(after.sessions).toBeGreaterThan(before.sessions);
  await scope.table("Sessions");
  await scope.rows.first().click();
  await expect(scope.inspector.locator("dt").getByText("Session id")).toBeVisible();
  await scope.inspector.locator("summary").click();
  await expect(scope.inspector.locator("pre").first()).toContainText("{");
}

/** For each element: whether its views are mounted. */
const running = (page: Page) =>
  page
    .locator("sim-scope")
    .evaluateAll((all) =>
      all.map((scope) => (scope.shadowRoot?.querySelector(".view")?.childElementCount ?? 0) > 0),
    );

/** Makes one part of an element panic. */
async function panic(page: Page, index: number, part: "first" | "views" | "engine"): Promise<void> {
  await page
    .locator("sim-scope")
    .nth(index)
    .evaluate(
      (scope, part) =>
        scope.shadowRoot?.querySelector(".view")?.dispatchEvent(new Event(`test-panic-${part}`)),
      part,
    );
}

/** The names of the errors that an element told its page of. */
async function recordErrors(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    for (const scope of document.querySelectorAll("sim-scope")) {
      scope.addEventListener("simscope-error", (event) => {
        told.push((event as CustomEvent<{ details: string }>).detail.details);
      });
    }
  });
  return () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
}

for (const part of ["views", "engine"] as const) {
  test.describe(`a panic in the ${part}`, () => {
    // The trap that ends the call is reported by the browser: on the page as an uncaught error.
    test.use({ allowed: { complaints: [/unreachable/] } });

    test("shows the panel in that element alone, and the other works on", async ({ page }) => {
      await openTwo(page);
      const errors = await recordErrors(page);
      await panic(page, 0, part);
      const alerts = page.locator("sim-scope").getByRole("alert");
      await expect(alerts).toHaveCount(1);
      await expect(page.locator("sim-scope").first().getByRole("alert")).toContainText(
        "simscope stopped",
      );
      await expect(alerts).toContainText(`a panic in the ${part}, for the tests`);
      expect(await running(page)).toEqual([false, true]);
      await expect.poll(() => engines(page).length).toBe(1);
      await expect.poll(errors).toEqual([expect.stringContaining(`a panic in the ${part}`)]);

      // The other's views and engine both still answer, and each can be made to panic in turn.
      await answers(new Scope(page, 1));
      await panic(page, 1, part);
      await expect(alerts).toHaveCount(2);
    });

    test("the stopped element starts again when it is asked to", async ({ page }) => {
      await openTwo(page);
      await panic(page, 0, part);
      const first = page.locator("sim-scope").first();
      await first.getByRole("button", { name: "Reload this view" }).click();
      await expect(first.getByRole("alert")).toHaveCount(0);
      await expect.poll(() => running(page)).toEqual([true, true]);
      // Empty, until something is opened again.
      expect(engines(page)).toHaveLength(1);
      await new Scope(page).load(small[0]);
      expect(engines(page)).toHaveLength(2);
      await answers(new Scope(page));
      await answers(new Scope(page, 1));
    });

    test("the details can be copied, and the stopped element removed", async ({
      page,
      context,
    }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      await openTwo(page);
      await panic(page, 0, part);
      const first = page.locator("sim-scope").first();
      await first.getByRole("button", { name: "Copy details" }).click();
      await expect(first.getByRole("button", { name: "Copied" })).toBeVisible();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toContain(`a panic in the ${part}, for the tests`);
      expect(copied).toContain("src/embed/test_panic.rs");
      await first.evaluate((scope) => scope.remove());
      await expect.poll(() => running(page)).toEqual([true]);
      // Another can be added in its stead.
      await page.evaluate(() => document.body.append(document.createElement("sim-scope")));
      await expect.poll(() => running(page)).toEqual([true, true]);
      await new Scope(page, 1).load(small[0]);
      expect((await new Scope(page, 1).totals()).sims).toBe(1);
      expect(engines(page)).toHaveLength(2);
    });
  });
}

test.describe("a panic in the first screen", () => {
  test.use({ allowed: { complaints: [/unreachable/] } });

  test("shows the panel in that element alone, which starts again when it is asked to", async ({
    page,
  }) => {
    await page.goto("./");
    await page.evaluate(() => document.body.append(document.createElement("sim-scope")));
    await expect.poll(() => running(page)).toEqual([true, true]);
    await panic(page, 0, "first");
    const first = page.locator("sim-scope").first();
    await expect(first.getByRole("alert")).toContainText(
      "a panic in the first screen, for the tests",
    );
    await expect(page.locator("sim-scope").getByRole("alert")).toHaveCount(1);
    await new Scope(page, 1).load(small[1]);
    await answers(new Scope(page, 1));

    await first.getByRole("button", { name: "Reload this view" }).click();
    await new Scope(page).load(small[0]);
    expect((await new Scope(page).totals()).sims).toBe(1);
    expect(engines(page)).toHaveLength(2);
  });
});

test("an element moved within the page keeps running", async ({ page }) => {
  await openTwo(page);
  const kept = await page.evaluate(() => {
    const [first, second] = document.querySelectorAll("sim-scope");
    const view = first?.shadowRoot?.querySelector(".view");
    second?.after(first ?? "");
    return new Promise((resolve) =>
      setTimeout(() => resolve(first?.shadowRoot?.querySelector(".view") === view), 100),
    );
  });
  expect(kept).toBe(true);
  expect(engines(page)).toHaveLength(2);
  // What was the first stands second now.
  await answers(new Scope(page, 1));
});

test("elements that come and go leave no worker and no view behind", async ({ page }) => {
  await openTwo(page);
  for (let round = 0; round < 5; round += 1) {
    await page.evaluate(() => document.body.append(document.createElement("sim-scope")));
    await expect.poll(() => running(page)).toEqual([true, true, true]);
    await new Scope(page, 2).load(small[0]);
    expect(engines(page)).toHaveLength(3);
    await page.evaluate(() => document.querySelectorAll("sim-scope")[2]?.remove());
    await expect.poll(() => engines(page).length).toBe(2);
  }
  // One that goes before it has started leaves nothing either.
  await page.evaluate(() => {
    const brief = document.createElement("sim-scope");
    document.body.append(brief);
    brief.remove();
  });
  await page.waitForTimeout(300);
  expect(engines(page)).toHaveLength(2);
  expect(await running(page)).toEqual([true, true]);
});
