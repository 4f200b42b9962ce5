import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { apiDocs, writtenDocs } from "./api-docs.mjs";

test("the reference of the programming interface is that of the types", async () => {
  const written = await writtenDocs();
  assert.equal(readFileSync(apiDocs, "utf8"), written, "run: node tools/api-docs.mjs");
  for (const name of ["SimScopeElement", "normalize", "setAssetBase", "Session", "ViewState"]) {
    assert.match(written, new RegExp(`^#+ ${name}`, "m"));
  }
});
