// `npm run build`: from sources to the static site in dist/, and to the npm package in target/npm. Does only what its inputs ask for. With `--test-site` it builds
// the site for the tests of the host instead.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { findHashedName } from "./layout.mjs";
import { dist, inProject, staging, testSite } from "./paths.mjs";
import { main, step } from "./run.mjs";
import { setUp } from "./setup.mjs";
import { digest, isFresh, remember } from "./stamp.mjs";

const pageInputs = [
  "www",
  "index.html",
  "package-lock.json",
  "tools/bundle.mjs",
  "tools/compress.mjs",
  "tools/layout.mjs",
  "tools/networks.mjs",
  "tools/sizes.mjs",
];

/** What must be there for a built site to be one. */
const resultsIn = (site) => [
  path.join(site, "index.html"),
  path.join(site, findHashedName(site) ?? "no hashed folder"),
];

/** Builds what is out of date. */
export async function build() {
  await setUp();
  // These need the npm packages, which are there only now.
  const { buildCore } = await import("./wasm.mjs");
  const { bundle } = await import("./bundle.mjs");
  const { compress } = await import("./compress.mjs");
  const { checkSizes } = await import("./sizes.mjs");
  const { buildPackage } = await import("./package.mjs");

  const core = await buildCore();
  const stamp = path.join(staging, "page.stamp");
  const value = digest([
    ...pageInputs,
    ...Object.values(core).flatMap(({ wasm, factory }) => [wasm, factory]),
  ]);
  if (isFresh(stamp, value, resultsIn(dist))) {
    step("dist/ is up to date");
  } else {
    await bundle(core);
    await compress(dist);
    checkSizes();
    remember(stamp, value);
  }
  await buildPackage(core);
}

/**
 * Builds the site for the tests of the host, into target/test-site/: the same page side around a core that can be made
 * to panic (compiled quickly, not optimised), and beside it the scripts of tests/e2e/fixtures.
 */
export async function buildTestSite() {
  await setUp();
  const { buildCore } = await import("./wasm.mjs");
  const { bundle } = await import("./bundle.mjs");
  const stage = path.join(staging, "test");
  const core = await buildCore({ features: ["test-panic"], stage, quickly: true });
  const more = [inProject("tests", "e2e", "fixtures", "host.ts")];
  const stamp = path.join(stage, "page.stamp");
  const value = digest([
    ...pageInputs,
    ...more,
    ...Object.values(core).flatMap(({ wasm, factory }) => [wasm, factory]),
  ]);
  if (isFresh(stamp, value, resultsIn(testSite))) return;
  await bundle(core, { dist: testSite, more });
  remember(stamp, value);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(process.argv.includes("--test-site") ? buildTestSite : build);
}
