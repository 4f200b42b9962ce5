// Weighs what is fetched up to the first screen and after it, and fails when a part grows past its budget.
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { filesBelow, hashedFolder } from "./layout.mjs";
import { dist as defaultDist } from "./paths.mjs";
import { step, ToolError } from "./run.mjs";

/** What everything fetched up to the first screen may never be over, in bytes after brotli at its best level. */
const bars = { first: 200_000, script: 25_000 };
/** What the parts are kept below: near the size of the first screen's module, so that nothing heavy comes into it unseen. */
const budgets = {
  ...{ first: 62_000, views: 445_000, live: 240_000 },
  // 353 kB; geolocate services, and distances, with which the arithmetic of angles comes: 9 kB; names of networks, and forms of cells: 5 kB;
  // what a host page asks for (sessions as CSV and GeoJSON, rows by their marks and names): 17 kB; what goes into a case, masked: 19 kB;
  // findings, reports, labels and what the table of SIMs tells: 135 kB.
  engine: 550_000,
  // zip.js, and what is around it.
  case: 42_000,
};

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** The size of what the build compressed; where it did not, as good as it would be. */
const sizeOf = (file, otherwise) => (existsSync(file) ? statSync(file).size : otherwise());

function weigh(files) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(file);
    total.raw += bytes.length;
    total.gzip += sizeOf(`${file}.gz`, () => gzipSync(bytes, { level: 9 }).length);
    total.brotli += sizeOf(`${file}.br`, () => brotli(bytes));
  }
  return total;
}

/** A script and every piece it imports at once; pieces it imports later, with import(), are not part of it. */
function withImports(folder, names, seen = new Set()) {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    const text = readFileSync(path.join(folder, name), "utf8");
    const found = text.matchAll(/(?:^|[;\s}])(?:import|from)\s*"\.\/([\w.-]+\.js)"/g);
    withImports(
      folder,
      [...found].map((match) => match[1]),
      seen,
    );
  }
  return seen;
}

/** Every file below a folder, but for the compressed ones. */
function everyFile(folder) {
  if (!existsSync(folder)) return [];
  return filesBelow(folder)
    .filter((name) => !name.endsWith(".br") && !name.endsWith(".gz"))
    .map((name) => path.join(folder, name));
}

/** Prints the table and throws when a part is over its budget. */
export function checkSizes(dist = defaultDist) {
  step("weighing dist/");
  const folder = hashedFolder(dist);
  const first = withImports(folder, ["check.js", "page.js"]);
  const built = (names) => [...names].map((name) => path.join(folder, name));
  const opened = withImports(folder, ["views.js", "worker.js"]);
  /** Scripts, or the pieces that they need, without what was fetched before. */
  const without = (before, names) => built([...names].filter((name) => !before.has(name)));
  const whenShown = existsSync(path.join(folder, "map.js")) ? withImports(folder, ["map.js"]) : [];
  const whenSaved = existsSync(path.join(folder, "case.js"))
    ? withImports(folder, ["case.js"])
    : [];
  const whenKept = existsSync(path.join(folder, "history.js"))
    ? withImports(folder, ["history.js"])
    : [];
  const before = new Set([...first, ...opened]);
  const parts = {
    first: { label: "core .wasm, first screen", files: built(["simscope-first.wasm"]) },
    script: { label: "own JavaScript, first screen", files: built(first) },
    style: { label: "page style (the rest is in the script)", files: built(["page.css"]) },
    views: {
      label: "views, when something is opened",
      files: [...built(["simscope-views.wasm"]), ...without(first, opened)],
    },
    engine: {
      label: "engine .wasm, when something is opened",
      files: built(["simscope-engine.wasm"]),
    },
    live: {
      label: "live part, when a provider is connected",
      files: [
        ...built(["simscope-live.wasm"]),
        ...without(before, withImports(folder, ["live.js"])),
      ],
    },
    map: {
      label: "map, when one is shown",
      files: [
        ...without(before, whenShown),
        ...everyFile(path.join(folder, "maplibre")),
        ...everyFile(path.join(folder, "basemap")),
      ],
    },
    case: {
      label: "cases, when one is saved or opened",
      files: without(before, whenSaved),
    },
    history: {
      label: "kept history, when something is kept",
      files: without(before, whenKept),
    },
    names: {
      label: "names of networks, where a vendor has none",
      files: built(["networks.txt"]).filter((file) => existsSync(file)),
    },
    demo: { label: "demo, when it is opened", files: everyFile(path.join(folder, "demo")) },
  };
  const column = (value) => String(value).padStart(10);
  console.log(`  ${"bytes".padEnd(40)}${["raw", "gzip", "brotli"].map(column).join("")}`);
  const over = [];
  for (const [name, { label, files }] of Object.entries(parts)) {
    const { raw, gzip, brotli } = weigh(files);
    console.log(`  ${label.padEnd(40)}${[raw, gzip, brotli].map(column).join("")}`);
    const is = `${label} is ${brotli} bytes after brotli`;
    if (bars[name] && brotli > bars[name]) {
      over.push(`${is}; it may never be over ${bars[name]}`);
    } else if (budgets[name] && brotli > budgets[name]) {
      over.push(`${is}; its budget is ${budgets[name]}`);
    }
  }
  if (over.length) throw new ToolError(`${over.join(". ")}. Make it smaller.`);
}
