// The scripts of the package: the entry with what it fetches, the one with everything in it, and the one for Node.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { dataFolders, moduleOptions, refusePeers } from "../bundle.mjs";
import { filesBelow } from "../layout.mjs";
import { networksFile } from "../networks.mjs";
import { www } from "../paths.mjs";
import { ToolError } from "../run.mjs";

const source = (name) => path.join(www, name);

/** Writes them into `folder`. Resolves to the sources (paths from the project's folder) that are in them. */
export async function bundleInto(folder, core) {
  const esbuild = await import("esbuild");
  const options = moduleOptions(esbuild, core, "./assets/");
  const made = await Promise.all([
    esbuild.build({
      ...options,
      entryPoints: {
        simscope: source("simscope.ts"),
        "assets/views": source("views.ts"),
        "assets/worker": source("worker.ts"),
        "assets/map": source("map.ts"),
        "assets/live": source("live.ts"),
        "assets/case": source("case.ts"),
        "assets/history": source("history.ts"),
      },
      outdir: folder,
      splitting: true,
      chunkNames: "assets/shared-[hash]",
    }),
    esbuild.build({
      ...options,
      entryPoints: { inline: source("inline.ts") },
      outdir: folder,
      // An address of its own is the one thing that it must not ask for: as a script that is no module it has none.
      define: { ...options.define, "import.meta.url": "undefined" },
      plugins: [...options.plugins, embeddedFiles(core)],
    }),
    esbuild.build({
      ...options,
      entryPoints: { node: source("node.ts") },
      outdir: folder,
      platform: "node",
      target: "node20",
    }),
  ]);
  const sources = [...new Set(made.flatMap(({ metafile }) => Object.keys(metafile.inputs)))];
  refusePeers(sources);
  const scripts = filesBelow(folder).filter((name) => /^(assets\/)?[\w-]+\.js$/.test(name));
  const marked = scripts.map((name) => markImports(path.join(folder, name)));
  const count = marked.reduce((sum, found) => sum + found, 0);
  if (count !== computedImports) {
    throw new ToolError(
      `The package imports from ${count} computed addresses; ${computedImports} are known.`,
    );
  }
  return sources.sort();
}

/** What tells webpack and Vite that an import is the browser's, not theirs. Minifying drops comments, so they come last. */
const marks = "/* webpackIgnore: true */ /* @vite-ignore */ ";

/** That of www/assets.ts, and those of www/map/library.ts and zip.js (never called), which are in the script with everything in it as well. */
const computedImports = 5;

/** Marks the imports in a script whose addresses are computed: bundlers can make nothing of them, and some complain. Returns how many. */
function markImports(file) {
  const parts = readFileSync(file, "utf8").split(/(?<![\w$.])import\((?!["'`])/);
  if (parts.length > 1) writeFileSync(file, parts.join(`import(${marks}`));
  return parts.length - 1;
}

/** `import files from "simscope-files"`: what the entry of one script would otherwise fetch. */
function embeddedFiles(core) {
  const namespace = "simscope-files";
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: /^simscope-files$/ }, ({ path }) => ({ path, namespace }));
      build.onLoad({ filter: /./, namespace }, async () => {
        const files = Object.entries(contents(core)).map(async ([name, bytes]) => {
          const packed = await promisify(gzip)(bytes, { level: 9 });
          return [name, packed.toString("base64")];
        });
        const text = JSON.stringify(Object.fromEntries(await Promise.all(files)));
        return { contents: text, loader: "json" };
      });
    },
  };
}

/** The files by their names. The map's library is not among them: it has to start a worker from a file of its own. */
function contents(core) {
  const files = { "networks.txt": Buffer.from(networksFile()) };
  for (const [name, { wasm }] of Object.entries(core)) {
    files[`simscope-${name}.wasm`] = readFileSync(wasm);
  }
  for (const folder of dataFolders) {
    for (const name of filesBelow(source(folder))) {
      files[`${folder}/${name}`] = readFileSync(path.join(source(folder), name));
    }
  }
  return files;
}
