// Reads how many tests passed and failed from what the test runners print.

/**
 * Adds up the runners' own closing lines: cargo's and wasm-bindgen's "test result", Playwright's "N passed", node's
 * "pass N".
 */
export function count(output) {
  const plain = output.replaceAll(/\u001b\[[0-9;]*m/g, "");
  const found = { passed: 0, failed: 0 };
  for (const [, good, bad] of plain.matchAll(/^test result: .*?(\d+) passed; (\d+) failed/gm)) {
    found.passed += Number(good);
    found.failed += Number(bad);
  }
  for (const [, number, word] of plain.matchAll(/^ {2}(\d+) (passed|failed|interrupted)\b/gm)) {
    found[word === "passed" ? "passed" : "failed"] += Number(number);
  }
  for (const [, word, number] of plain.matchAll(/^ℹ (pass|fail|cancelled) (\d+)$/gm)) {
    found[word === "pass" ? "passed" : "failed"] += Number(number);
  }
  return found;
}
