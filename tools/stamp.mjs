// Remembers what a result was built from, so that a second run with nothing changed does nothing.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";

function* files(entry) {
  if (!existsSync(entry)) return;
  if (statSync(entry).isFile()) return yield entry;
  const names = readdirSync(entry).sort();
  for (const name of names) yield* files(path.join(entry, name));
}

/** A digest of the given files and folders (relative to the project) and of a few words. */
export function digest(entries, words = []) {
  const hash = createHash("sha256");
  for (const word of words) hash.update(`${word}\0`);
  for (const entry of entries) {
    for (const file of files(path.resolve(root, entry))) {
      hash.update(`${path.relative(root, file)}\0`);
      hash.update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}

/** Whether `stampFile` holds this digest and every result still exists. */
export function isFresh(stampFile, value, results = []) {
  return (
    results.every((result) => existsSync(result)) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, "utf8") === value
  );
}

/** Writes the digest down after the results are complete. */
export function remember(stampFile, value) {
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, value);
}
