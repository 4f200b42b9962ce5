// Reads damaged cases: `node --import ./tools/typescript.mjs read-damaged-cases.ts <seed> <rounds>`. Each is read as something sound,
// or refused with a reason, and none takes long; anything else ends the program. It writes what came of them as JSON.
import assert from "node:assert/strict";
import { CaseError, readCase } from "../../www/case.ts";
import { assertSound } from "./case-bench.ts";
import { damagedCases } from "./damaged-cases.ts";

/** Milliseconds; reading one takes a few. */
const longest = 10_000;

const [seed = 1, rounds = 100] = process.argv.slice(2).map(Number);
const { sound, next } = await damagedCases(seed);
for (const bytes of sound) {
  const read = await readCase(new Blob([new Uint8Array(bytes)]));
  assertSound(read);
  assert.deepEqual([read.content.documents.length, read.notes], [2, []]);
}

const result = { loaded: 0, noted: 0, refused: {} as Record<string, number> };
for (let round = 0; round < rounds; round += 1) {
  const bytes = next();
  const began = performance.now();
  try {
    const read = await readCase(new Blob([bytes]));
    assertSound(read);
    result.loaded += 1;
    if (read.notes.length) result.noted += 1;
  } catch (error) {
    assert.ok(error instanceof CaseError, `round ${round}: ${String(error)}`);
    assert.ok(error.message.length > 40);
    result.refused[error.message] = (result.refused[error.message] ?? 0) + 1;
  }
  assert.ok(performance.now() - began < longest, `round ${round} took long`);
}
console.log(JSON.stringify(result));
