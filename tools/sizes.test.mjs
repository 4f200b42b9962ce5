import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, mock, test } from "node:test";
import { checkSizes } from "./sizes.mjs";

const scripts = {
  "check.js": "0",
  "page.js": 'import{a}from"./shared-A.js";import("./views.js")',
  "shared-A.js": "export const a = 1;",
};
const firstScreen = Object.values(scripts).join("").length;

let dist;
/** Where all is that is weighed. */
let folder;
let lines;
beforeEach(() => {
  dist = mkdtempSync(path.join(tmpdir(), "simscope-sizes-"));
  folder = path.join(dist, "simscope-0123456789abcdef");
  write("simscope-first.wasm", "small");
  write("simscope-views.wasm", "small");
  write("simscope-engine.wasm", "small");
  write("simscope-live.wasm", "small");
  write("views.js", 'import"./shared-A.js";import"./shared-V.js";');
  write("worker.js", 'import"./shared-V.js";');
  write("shared-V.js", "export const v = 1;");
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
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
}

/** Bytes that no compressor makes smaller. */
const incompressible = (length) => randomBytes(length).toString("latin1");
const raw = (label) => Number(/^ *\D+(\d+)/.exec(lines.find((line) => line.includes(label)))?.[1]);

test("a small site is within its budgets, shared pieces weighed once", () => {
  checkSizes(dist);
  assert.equal(raw("own JavaScript"), firstScreen);
});

test("the first screen's module over its budget is refused, with what it weighs", () => {
  writeFileSync(path.join(folder, "simscope-first.wasm"), randomBytes(62_100));
  assert.throws(() => checkSizes(dist), /core .* bytes after brotli; its budget is 62000/);
  writeFileSync(path.join(folder, "simscope-first.wasm"), randomBytes(200_100));
  assert.throws(() => checkSizes(dist), /core .* bytes after brotli; it may never be over 200000/);
});

test("what is fetched when something is opened has budgets of its own", () => {
  writeFileSync(path.join(folder, "simscope-views.wasm"), randomBytes(444_000));
  writeFileSync(path.join(folder, "simscope-engine.wasm"), randomBytes(329_000));
  checkSizes(dist);
  assert.equal(raw("own JavaScript"), firstScreen);
  // The views' script, the worker's and the piece that both need are part of the views.
  write("shared-V.js", `export const v = ${JSON.stringify(incompressible(4_000))};`);
  assert.throws(() => checkSizes(dist), /views, .*its budget is 445000/);
  writeFileSync(path.join(folder, "simscope-views.wasm"), "small");
  writeFileSync(path.join(folder, "simscope-engine.wasm"), randomBytes(550_100));
  assert.throws(() => checkSizes(dist), /engine .*its budget is 550000/);
});

test("scripts over their budget are refused, whichever piece it is", () => {
  write("shared-A.js", `export const a = ${JSON.stringify(incompressible(40_000))};`);
  assert.throws(() => checkSizes(dist), /own JavaScript.*it may never be over 25000/);
});

test("the part that asks providers has a budget of its own, with the pieces that only it needs", () => {
  write("live.js", 'import"./shared-A.js";import"./shared-V.js";import"./shared-L.js";');
  write("shared-L.js", "export const l = 1;");
  checkSizes(dist);
  assert.equal(raw("own JavaScript"), firstScreen);
  writeFileSync(path.join(folder, "simscope-live.wasm"), randomBytes(270_000));
  assert.throws(() => checkSizes(dist), /live part.*its budget is 240000/);
});

test("the part that saves and opens cases has a budget of its own", () => {
  write("case.js", 'import"./shared-V.js";import"./shared-C.js";');
  write("shared-C.js", "export const c = 1;");
  checkSizes(dist);
  assert.ok(raw("cases, when one is saved") < 100);
  write("shared-C.js", `"${incompressible(60_000)}"`);
  assert.throws(() => checkSizes(dist), /cases, .*its budget is 42000/);
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

test("what the build compressed is weighed as it is sent, and is no file of its own", () => {
  write("demo/index.json", "[]".repeat(1000));
  write("demo/index.json.br", "12345");
  write("demo/index.json.gz", "1234567");
  checkSizes(dist);
  assert.match(
    lines.find((line) => line.includes("demo")),
    / 2000 +7 +5$/,
  );
});
