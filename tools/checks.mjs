// The checks of `npm test`, each a program with its arguments. A name is what the summary calls it.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { inProject } from "./paths.mjs";
import { rustTool, wasmTarget } from "./setup.mjs";

const bin = (...parts) => inProject("node_modules", ...parts);
const node = (name, script, ...args) => ({
  name,
  program: process.execPath,
  args: [script, ...args],
});
const cargo = (name, ...args) => ({ name, program: "cargo", args });
const denyWarnings = ["--", "-D", "warnings"];

export const rustFormat = cargo("Rust is formatted (rustfmt)", "fmt", "--all", "--check");
export const pageFormat = node(
  "everything else is formatted (prettier)",
  bin("prettier", "bin", "prettier.cjs"),
  ...["--check", "--log-level", "warn", "."],
);
export const types = node(
  "TypeScript types hold (tsc)",
  bin("typescript", "bin", "tsc"),
  "--noEmit",
);
export const clippyNative = cargo(
  "clippy, native",
  ...["clippy", "--quiet", "--all-targets", ...denyWarnings],
);
// Only the library and the browser suite exist for the browser; the native suites and examples are not compiled for it.
export const clippyWasm = cargo(
  "clippy, browser",
  ...["clippy", "--quiet", "--all-features", "--target", wasmTarget],
  ...["--lib", "--test", "browser", ...denyWarnings],
);
export const nativeTests = cargo("native tests", "test", "--quiet", "--no-fail-fast");

/** The suites that node runs: beside the tools, and of the page side in tests/host. */
export function nodeTests() {
  const folders = ["host", "map", "providers"].map((name) => path.join("tests", name));
  const suites = ["tools", ...folders].flatMap((folder) =>
    existsSync(inProject(folder))
      ? readdirSync(inProject(folder), { recursive: true }).map((name) => path.join(folder, name))
      : [],
  );
  return node(
    "tests of the tools and of the page's host",
    ...["--import", "./tools/typescript.mjs", "--test", "--test-reporter=spec"],
    ...suites.filter((name) => /\.test\.(mjs|ts)$/.test(name)).sort(),
  );
}

/** The suites in tests/deploy: the configurations of deploy/ in the real nginx and Caddy. */
export function deployTests() {
  const folder = path.join("tests", "deploy");
  const suites = readdirSync(inProject(folder)).filter((name) => name.endsWith(".test.mjs"));
  return node(
    "tests of the nginx and Caddy configurations",
    ...["--test", "--test-reporter=spec"],
    ...suites.sort().map((name) => path.join(folder, name)),
  );
}

/** The suites in tests/package: the npm package as it is packed. They share a folder that it is installed into. */
export function packageTests() {
  const folder = path.join("tests", "package");
  const suites = readdirSync(inProject(folder)).filter((name) => name.endsWith(".test.mjs"));
  return node(
    "tests of the npm package",
    ...["--test", "--test-concurrency=1", "--test-reporter=spec"],
    ...suites.sort().map((name) => path.join(folder, name)),
  );
}

/** The suite in tests/browser, inside the browser that `settings` (a webdriver.json) names. */
export const browserTests = (driver, settings) => ({
  ...cargo("tests of the core in the browser", "test", "--target", wasmTarget, "--test", "browser"),
  env: {
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: rustTool("wasm-bindgen-test-runner"),
    CHROMEDRIVER: driver,
    WASM_BINDGEN_TEST_WEBDRIVER_JSON: settings,
  },
});

/** The suite in tests/e2e against the built dist/; more arguments go to Playwright. */
export const pageTests = (browser, args = []) => ({
  ...node(
    "tests of the built page",
    bin("@playwright", "test", "cli.js"),
    ...["test", "--config", path.join("tests", "e2e"), ...args],
  ),
  env: { CHROME: browser },
});
