// The package as it is packed: exactly these files, what its package.json says, and what it is to Node.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { filesBelow } from "../../tools/layout.mjs";
import { inProject, www } from "../../tools/paths.mjs";
import { complete, consumer, install, installed, pack, takeExample } from "./consumer.mjs";

const run = promisify(execFile);
const read = (name) => readFileSync(path.join(installed, name), "utf8");
const own = JSON.parse(readFileSync(inProject("package.json"), "utf8"));

/** Runs a module of the consumer's. */
function inNode(code) {
  const file = path.join(consumer, "run.mjs");
  writeFileSync(file, code);
  return run(process.execPath, [file], { cwd: consumer });
}

before(install);

test("exactly what a page needs is packed", async () => {
  const { files } = await pack("--dry-run");
  const below = (folder) => filesBelow(path.join(www, folder)).map((name) => `${folder}/${name}`);
  const fetched = [
    ...["case.js", "history.js", "live.js", "map.js", "views.js", "worker.js", "networks.txt"],
    ...["first", "views", "engine", "live"].map((name) => `simscope-${name}.wasm`),
    ...["-gl", "-gl-shared", "-gl-worker"].map((name) => `maplibre/maplibre${name}.mjs`),
    "maplibre/LICENSE.txt",
    ...below("basemap"),
    ...below("demo"),
  ];
  const expected = [
    ...["LICENSE-APACHE", "LICENSE-MIT", "README.md", "THIRD-PARTY.md", "package.json"],
    ...["inline.d.ts", "inline.js", "node.js", "react.d.ts", "simscope.d.ts", "simscope.js"],
    ...fetched.map((name) => `assets/${name}`),
  ];
  const packed = files.map((file) => file.path);
  const shared = packed.filter((name) => /^assets\/shared-[0-9A-Z]{8}\.js$/.test(name));
  assert.ok(shared.length > 0);
  assert.deepEqual(packed.sort(), [...expected, ...shared].sort());
});

test("package.json says what it is, and every file that it names is there", () => {
  const told = JSON.parse(read("package.json"));
  const { name, version, license, description } = own;
  assert.deepEqual(
    {
      name: told.name,
      version: told.version,
      license: told.license,
      description: told.description,
    },
    { name, version, license, description },
  );
  const cargo = readFileSync(inProject("Cargo.toml"), "utf8");
  assert.equal(/^version = "(.*)"$/m.exec(cargo)?.[1], version);
  for (const field of ["private", "scripts", "dependencies", "devDependencies"]) {
    assert.equal(field in told, false, field);
  }
  const named = (value) =>
    typeof value === "string" ? [value] : Object.values(value).flatMap(named);
  for (const file of named([told.exports, told.main, told.types])) {
    if (!file.includes("*")) assert.ok(existsSync(path.join(installed, file)), file);
  }
});

test("nothing in it tells of the machine that it was built on", () => {
  const folders = [inProject(), process.env.HOME, process.env.CARGO_HOME].filter(Boolean);
  for (const name of filesBelow(installed)) {
    const bytes = readFileSync(path.join(installed, name));
    for (const folder of folders) {
      assert.equal(bytes.includes(`${folder}/`), false, `${name} holds ${folder}`);
    }
  }
});

test("everything that is bundled or compiled in has its notice", () => {
  const text = read("THIRD-PARTY.md");
  const rows = [...text.matchAll(/^\| (\S+) \| \S+ \| .+ \|$/gm)].map(([, name]) => name);
  const noticed = [...text.matchAll(/^### (.+)$/gm)].flatMap(([, names]) => names.split(", "));
  const named = [...text.matchAll(/^- (\S+): /gm)].map(([, name]) => name);
  const rowsOf = rows.filter((name) => name !== "name" && name !== "---");
  assert.ok(rowsOf.length > 100);
  const without = rowsOf.filter((name) => !noticed.includes(name) && !named.includes(name));
  assert.deepEqual(without, []);
  const known = [
    "maplibre-gl",
    "topojson-client",
    "world-atlas",
    "mcc-mnc-list",
    "earcut",
    "@zip.js/zip.js",
  ];
  for (const name of [...known, "leptos", "serde_json", "wasm-bindgen", "hashbrown"]) {
    assert.ok(rowsOf.includes(name), name);
  }
  // What only tests, tools and the compiler use.
  for (const name of ["proptest", "insta", "echarts", "vite", "esbuild", "serde_derive"]) {
    assert.ok(!rowsOf.includes(name), name);
  }
});

test("normalize reads an answer in Node", async () => {
  const folder = takeExample("node");
  complete(folder);
  const { stdout, stderr } = await run(process.execPath, ["sessions.js", "answer.json"], {
    cwd: folder,
  });
  const sessions = stdout.trimEnd().split("\n").map(JSON.parse);
  assert.equal(sessions.length, 23);
  assert.ok(sessions.every(({ provider }) => provider === "kore"));
  assert.equal(stderr, "");
});

test("a server that renders pages may import each entry", async () => {
  const { stdout } = await inNode(`
    import * as entry from "simscope";
    import * as inline from "simscope/inline";
    // What a bundler for browsers takes, where its result runs on a server all the same.
    import * as page from "./node_modules/simscope/simscope.js";
    entry.setAssetBase("/simscope/");
    const names = (module) => Object.keys(module).sort().join();
    if (names(entry) !== names(page)) throw new Error(names(entry));
    if (names(inline) + ",setAssetBase" !== names(page)) throw new Error(names(inline));
    const { sessions } = await inline.normalize(JSON.stringify({}), {}).catch((error) => error.rows);
    console.log(typeof entry.SimScopeElement, sessions.length, globalThis.customElements);
  `);
  assert.equal(stdout.trim(), "function 0 undefined");
});
