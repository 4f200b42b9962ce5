import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, mock, test } from "node:test";
import { checkSizes } from "./sizes.mjs";

const scripts = {
  "page.js": 'import{a}from"./shared-A.js";import("./map.js")',
  "worker.js": 'import"./shared-A.js";',
  "shared-A.js": "export const a = 1;",
};
const firstScreen = Object.values(scripts).join("").length;

let dist;
let lines;
beforeEach(() => {
  dist = mkdtempSync(path.join(tmpdir(), "simscope-sizes-"));
  write("simscope-views.wasm", "small");
  write("simscope-engine.wasm", "small");
  write("simscope-live.wasm", "small");
  write("live.js", 'import"./shared-A.js";');
  for (const [name, text] of Object.entries(scripts)) write(name, text);
  write("page.css", "");
  lines = [];
  mock.method(console, "log", (line) => lines.push(line));
});
afterEach(() => {
  mock.restoreAll();
  rmSync(dist, { recursive: true });
});

function write(name, content) {
  mkdirSync(path.dirname(path.join(dist, name)), { recursive: true });
  writeFileSync(path.join(dist, name), content);
}

/** Bytes that no compressor makes smaller. */
const incompressible = (length) => randomBytes(length).toString("latin1");
const raw = (label) => Number(/^ *\D+(\d+)/.exec(lines.find((line) => line.includes(label)))?.[1]);

test("a small site is within its budgets, shared pieces weighed once", () => {
  checkSizes(dist);
  assert.equal(raw("own JavaScript"), firstScreen);
});

test("a core over its budget is refused, with what it weighs", () => {
  writeFileSync(path.join(dist, "simscope-views.wasm"), randomBytes(200_100));
  assert.throws(() => checkSizes(dist), /core .* bytes after brotli; its budget is 200000/);
});

test("scripts over their budget are refused, whichever piece it is", () => {
  write("shared-A.js", `export const a = ${JSON.stringify(incompressible(40_000))};`);
  assert.throws(() => checkSizes(dist), /own JavaScript.*its budget is 25000/);
});

test("the part that asks providers has a budget of its own, with the pieces that only it needs", () => {
  write("live.js", 'import"./shared-A.js";import"./shared-L.js";');
  write("shared-L.js", "export const l = 1;");
  checkSizes(dist);
  assert.equal(raw("own JavaScript"), firstScreen);
  writeFileSync(path.join(dist, "simscope-live.wasm"), randomBytes(240_000));
  assert.throws(() => checkSizes(dist), /live part.*its budget is 230000/);
});

test("what is fetched later is weighed apart and has no part in the first screen's budget", () => {
  write("map.js", 'import"./shared-A.js";import"./shared-M.js";');
  write("shared-M.js", `"${incompressible(60_000)}"`);
  write("maplibre/maplibre-gl.mjs", "m".repeat(100));
  write("demo/index.json", "[]");
  checkSizes(dist);
  assert.equal(raw("own JavaScript"), firstScreen);
  assert.ok(raw("map, when one is shown") > 60_000);
  assert.equal(raw("demo, when it is opened"), 2);
});
