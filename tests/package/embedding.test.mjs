// docs/embedding.md leaves out nothing that a page may use: read off the sources.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { filesBelow } from "../../tools/layout.mjs";
import { inProject } from "../../tools/paths.mjs";

const read = (...parts) => readFileSync(inProject(...parts), "utf8");
const guide = read("docs", "embedding.md");
const told = new Set([...guide.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text));
const all = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, found]) => found))];
const missing = (names) => names.filter((name) => !told.has(name));
const rust = (folder) =>
  filesBelow(inProject("src", folder))
    .filter((name) => name.endsWith(".rs") && !name.includes("test"))
    .map((name) => read("src", folder, name));

test("custom properties", () => {
  const names = all(read("www", "simscope.css"), /var\((--simscope-[\w-]+)/g);
  assert.ok(names.length > 30);
  // A row tells the categories as a range.
  assert.deepEqual(missing(names.filter((name) => !/category-[2-6]$/.test(name))), []);
});

test("parts", () => {
  const sources = ["app", "first", "live"].flatMap(rust).join("\n");
  const names = all(sources, /\bpart="([\w-]+)"/g);
  assert.ok(names.length > 10);
  assert.deepEqual(missing(names), []);
});

test("credentials, by the names of the vendors' fields and ways", () => {
  const sources = rust("provider").join("\n");
  const constants = new Map(
    [...sources.matchAll(/const (\w+): &str = "([^"]+)";/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const blocks = sources.matchAll(/\b(?:Way|Field) (?:=\s*Field )?\{\s*name: ("?)(\w+)\1,/g);
  const names = [...blocks].map(([, quote, name]) => (quote ? name : constants.get(name)));
  assert.ok(names.length >= 20, names.join());
  assert.deepEqual(missing(names), []);
});

test("attributes, properties, methods, events and options", () => {
  const element = read("www", "element.ts");
  const types = read("www", "api", "types.ts");
  const properties = /const settable = \[([^\]]*)\]/.exec(element)?.[1] ?? "";
  const source = /interface Source \{([^]*?)\n\}/.exec(types)?.[1] ?? "";
  const load = /interface LoadOptions \{([^]*?)\n\}/.exec(types)?.[1] ?? "";
  const fields = (text) => all(text, /^ {2}(\w+)\??:/gm);
  assert.deepEqual(missing(all(properties, /"(\w+)"/g)), []);
  assert.deepEqual(missing(all(types, /^ {2}"(simscope-\w+)":/gm)), []);
  assert.deepEqual(missing([...fields(source), ...fields(load)]), []);
  for (const method of ["load", "select", "sessions", "refresh", "clear"]) {
    assert.ok(
      [...told].some((text) => text.startsWith(`${method}(`)),
      method,
    );
  }
});

test("its links and examples are there", () => {
  const links = all(guide, /\]\(([^)#]+)[^)]*\)/g).filter((link) => !link.includes("://"));
  assert.ok(links.length > 10);
  for (const link of links) assert.ok(existsSync(path.join(inProject("docs"), link)), link);
});
