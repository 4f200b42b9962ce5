// The package's types in a project of strict TypeScript that has installed it.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import ts from "typescript";
import { filesBelow } from "../../tools/layout.mjs";
import { inProject } from "../../tools/paths.mjs";
import { consumer, install, installed } from "./consumer.mjs";

const folder = path.join(consumer, "types");

before(async () => {
  await install();
  cpSync(inProject("tests", "package", "types"), folder, { recursive: true });
  const example = inProject("docs", "examples", "typescript", "main.ts");
  cpSync(example, path.join(folder, "example.ts"));
  writeFileSync(path.join(folder, "model.ts"), await normalizedFixtures());
});

/** What normalize gives for every answer of the fixtures, each a literal of the type that it is said to have. */
async function normalizedFixtures() {
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
  return `${lines.join("\n")}\n`;
}

/** What the compiler says of these files, with the settings in tests/package/types and others. */
function problemsOf(names, change) {
  const { config } = ts.readConfigFile(path.join(folder, "tsconfig.json"), ts.sys.readFile);
  const { options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const files = names.map((name) => path.join(folder, name));
  // TypeScript's own libraries take the longest, and are not what is tested.
  const program = ts.createProgram(files, { ...options, skipDefaultLibCheck: true, ...change });
  const found = [...errors, ...ts.getPreEmitDiagnostics(program)];
  return found.map(({ file, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, " ");
    return `${path.basename(file?.fileName ?? "")}: ${text}`;
  });
}

test("uses compile that must, those do not that must not, and the model's types say all that normalize gives", () => {
  const change = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const names = ["example.ts", "uses.ts", "react.tsx", "model.ts"];
  assert.deepEqual(problemsOf(names, change), []);
});

test("the same as Node finds types", () => {
  const change = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  assert.deepEqual(problemsOf(["uses.ts", "react.tsx"], change), []);
});
