// <sim-scope> in a page of somebody else's, its module from another origin, as from a CDN, under the strictest policy
// that works: the one README.md tells.
import { expect } from "./guard.ts";
import { page as pageAround, portal } from "./portal.ts";
import { recorded, Scope } from "./scope.ts";

const test = portal({
  "index.html": pageAround("<sim-scope></sim-scope><sim-scope></sim-scope>"),
});

test("elements of a module from a CDN start, each with a worker", async ({ page }) => {
  await page.goto("./");
  const started = () =>
    page
      .locator("sim-scope")
      .evaluateAll((all) =>
        all.map((scope) => (scope.shadowRoot?.querySelector(".view")?.childElementCount ?? 0) > 0),
      );
  await expect.poll(started).toEqual([true, true]);
  expect(page.workers(), "nothing runs before something is opened").toHaveLength(0);
  await new Scope(page).load(recorded("kore/gate-4-data-sessions.json"));
  await new Scope(page, 1).load(recorded("soracom/bus-33-events.json"));
  expect(await new Scope(page).totals()).toMatchObject({ sims: 1, sessions: 23 });
  expect(await new Scope(page, 1).totals()).toMatchObject({ sims: 1 });
  await expect(page.locator("sim-scope .map canvas")).toHaveCount(2);
  // Two engines, and what the map's library has.
  expect(page.workers().length).toBeGreaterThanOrEqual(2);
  for (const worker of page.workers()) expect(worker.url()).toMatch(/^blob:/);
  // The page keeps its own title, and nothing is stored in its origin.
  await expect(page).toHaveTitle("Portal");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});
