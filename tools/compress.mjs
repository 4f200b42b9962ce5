// x.br and x.gz beside x, for hosts that send files compressed beforehand. At its best level brotli takes its time, so what was
// compressed once is kept in target/web/compressed, by its content.
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { filesBelow } from "./layout.mjs";
import { staging } from "./paths.mjs";
import { step, ToolError } from "./run.mjs";

const compressible = /\.(css|geojson|html|js|json|map|mjs|ndjson|svg|txt|wasm|webmanifest|xml)$/;
/** Below this an answer fits one packet either way. */
const smallest = 1000;

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
const ways = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/** The path in `cache` of the compressed bytes; an empty file stands for "not smaller". */
async function compressed(bytes, ending, cache) {
  const digest = createHash("sha256").update(bytes).digest("hex");
  const kept = path.join(cache, `${digest}.${ending}`);
  if (!existsSync(kept)) {
    const packed = await ways[ending](bytes);
    // Under its name only once it is whole: a build may be stopped at any time.
    const half = `${kept}.${process.pid}.part`;
    writeFileSync(half, packed.length < bytes.length ? packed : "");
    renameSync(half, kept);
  }
  return kept;
}

/** Compresses what is worth it in `dist`; files with the same content at once, and all in parallel. */
export async function compress(dist, { cache = path.join(staging, "compressed") } = {}) {
  step("compressing what is sent compressed");
  mkdirSync(cache, { recursive: true });
  const works = new Map();
  const kept = await Promise.all(
    filesBelow(dist)
      .filter((name) => compressible.test(name))
      .map((name) => path.join(dist, name))
      .filter((file) => statSync(file).size > smallest)
      .flatMap((file) => Object.keys(ways).map((ending) => [file, ending]))
      .map(async ([file, ending]) => {
        const target = `${file}.${ending}`;
        if (existsSync(target)) throw new ToolError(`${target} is there already.`);
        const bytes = readFileSync(file);
        const key = `${ending} ${bytes.length} ${createHash("sha256").update(bytes).digest("hex")}`;
        if (!works.has(key)) works.set(key, compressed(bytes, ending, cache));
        const from = await works.get(key);
        if (statSync(from).size > 0) copyFileSync(from, target);
        return path.basename(from);
      }),
  );
  // What this build has no use for: the next one will hardly have.
  for (const name of readdirSync(cache)) if (!kept.includes(name)) rmSync(path.join(cache, name));
}
