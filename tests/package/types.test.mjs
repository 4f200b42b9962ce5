// The package's types in a project of strict TypeScript that has installed it.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import ts from "typescript";
import { filesBelow } from "../../tools/layout.mjs";
import { inProject } from "../../tools/paths.mjs";
import { consumer, install, installed, takeExample } from "./consumer.mjs";

before(install);

/** What the compiler says of the files of a folder of the consumer's, which holds a tsconfig.json. */
function problemsOf(folder, change = {}) {
  const file = path.join(folder, "tsconfig.json");
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  // TypeScript's own libraries take the longest, and are not what is tested.
  const program = ts.createProgram(fileNames, { ...options, skipDefaultLibCheck: true, ...change });
  assert.ok(fileNames.length > 0);
  const found = [...errors, ...ts.getPreEmitDiagnostics(program)];
  return found.map(({ file, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, " ");
    return `${path.basename(file?.fileName ?? "")}: ${text}`;
  });
}

const uses = inProject("tests", "package", "types");

function takeUses() {
  const folder = path.join(consumer, "types");
  cpSync(uses, folder, { recursive: true });
  return folder;
}

test("the example compiles", () => {
  assert.deepEqual(problemsOf(takeExample("typescript")), []);
});

// In both ways in which TypeScript looks for the types of packages.
for (const [name, module, moduleResolution] of [
  ["a bundler", ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ["Node", ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
]) {
  test(`for ${name}: uses that must compile do, those that must not do not, also in JSX`, () => {
    assert.deepEqual(problemsOf(takeUses(), { module, moduleResolution }), []);
  });
}

test("the model's types say all that normalize gives, and nothing else", async () => {
  const { normalize } = await import(path.join(installed, "node.js"));
  const fixtures = inProject("tests", "fixtures");
  const lines = ['import type { Normalized } from "simscope";'];
  let count = 0;
  for (const name of filesBelow(fixtures).filter((name) => name.endsWith(".json"))) {
    const [provider] = name.split("/");
    const answer = readFileSync(path.join(fixtures, name));
    // Refusals have no rows; answers that name no SIM are told one.
    const rows = await normalize(answer, { provider, sim: "given" }).catch(({ rows }) => rows);
    assert.ok(rows, name);
    count += rows.sims.length + rows.sessions.length + rows.events.length + rows.usage.length;
    const literal = JSON.stringify(rows);
    lines.push(`// ${name}`, `export const answer${lines.length}: Normalized = ${literal};`);
  }
  assert.ok(count > 100, `${count} rows`);
  const folder = path.join(takeUses(), "..", "model");
  cpSync(
    inProject("tests", "package", "types", "tsconfig.json"),
    path.join(folder, "tsconfig.json"),
  );
  writeFileSync(path.join(folder, "model.ts"), `${lines.join("\n")}\n`);
  assert.deepEqual(problemsOf(folder), []);
});
