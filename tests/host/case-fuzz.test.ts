// Ten thousand damaged cases: each is read as something sound, or refused with a reason. They are read in processes of their own: the
// test runner follows every promise, which takes longer than the reading.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import test from "node:test";
import { promisify } from "node:util";

const seeds = [20_261_129, 20_261_130];
const roundsEach = 5_000;
/** Milliseconds; one that hangs ends it. */
const longest = 240_000;

interface Result {
  loaded: number;
  noted: number;
  refused: Record<string, number>;
}

async function read(seed: number): Promise<Result> {
  const root = path.join(import.meta.dirname, "..", "..");
  const program = ["--import", "./tools/typescript.mjs", "tests/host/read-damaged-cases.ts"];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...program, String(seed), String(roundsEach)],
    { cwd: root, timeout: longest },
  );
  return JSON.parse(stdout) as Result;
}

const sum = (counts: number[]) => counts.reduce((one, other) => one + other, 0);

test("10,000 damaged cases are read as something sound or refused, never anything else", async (t) => {
  const results = await Promise.all(seeds.map(read));
  const loaded = sum(results.map((result) => result.loaded));
  const noted = sum(results.map((result) => result.noted));
  const reasons = results.flatMap((result) => Object.entries(result.refused));
  const refused = sum(reasons.map(([, count]) => count));
  t.diagnostic(`${loaded} loaded (${noted} with notes), ${refused} refused`);
  for (const reason of new Set(reasons.map(([text]) => text))) {
    const count = sum(reasons.filter(([text]) => text === reason).map(([, count]) => count));
    t.diagnostic(`${count}: ${reason.slice(0, 90)}`);
  }
  const all = seeds.length * roundsEach;
  assert.equal(loaded + refused, all);
  // Were all refused, or all read, the damage would not be of the kinds that it is meant to be.
  assert.ok(loaded > all / 10 && refused > all / 10 && noted > all / 20);
  assert.ok(new Set(reasons.map(([text]) => text)).size >= 8);
});
