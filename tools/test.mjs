// `npm test`: every check and every suite, against the built site. `--quick`: what needs neither browser nor wasm build.
// Goes on after a failure, so that one run tells all; ends with how many tests passed and failed.
import { build, buildTestSite } from "./build.mjs";
import { ensureBrowser, webdriverSettings } from "./browser.mjs";
import * as checks from "./checks.mjs";
import { count } from "./count.mjs";
import { execute, main, ToolError } from "./run.mjs";
import { ensureServers } from "./servers.mjs";
import { ensureRustComponents, setUp } from "./setup.mjs";

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

const check = ({ name, program, args, env }) =>
  attempt(name, () => execute(program, args, { env, capture: true }));

await main(async () => {
  const quick = process.argv.includes("--quick");
  await setUp({ wasm: !quick });
  await ensureRustComponents();

  await check(checks.rustFormat);
  if (!quick) await check(checks.clippyNative);
  await check(checks.nativeTests);
  await check(checks.types);
  await check(checks.nodeTests());
  if (!quick) {
    await check(checks.pageFormat);
    await check(checks.clippyWasm);
    const built = await attempt("build", async () => {
      await build();
      await buildTestSite();
      return { code: 0, output: "" };
    });
    if (built) await check(checks.packageTests());
    const served = await attempt("nginx and Caddy for the tests", async () => {
      await ensureServers();
      return { code: 0, output: "" };
    });
    if (served) await check(checks.deployTests());
    let found;
    await attempt("a browser for the tests", async () => {
      found = await ensureBrowser();
      return { code: 0, output: "" };
    });
    if (found) {
      await check(checks.browserTests(found.driver, webdriverSettings(found.browser)));
      if (built) await check(checks.pageTests(found.browser));
    }
  }

  console.log(`\n${Math.round((Date.now() - started) / 1000)} s`);
  if (failures.length) console.log(`Failed: ${failures.join("; ")}`);
  console.log(`${passed} passed, ${failed} failed`);
  if (failures.length) process.exitCode = 1;
});
