// The bench's page with its modules and its data, in target/bench-site.
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inProject, staging } from "../paths.mjs";
import { step } from "../run.mjs";
import { setUp } from "../setup.mjs";
import { digest, isFresh, remember } from "../stamp.mjs";

const source = (...parts) => inProject("tests", "bench", ...parts);
export const site = inProject("target", "bench-site");

/** Builds what is out of date. `parsing` makes up the document that is parsed. */
export async function buildSite({ parsing }) {
  await setUp();
  const { buildCore } = await import("../wasm.mjs");
  const esbuild = await import("esbuild");
  const core = await buildCore({
    names: ["engine", "views"],
    features: ["bench"],
    stage: path.join(staging, "bench"),
  });
  mkdirSync(site, { recursive: true });
  await esbuild.build({
    entryPoints: ["page.ts", "worker.ts", "peers.ts"].map((name) => source(name)),
    outdir: site,
    bundle: true,
    format: "esm",
    target: "es2022",
    loader: { ".css": "text" },
    alias: Object.fromEntries(
      Object.entries(core).map(([name, { factory }]) => [`simscope-${name}`, factory]),
    ),
    logLevel: "warning",
  });
  for (const [name, { wasm }] of Object.entries(core)) {
    copyFileSync(wasm, path.join(site, `simscope-${name}.wasm`));
  }
  copyFileSync(source("index.html"), path.join(site, "index.html"));
  if (parsing) await makeUpDocument();
}

async function makeUpDocument() {
  const data = path.join(site, "data-sessions.json");
  const stamp = path.join(site, "data.stamp");
  const value = digest([source("data.mjs")]);
  if (isFresh(stamp, value, [data])) return;
  step("making up the data");
  const { dataSessions } = await import("../../tests/bench/data.mjs");
  writeFileSync(data, dataSessions());
  remember(stamp, value);
}
