// Weighs what the first screen fetches, and fails when it grows past its budget.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { dist as defaultDist } from "./paths.mjs";
import { step, ToolError } from "./run.mjs";

/** Bytes after brotli at its best level. */
// The engine and the live part are not part of the first screen, so they have budgets of their own.
const budgets = { core: 200_000, engine: 240_000, live: 230_000, script: 25_000 };

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

function weigh(files) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(file);
    total.raw += bytes.length;
    total.gzip += gzipSync(bytes, { level: 9 }).length;
    total.brotli += brotli(bytes);
  }
  return total;
}

/** A script and every piece it imports at once; pieces it imports later, with import(), are not part of it. */
function withImports(dist, names, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    const text = readFileSync(path.join(dist, name), "utf8");
    const found = text.matchAll(/(?:^|[;\s}])(?:import|from)\s*"\.\/([\w.-]+\.js)"/g);
    withImports(
      dist,
      [...found].map((match) => match[1]),
      seen,
    );
  }
  return seen;
}

function everyFile(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** Prints the table and throws when a part is over its budget. */
export function checkSizes(dist = defaultDist) {
  step("weighing dist/");
  const first = withImports(dist, ["page.js", "worker.js"]);
  const inDist = (names) => [...names].map((name) => path.join(dist, name));
  const later = existsSync(path.join(dist, "map.js"))
    ? [...withImports(dist, ["map.js"])].filter((name) => !first.has(name))
    : [];
  const parts = {
    core: { label: "core .wasm, first screen (views)", files: inDist(["simscope-views.wasm"]) },
    engine: {
      label: "engine .wasm, when something is opened",
      files: inDist(["simscope-engine.wasm"]),
    },
    live: {
      label: "live part, when a provider is connected",
      files: inDist([
        "simscope-live.wasm",
        ...[...withImports(dist, ["live.js"])].filter((name) => !first.has(name)),
      ]),
    },
    script: { label: "own JavaScript, first screen", files: inDist(first) },
    style: { label: "page style (the rest is in the script)", files: inDist(["page.css"]) },
    map: {
      label: "map, when one is shown",
      files: [
        ...inDist(later),
        ...everyFile(path.join(dist, "maplibre")),
        ...everyFile(path.join(dist, "basemap")),
      ],
    },
    demo: { label: "demo, when it is opened", files: everyFile(path.join(dist, "demo")) },
  };
  const column = (value) => String(value).padStart(10);
  console.log(`  ${"bytes".padEnd(40)}${["raw", "gzip", "brotli"].map(column).join("")}`);
  const over = [];
  for (const [name, { label, files }] of Object.entries(parts)) {
    const { raw, gzip, brotli } = weigh(files);
    console.log(`  ${label.padEnd(40)}${[raw, gzip, brotli].map(column).join("")}`);
    if (budgets[name] && brotli > budgets[name]) {
      over.push(`${label} is ${brotli} bytes after brotli; its budget is ${budgets[name]}`);
    }
  }
  if (over.length) throw new ToolError(`${over.join(". ")}. Make it smaller.`);
}
