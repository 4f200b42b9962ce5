// What lies where in a built site, and what is compressed in it.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, mock, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { compress } from "./compress.mjs";
import { headersOf, readRules } from "./headers.mjs";
import {
  filesBelow,
  findHashedName,
  hashedFolder,
  headersFor,
  nameByContent,
  pointInto,
  stub,
} from "./layout.mjs";
import { inProject, www } from "./paths.mjs";

const name = "simscope-0123456789abcdef";
let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "simscope-layout-"));
  mock.method(console, "log", () => undefined);
});
afterEach(() => {
  mock.restoreAll();
  rmSync(folder, { recursive: true });
});

function write(file, content) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), content);
}

test("the same files have the same name; another content, another name of a file or another place, another", () => {
  write("a.js", "1");
  write("demo/b.json", "[]");
  const first = nameByContent(folder);
  assert.match(first, /^simscope-[0-9a-f]{16}$/);
  assert.equal(nameByContent(folder), first);
  const names = new Set([first]);
  for (const change of [
    () => write("a.js", "2"),
    () => renameSync(path.join(folder, "a.js"), path.join(folder, "c.js")),
    () => renameSync(path.join(folder, "c.js"), path.join(folder, "demo", "c.js")),
    () => write("empty", ""),
  ]) {
    change();
    names.add(nameByContent(folder));
  }
  assert.equal(names.size, 5);
});

test("the hashed folder of a site is found, or said to be missing", () => {
  assert.equal(findHashedName(path.join(folder, "none")), null);
  assert.throws(() => hashedFolder(folder), /holds no built site/);
  write("simscope.js", "");
  write("simscope-unnamed/page.js", "");
  assert.equal(findHashedName(folder), null);
  write(`${name}/page.js`, "");
  assert.equal(hashedFolder(folder), path.join(folder, name));
});

test("what the page refers to lies in the folder; anything else fails the build", () => {
  assert.equal(
    pointInto('<link href="a.css" /><script defer src="b.js"></script>', name, ["a.css", "b.js"]),
    `<link href="${name}/a.css" /><script defer src="${name}/b.js"></script>`,
  );
  assert.throws(
    () => pointInto('<script src="c.js"></script>', name, ["b.js"]),
    /refers to "c.js"/,
  );
  // The page itself, with what it needs to start.
  const files = ["icon.svg", "page.css", "simscope-first.wasm", "check.js", "page.js"];
  const page = pointInto(readFileSync(inProject("index.html"), "utf8"), name, files);
  for (const file of files) assert.ok(page.includes(`"${name}/${file}"`), file);
  assert.equal(stub(name), `export * from "./${name}/simscope.js";\n`);
});

test("no header is set twice for any path, and each kind of file is kept as long as it may", () => {
  const files = ["page.js", "simscope-first.wasm", "maplibre/maplibre-gl.mjs", "demo/a.json"];
  write("_headers", headersFor(readFileSync(path.join(www, "_headers"), "utf8"), name, files));
  const rules = readRules(path.join(folder, "_headers"));
  const fixed = ["/", "/index.html", "/simscope.js"];
  for (const target of [...fixed, "/none", ...files.map((file) => `/${name}/${file}`)]) {
    const set = rules
      .filter(({ matches }) => matches.test(target))
      .flatMap(({ headers }) => headers.map(([header]) => header.toLowerCase()));
    assert.equal(new Set(set).size, set.length, target);
    assert.ok(set.includes("content-security-policy"), target);
    const headers = headersOf(rules, target);
    const isHashed = target.startsWith(`/${name}/`);
    const kept = isHashed ? "public, max-age=31536000, immutable" : undefined;
    assert.equal(headers["Cache-Control"], fixed.includes(target) ? "no-cache" : kept, target);
    const anyOrigin = isHashed || target === "/simscope.js" ? "*" : undefined;
    assert.equal(headers["Access-Control-Allow-Origin"], anyOrigin, target);
  }
  const typeOf = (file) => headersOf(rules, `/${name}/${file}`)["Content-Type"];
  assert.deepEqual(files.map(typeOf), [
    undefined,
    "application/wasm",
    "text/javascript; charset=utf-8",
    undefined,
  ]);
  assert.throws(() => headersFor("/*\n  X: y\n", name, files), /no rule for/);
});

test("what gets smaller is compressed beside itself, and only once", async () => {
  const long = "all of it ".repeat(300);
  const noise = randomBytes(3000).toString("latin1");
  write("site/page.js", long);
  write("site/demo/same.json", long);
  write("site/small.css", "a{}");
  write("site/noise.txt", noise);
  write("site/log.ndjson.gz", long);
  write("site/picture.png", long);
  write("site/_headers", long);
  const [site, cache] = [path.join(folder, "site"), path.join(folder, "cache")];
  await compress(site, { cache });
  const added = filesBelow(site).filter((file) => /\.(br|gz)$/.test(file));
  const read = (file) => readFileSync(path.join(site, file));
  for (const file of ["page.js", "demo/same.json"]) {
    assert.equal(brotliDecompressSync(read(`${file}.br`)).toString(), long);
    assert.equal(gunzipSync(read(`${file}.gz`)).toString(), long);
  }
  assert.deepEqual(
    added.filter((file) => !/^(page|demo)/.test(file) && !file.startsWith("noise")),
    ["log.ndjson.gz"],
  );
  for (const file of added.filter((one) => one.startsWith("noise"))) {
    assert.ok(read(file).length < read("noise.txt").length);
  }

  // From the cache: what lies there is taken as it is; what no file needs any more is dropped.
  for (const file of added) if (file !== "log.ndjson.gz") rmSync(path.join(site, file));
  rmSync(path.join(site, "noise.txt"));
  const kept = readdirSync(cache);
  assert.equal(kept.length, 4);
  for (const file of kept) writeFileSync(path.join(cache, file), "kept");
  await compress(site, { cache });
  assert.equal(read("page.js.br").toString(), "kept");
  assert.equal(readdirSync(cache).length, 2);
  // What is there already is nobody's to replace.
  await assert.rejects(compress(site, { cache }), /is there already/);
  assert.ok(existsSync(path.join(site, "page.js.gz")));
});
