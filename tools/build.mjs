// `npm run build`: from sources to the static site in dist/. Does only what its inputs ask for. With `--test-site` it builds
// the site for the tests of the host instead.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { dist, inProject, staging, testSite } from "./paths.mjs";
import { main, step } from "./run.mjs";
import { setUp } from "./setup.mjs";
import { digest, isFresh, remember } from "./stamp.mjs";

const pageInputs = [
  "www",
  "index.html",
  "package-lock.json",
  "tools/bundle.mjs",
  "tools/networks.mjs",
  "tools/sizes.mjs",
];

/** Builds what is out of date. */
export async function build() {
  await setUp();
  // These need the npm packages, which are there only now.
  const { buildCore } = await import("./wasm.mjs");
  const { bundle } = await import("./bundle.mjs");
  const { checkSizes } = await import("./sizes.mjs");

  const core = await buildCore();
  const stamp = path.join(staging, "page.stamp");
  const value = digest([
    ...pageInputs,
    ...Object.values(core).flatMap(({ wasm, factory }) => [wasm, factory]),
  ]);
  if (isFresh(stamp, value, [path.join(dist, "index.html")])) {
    step("dist/ is up to date");
    return;
  }
  await bundle(core);
  checkSizes();
  remember(stamp, value);
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
  if (isFresh(stamp, value, [path.join(testSite, "index.html")])) return;
  await bundle(core, { dist: testSite, more });
  remember(stamp, value);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(process.argv.includes("--test-site") ? buildTestSite : build);
}
