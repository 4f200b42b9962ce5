// The page opens under the strict policy, and elements come and go without touching each other.
import { expect, test } from "./guard.ts";
import { engines, recorded, Scope } from "./scope.ts";

const question = "What did the SIM do?";

test("the page opens under the strict policy", async ({ page }) => {
  const response = await page.goto("./");
  const policy = response?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  await expect(page).toHaveTitle("simscope");
  await expect(page.locator("sim-scope").getByRole("heading", { name: question })).toBeVisible();
});

test("everything is mounted in an open shadow root with constructed styles", async ({ page }) => {
  await page.goto("./");
  const element = page.locator("sim-scope");
  await expect(element.getByRole("heading", { name: question })).toBeVisible();
  const inside = await element.evaluate((scope) => ({
    mode: scope.shadowRoot?.mode,
    sheets: scope.shadowRoot?.adoptedStyleSheets.length,
    light: scope.childNodes.length,
    size: getComputedStyle(scope.shadowRoot?.querySelector(".simscope") ?? scope).fontSize,
  }));
  expect(inside).toEqual({ mode: "open", sheets: 2, light: 0, size: "12px" });
});

test("two elements live on one page, and one goes without the other", async ({ page }) => {
  await page.goto("./");
  await page.evaluate(() => document.body.append(document.createElement("sim-scope")));
  const headings = page.locator("sim-scope").getByRole("heading", { name: question });
  await expect(headings).toHaveCount(2);
  expect(page.workers(), "nothing runs before something is opened").toHaveLength(0);
  const [first, second] = [new Scope(page), new Scope(page, 1)];
  await first.load(recorded("kore/gate-4-data-sessions.json"));
  expect(engines(page)).toHaveLength(1);
  await expect(headings).toHaveCount(1);
  await second.load(recorded("soracom/bus-33-events.json"));
  expect(engines(page)).toHaveLength(2);
  const { sessions } = await second.totals();
  expect(sessions).not.toBe((await first.totals()).sessions);

  await page
    .locator("sim-scope")
    .first()
    .evaluate((scope) => scope.remove());
  await expect(page.locator("sim-scope")).toHaveCount(1);
  await expect.poll(() => engines(page).length).toBe(1);
  // What was the second is alone now, and still answers.
  expect((await first.totals()).sessions).toBe(sessions);
  await first.table("Sessions");
  await first.rows.first().click();
  await expect(first.inspector).toContainText("Session id");
});

test("an element that was removed starts again when it is put back", async ({ page }) => {
  await page.goto("./");
  const heading = page.locator("sim-scope").getByRole("heading", { name: question });
  await expect(heading).toBeVisible();
  const scope = new Scope(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  expect(engines(page)).toHaveLength(1);
  const kept = await page.evaluateHandle(() => {
    const scope = document.querySelector("sim-scope");
    scope?.remove();
    return scope;
  });
  await expect.poll(() => page.workers().length).toBe(0);
  expect(await kept.evaluate((scope) => scope?.shadowRoot?.textContent)).toBe("");

  await kept.evaluate((scope) => document.body.append(scope ?? ""));
  await expect(heading).toBeVisible();
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  expect((await scope.totals()).sims).toBe(1);
  expect(engines(page)).toHaveLength(1);
});

for (const part of ["map.js", "maplibre-gl.mjs"]) {
  test(`an element that is removed while ${part} is on its way says nothing`, async ({ page }) => {
    let hand: () => void = () => undefined;
    const isAsked = new Promise<void>((asked) => {
      void page.route(`**/${part}`, async (route) => {
        const isTaken = new Promise<void>((taken) => (hand = taken));
        asked();
        await isTaken;
        await route.continue();
      });
    });
    await page.goto("./");
    const scope = new Scope(page);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    await isAsked;
    await page.evaluate(() => document.querySelector("sim-scope")?.remove());
    const isThere = page.waitForResponse(`**/${part}`);
    hand();
    await (await isThere).finished();
    await page.waitForTimeout(1000);
    expect(page.workers()).toEqual([]);
  });
}

test("each module is fetched once for several elements, all but the first when something is opened", async ({
  page,
}) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto("./");
  await page.evaluate(() => document.body.append(document.createElement("sim-scope")));
  const headings = page.locator("sim-scope").getByRole("heading", { name: question });
  await expect(headings).toHaveCount(2);
  const modules = () =>
    fetched.filter((path) => path.endsWith(".wasm")).map((path) => path.split("/").at(-1));
  expect(modules()).toEqual(["simscope-first.wasm"]);
  await new Scope(page).load(recorded("kore/gate-4-data-sessions.json"));
  await new Scope(page, 1).load(recorded("soracom/bus-33-events.json"));
  expect(modules().sort()).toEqual([
    "simscope-engine.wasm",
    "simscope-first.wasm",
    "simscope-views.wasm",
  ]);
});
