import assert from "node:assert/strict";
import { test } from "node:test";
import { count } from "./count.mjs";

test("cargo's closing lines are added up, one for each suite", () => {
  const output =
    "test result: ok. 73 passed; 0 failed; 0 ignored\n" +
    "test result: \u001b[31mFAILED\u001b[m. 2 passed; 1 failed; 0 ignored\n";
  assert.deepEqual(count(output), { passed: 75, failed: 1 });
});

test("Playwright's closing lines are read, expected failures and skips left out", () => {
  const output =
    "  2 failed\n    a.spec.ts:1:1 › a\n  1 interrupted\n  4 skipped\n  23 passed (23.7s)\n";
  assert.deepEqual(count(output), { passed: 23, failed: 3 });
});

test("node's closing lines are read", () => {
  assert.deepEqual(count("ℹ tests 9\nℹ pass 6\nℹ fail 2\nℹ cancelled 1\nℹ skipped 0\n"), {
    passed: 6,
    failed: 3,
  });
});

test("what is no closing line counts nothing", () => {
  assert.deepEqual(count("12 passed\nℹ pass me\nerror: 3 failed"), { passed: 0, failed: 0 });
});
