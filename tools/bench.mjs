// `npm run bench`: speed and size in one run of Chromium, beside plain JavaScript, bare pixels and other timelines. What is
// measured and how is told in tests/bench/README.md. `--runs N`, `--only PART`, `--quick` (small sizes, which say nothing),
// `--json`, `--check` (fail where a budget is missed).
import { parseArgs } from "node:util";
import { launch } from "./bench/browser.mjs";
import * as budgets from "./bench/budgets.mjs";
import { missed } from "./bench/figures.mjs";
import { measure, names } from "./bench/parts.mjs";
import { buildSite } from "./bench/site.mjs";
import { table } from "./bench/table.mjs";
import { build } from "./build.mjs";
import { main, ToolError } from "./run.mjs";

function options() {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "7" },
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    throw new ToolError(`--runs is "${values.runs}", which is no number of runs.`);
  }
  if (values.only !== undefined && !names.includes(values.only)) {
    throw new ToolError(`--only is "${values.only}"; the parts are ${names.join(", ")}.`);
  }
  return { ...values, runs };
}

await main(async () => {
  const { runs, only, quick, json, check } = options();
  const print = console.log;
  // What is being done is told beside the document, not in it.
  if (json) console.log = console.error;
  const wants = (part) => !only || only === part;
  const ofDist = ["map", "cells", "loading", "visits"];
  if (ofDist.some(wants)) await build();
  if (![...ofDist, "rules"].includes(only)) await buildSite({ parsing: wants("parse") });
  const browser = await launch();
  let result;
  try {
    result = { budgets, ...(await measure(browser, { only, isQuick: quick, runs })) };
  } finally {
    await browser.close();
  }
  print(json ? JSON.stringify(result) : `\n${table(result)}`);
  const over = missed(result);
  if (check && over.length) throw new ToolError(`missed: ${over.join("; ")}.`);
});
