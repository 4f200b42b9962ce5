// Writes the demo fleet to www/demo: `node tools/demo/generate.mjs`. Same input, same bytes; files of earlier fleets are removed.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { fleetFiles } from "./fleet.mjs";

const target = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "www", "demo");

rmSync(target, { recursive: true, force: true });
let total = 0;
const files = fleetFiles();
for (const [path, text] of files) {
  const file = join(target, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  total += Buffer.byteLength(text);
}
console.log(`${files.size} files, ${total} bytes in ${target}`);
