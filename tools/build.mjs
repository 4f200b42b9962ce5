// `npm run build`: from sources to the static site in dist/. Does only what its inputs ask for.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { dist, staging } from "./paths.mjs";
import { main, step } from "./run.mjs";
import { setUp } from "./setup.mjs";
import { digest, isFresh, remember } from "./stamp.mjs";

const pageInputs = [
  "www",
  "index.html",
  "package-lock.json",
  "tools/bundle.mjs",
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
  const value = digest([...pageInputs, core.wasm, core.factory]);
  if (isFresh(stamp, value, [path.join(dist, "index.html")])) {
    step("dist/ is up to date");
    return;
  }
  await bundle(core);
  checkSizes();
  remember(stamp, value);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(build);
