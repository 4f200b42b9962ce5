// Runs the suite against the built dist/, in the browser that the variable CHROME names (`npm test` sets it).
import { defineConfig } from "@playwright/test";
import { brief, painting, plain } from "./launch.ts";

/** The suites that look at the map as it is painted, with WebGL in software where there is no graphics card. */
const painted =
  /\/(accessibility|basemap|demo|embed|first-screen|linked|locate|map|outline|picture|policies|smoke)\.spec\.ts$/;

/** Those of fleets that take all that a browser has. */
const large = /\/large\.spec\.ts$/;

/** Those of the npm package, which need the examples built around it. */
const packaged = /\/package[\w-]*\.spec\.ts$/;

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  globalSetup: "./serve.ts",
  reporter: "list",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // Generous: WebGL is drawn in software, two pages share two cores, and machines are of different speeds. Nothing here is about speed.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  // A machine that is busy with something else must not fail a change; what passes only the second time is listed as flaky.
  retries: process.env["CI"] ? 1 : 0,
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    // A trace of every test takes as long as the tests do.
    trace: "on-first-retry",
  },
  projects: [
    {
      name: "painted",
      testMatch: painted,
      use: { launchOptions: painting },
    },
    {
      // All else is about the page around the map, which is an outline here.
      name: "plain",
      testIgnore: [painted, packaged, large],
      use: { launchOptions: brief },
    },
    { name: "large", testMatch: large, use: { launchOptions: plain } },
    { name: "examples", testMatch: "package.setup.ts" },
    {
      name: "package",
      testMatch: packaged,
      dependencies: ["examples"],
      use: { launchOptions: plain },
    },
  ],
});
