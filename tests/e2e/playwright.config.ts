// Runs the suite against the built dist/, in the browser that the variable CHROME names (`npm test` sets it).
import { defineConfig } from "@playwright/test";

const asRoot = process.getuid?.() === 0;

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
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env["CHROME"] ?? "/usr/bin/chromium",
      chromiumSandbox: !asRoot,
      args: [
        // Draws WebGL in software where there is no graphics card.
        "--enable-unsafe-swiftshader",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
