// `npm test`: every check and every suite, against the built site. `--quick`: what needs neither browser nor wasm build.
// Goes on after a failure, so that one run tells all; ends with how many tests passed and failed.
import { build, buildTestSite } from "./build.mjs";
import { ensureBrowser, webdriverSettings } from "./browser.mjs";
import * as checks from "./checks.mjs";
import { count } from "./count.mjs";
import { execute, main, ToolError } from "./run.mjs";
import { ensureServers } from "./servers.mjs";
import { ensureCargo, ensureRustComponents, setUp } from "./setup.mjs";

const started = Date.now();
const failures = [];
let passed = 0;
let failed = 0;

/** Runs one step; a failing one that counted no failed test (a lint, a compile error) counts as one. */
async function attempt(name, work) {
  const begun = Date.now();
  console.log(`\n== ${name}`);
  let found = { passed: 0, failed: 0 };
  let ok = true;
  try {
    const { code, output } = await work();
    found = count(output);
    ok = code === 0;
  } catch (error) {
    ok = false;
    console.error(error instanceof ToolError ? error.message : error);
  }
  if (!ok && found.failed === 0) found.failed = 1;
  passed += found.passed;
  failed += found.failed;
  if (!ok) failures.push(name);
  console.log(`== ${ok ? "ok" : "FAILED"}: ${name} (${Math.round((Date.now() - begun) / 1000)} s)`);
  return ok;
}

/** Runs a check; what it prints is shown as it comes, or in one piece at its end where another runs beside it. */
const check = ({ name, program, args, env }, { beside = false } = {}) =>
  attempt(name, async () => {
    const found = await execute(program, args, { env, capture: true, show: !beside });
    if (beside) console.log(`\n-- what was printed by: ${name}\n${found.output.trimEnd()}`);
    return found;
  });

/** Something to be got ready; true where it is. */
const ready = (name, work) =>
  attempt(name, async () => {
    await work();
    return { code: 0, output: "" };
  });

/** What needs neither browser nor wasm build. */
async function quickly() {
  await setUp({ wasm: false });
  await ensureRustComponents();
  for (const of of [checks.rustFormat, checks.nativeTests, checks.types, checks.nodeTests()]) {
    await check(of);
  }
}

/**
 * Everything. Compiling and optimising keep one core busy for most of their time, so the core's checks run beside the built site's; the
 * tests of the built page have the machine for themselves.
 */
async function wholly() {
  await ensureCargo();
  await ensureRustComponents();
  const beside = { beside: true };
  let browser;
  const tools = (async () => {
    await setUp();
    await ready("a browser for the tests", async () => {
      browser = await ensureBrowser();
    });
  })();

  const core = async () => {
    for (const of of [checks.rustFormat, checks.clippyNative, checks.nativeTests]) {
      await check(of, beside);
    }
    await tools;
    await check(checks.clippyWasm, beside);
    if (browser) {
      const settings = webdriverSettings(browser.browser);
      await check(checks.browserTests(browser.driver, settings), beside);
    }
    return ready("build of the site for the tests of the host", buildTestSite);
  };
  const site = async () => {
    await tools;
    for (const of of [checks.types, checks.nodeTests(), checks.pageFormat]) await check(of, beside);
    const built = await ready("build", build);
    if (built) await check(checks.packageTests(), beside);
    if (await ready("nginx and Caddy for the tests", ensureServers)) {
      await check(checks.deployTests(), beside);
    }
    return built;
  };
  const built = await Promise.all([core(), site()]);
  if (browser && built.every(Boolean)) await check(checks.pageTests(browser.browser));
}

await main(async () => {
  await (process.argv.includes("--quick") ? quickly() : wholly());

  console.log(`\n${Math.round((Date.now() - started) / 1000)} s`);
  if (failures.length) console.log(`Failed: ${failures.join("; ")}`);
  console.log(`${passed} passed, ${failed} failed`);
  if (failures.length) process.exitCode = 1;
});
