// Details of where simscope stopped are passed on by visitors: they hold nothing of the data.
import assert from "node:assert/strict";
import test from "node:test";
import { withoutData } from "../../www/details.ts";

test("where it was, and numbers that tell what went wrong, stay", () => {
  const details =
    "panicked at src/engine/mod.rs:120:35:\nindex out of bounds: the len is 3 but the index is 70";
  assert.equal(withoutData(details), details);
});

test("what a message quotes of the data, and what looks like an identifier or a key, goes", () => {
  const details = [
    "panicked at src/store/parts.rs:7:9:",
    "byte index 3 is not a char boundary; it is inside 'é' (bytes 2..4) of `8945012345678901234 Gate`",
    'called on an Err value: ParseError("DE0123456789abcdef0123456789abcdef")',
    "key eyJhbGciOiJIUzI1NiJ9.e30.abc IMSI 001010000105333, SIM HS00aa11bb22",
  ].join("\n");
  const left = withoutData(details);
  for (const gone of ["8945", "Gate", "DE01", "eyJ", "00101", "HS00"]) {
    assert.ok(!left.includes(gone), `${gone}: ${left}`);
  }
  assert.ok(left.startsWith("panicked at src/store/parts.rs:7:9:"));
  assert.ok(left.includes("is not a char boundary"));
});
