// <sim-scope> in a page of somebody else's, its module from another origin, as from a CDN, under the strictest policy
// that works: the one README.md tells.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { serve } from "../../tools/serve.mjs";
import { expect, test as guarded } from "./guard.ts";
import { recorded, Scope } from "./scope.ts";

const cdn = new URL(process.env["SIMSCOPE_CDN_URL"] ?? "http://cdn.invalid/");

const policy = [
  "default-src 'none'",
  `script-src ${cdn.origin} 'wasm-unsafe-eval'`,
  `connect-src ${cdn.origin}`,
  // The worker is a local script that imports the CDN's, and both count as workers.
  `worker-src blob: ${cdn.origin}`,
  "img-src data:",
];

const portal = `<!doctype html>
<html lang="en">
  <title>Portal</title>
  <link rel="icon" href="data:," />
  <script type="module" src="${cdn.href}simscope.js"></script>
  <sim-scope></sim-scope>
  <sim-scope></sim-scope>
</html>
`;

/** The portal is a host of its own, so that the browser sees a page and a CDN as they are on a network. */
const test = guarded.extend<{ baseURL: string }>({
  baseURL: async ({}, use, { outputDir }) => {
    mkdirSync(outputDir, { recursive: true });
    writeFileSync(path.join(outputDir, "index.html"), portal);
    writeFileSync(
      path.join(outputDir, "_headers"),
      `/*\n  Content-Security-Policy: ${policy.join("; ")}\n`,
    );
    const { url, close } = await serve({ port: 0, dist: outputDir });
    await use(url);
    await close();
  },
});

test.use({ allowed: { origins: [cdn.origin] } });

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
