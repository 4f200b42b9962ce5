import assert from "node:assert/strict";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { digest, isFresh, remember } from "./stamp.mjs";

let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "simscope-stamp-"));
  mkdirSync(path.join(folder, "in"));
  writeFileSync(path.join(folder, "in", "a"), "1");
});
afterEach(() => rmSync(folder, { recursive: true }));
const inputs = () => [path.join(folder, "in")];

test("a digest follows contents, names and words, and nothing else", () => {
  const before = digest(inputs(), ["x"]);
  assert.equal(digest(inputs(), ["x"]), before);
  assert.notEqual(digest(inputs(), ["y"]), before);
  assert.notEqual(digest(inputs(), ["x", ""]), before);
  writeFileSync(path.join(folder, "in", "a"), "2");
  assert.notEqual(digest(inputs(), ["x"]), before);
  writeFileSync(path.join(folder, "in", "a"), "1");
  assert.equal(digest(inputs(), ["x"]), before);
  writeFileSync(path.join(folder, "in", "b"), "");
  assert.notEqual(digest(inputs(), ["x"]), before);
});

test("a result is fresh only with its stamp, and only while it is there", () => {
  const stamp = path.join(folder, "out", "stamp");
  const result = path.join(folder, "result");
  const value = digest(inputs());
  assert.equal(isFresh(stamp, value), false);
  remember(stamp, value);
  assert.equal(isFresh(stamp, value), true);
  assert.equal(isFresh(stamp, "other"), false);
  assert.equal(isFresh(stamp, value, [result]), false);
  writeFileSync(result, "");
  assert.equal(isFresh(stamp, value, [result]), true);
});
