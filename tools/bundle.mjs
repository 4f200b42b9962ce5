// The page side: TypeScript and CSS into ES modules in dist/, and everything that is copied as it is. layout.mjs says what
// lies where.
import {
  cpSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { filesBelow, headersFor, nameByContent, pointInto, stub } from "./layout.mjs";
import { networksFile } from "./networks.mjs";
import { dist as defaultDist, inProject, root, www } from "./paths.mjs";
import { step, ToolError } from "./run.mjs";

// views.ts, map.ts, live.ts, case.ts and history.ts are entries of their own, so that their files have stable names and are fetched
// when something is opened, when a map is shown, when a provider is connected, when a case is saved or opened and when history is
// kept, not before.
const entries = [
  ...["simscope.ts", "page.ts", "views.ts", "worker.ts"],
  ...["map.ts", "live.ts", "case.ts", "history.ts"],
];
/** Folders that are fetched from as they are. */
export const dataFolders = ["demo", "basemap"];
// MapLibre starts its worker from a file beside its own: both stay as they are published.
const mapLibrary = ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl-shared.mjs"];

/** `import css from "./x.css"` gives the minified text, for constructed style sheets. */
export function cssText(esbuild) {
  return {
    name: "css-text",
    setup(build) {
      build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
        const source = readFileSync(file, "utf8");
        const { code } = await esbuild.transform(source, { loader: "css", minify: true });
        return { contents: code.trim(), loader: "text" };
      });
    },
  };
}

/** What the bench compares with. */
const peers = /node_modules\/(echarts|zrender|moment|vis-[\w-]+)\//;

/** Throws where one of the bench's peers is among the files (paths) that a bundle is made of: they are never shipped. */
export function refusePeers(files) {
  const found = files.find((file) => peers.test(file));
  if (found) throw new ToolError(`${found} is for the bench alone, and would be shipped.`);
}

/** Bundles into `dist` around the core built before (`{ first, views, engine, live }`, each `{ wasm, factory }`); `more` are scripts beside the site's own. */
export async function bundle(core, { dist = defaultDist, more = [] } = {}) {
  step(`bundling the page side into ${path.relative(root, dist)}/`);
  rmSync(dist, { recursive: true, force: true });
  // Its name comes from what is in it, so last.
  const folder = path.join(dist, "simscope-unnamed");
  mkdirSync(folder, { recursive: true });
  await compileInto(folder, core, more);
  copyInto(folder, core);
  copyFileSync(path.join(www, "icon.svg"), path.join(folder, "icon.svg"));

  const files = filesBelow(folder);
  const name = nameByContent(folder);
  renameSync(folder, path.join(dist, name));
  const write = (file, text) => writeFileSync(path.join(dist, file), text);
  write("index.html", pointInto(readFileSync(inProject("index.html"), "utf8"), name, files));
  write("simscope.js", stub(name));
  write("_headers", headersFor(readFileSync(path.join(www, "_headers"), "utf8"), name, files));
}

/**
 * How every bundle of simscope is made, around the core. `folder` is where its entry finds the files that are fetched, from itself;
 * where a bundle has no such files, it is not asked.
 */
export const moduleOptions = (esbuild, core, folder = "./") => ({
  metafile: true,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  alias: Object.fromEntries(
    Object.entries(core).map(([name, { factory }]) => [`simscope-${name}`, factory]),
  ),
  define: { ASSET_FOLDER: JSON.stringify(folder) },
  external: ["./maplibre/*"],
  plugins: [cssText(esbuild)],
  legalComments: "none",
  logLevel: "warning",
});

async function compileInto(outdir, core, more) {
  const esbuild = await import("esbuild");
  const { metafile } = await esbuild.build({
    ...moduleOptions(esbuild, core),
    entryPoints: [
      ...entries.map((name) => path.join(www, name)).filter((file) => existsSync(file)),
      ...more,
    ],
    entryNames: "[name]",
    outdir,
    splitting: true,
    // One level: new URL("…", import.meta.url) must mean the same folder in every piece.
    chunkNames: "shared-[hash]",
  });
  refusePeers(Object.keys(metafile.inputs));
  const small = { outdir, minify: true, logLevel: "warning" };
  await esbuild.build({ ...small, entryPoints: [path.join(www, "page.css")] });
  // For browsers that know no modules, so in words that any browser reads; what cannot be said in them fails the build.
  await esbuild.build({ ...small, entryPoints: [path.join(www, "check.js")], target: "es5" });
}

/** The files that are fetched and are not scripts of ours: the modules, the data, the map's library. */
export function copyInto(folder, core) {
  for (const [name, { wasm }] of Object.entries(core)) {
    copyFileSync(wasm, path.join(folder, `simscope-${name}.wasm`));
  }
  for (const name of dataFolders) {
    if (existsSync(path.join(www, name))) {
      cpSync(path.join(www, name), path.join(folder, name), { recursive: true });
    }
  }
  writeFileSync(path.join(folder, "networks.txt"), networksFile());
  const library = inProject("node_modules", "maplibre-gl", "dist");
  mkdirSync(path.join(folder, "maplibre"));
  for (const name of mapLibrary) {
    copyFileSync(path.join(library, name), path.join(folder, "maplibre", name));
  }
  const licence = inProject("node_modules", "maplibre-gl", "LICENSE.txt");
  copyFileSync(licence, path.join(folder, "maplibre", "LICENSE.txt"));
}
