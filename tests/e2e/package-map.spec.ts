// The map's library out of the package, where a bundler has put the script elsewhere: it is found, and starts its worker, in the
// folder that setAssetBase names.
import { expect } from "./guard.ts";
import { painting } from "./launch.ts";
import { example, shows } from "./package.ts";
import { Scope } from "./scope.ts";

const test = example("webpack");

test.use({ launchOptions: painting });

test("the map is painted", async ({ page }) => {
  await page.goto("./");
  const scope = new Scope(page);
  await shows(scope, 23);
  await expect(scope.element.locator(".map canvas")).toBeVisible();
  await expect(scope.element.locator("svg.simscope-map-outline")).toHaveCount(0);
  const libraries = page.workers().filter((worker) => worker.url().includes("/maplibre/"));
  expect(libraries.length).toBeGreaterThan(0);
});
