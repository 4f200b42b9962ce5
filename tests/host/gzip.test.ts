// Compressed files as the host reads them. A browser's decompressor refuses what follows the first member, node's reads
// on: here it is wrapped to be as strict, and the suite of the built page reads such files with the browser's own.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Bench } from "./fake-engine.ts";
import { StrictGunzip } from "./strict-gunzip.ts";

let bench: Bench;
afterEach(() => bench.host.stop());

const rows = (name: string, count: number) =>
  Array.from({ length: count }, (_, row) => `{"${name}":${row}}\n`).join("");

async function read(content: Uint8Array): Promise<string> {
  bench = new Bench({ sliceMs: 5, sliceBytes: 1 << 16 });
  bench.open(1, new Uint8Array(content));
  return bench.called(/^(finish|fail) 1/);
}

test("gzip is known by its first bytes, and its records keep their place in the unpacked text", async () => {
  assert.equal(await read(gzipSync(rows("a", 1000))), "finish 1");
  assert.equal(bench.engine.text(1), rows("a", 1000));
  bench.host.receive({ type: "raw", request: 1, document: 1, offset: 8, length: 7 });
  assert.equal((await bench.message("raw")).text, '{"a":1}');
});

/** Runs `work` with a decompressor as strict as the browsers'. */
async function strictly(work: () => Promise<void>): Promise<void> {
  const lenient = globalThis.DecompressionStream;
  globalThis.DecompressionStream = StrictGunzip as unknown as typeof DecompressionStream;
  try {
    await work();
  } finally {
    globalThis.DecompressionStream = lenient;
  }
}

test("several members, one after the other, are one text", async () => {
  const members = [rows("a", 5000), "", rows("b", 3), rows("c", 20_000)];
  const packed = Buffer.concat(members.map((text) => gzipSync(text)));
  await strictly(async () => {
    assert.equal(await read(packed), "finish 1");
    assert.equal(bench.engine.text(1), members.join(""));
  });
});

test("bytes inside a member that look like a header do not break it", async () => {
  // Stored, not compressed, so that the look-alike is found as it is.
  const lookAlike = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]);
  const first = Buffer.concat([Buffer.from("one "), lookAlike, Buffer.from(" two "), lookAlike]);
  const packed = Buffer.concat([gzipSync(first, { level: 0 }), gzipSync("three", { level: 0 })]);
  await strictly(async () => {
    assert.equal(await read(packed), "finish 1");
    assert.equal(bench.engine.text(1), Buffer.concat([first, Buffer.from("three")]).toString());
  });
});

const sound = rows("a", 20_000);
for (const [what, damage, least] of [
  ["cut off", (packed: Buffer) => packed.subarray(0, packed.length - 9), 1],
  ["cut to its header", (packed: Buffer) => packed.subarray(0, 10), 0],
  ["with a wrong checksum", (packed: Buffer) => flipped(packed, packed.length - 6), 1],
  ["with a flipped byte", (packed: Buffer) => flipped(packed, packed.length - 3000), 1],
  [
    "cut off in its second member",
    (packed: Buffer) => Buffer.concat([packed, packed.subarray(0, 99)]),
    sound.length,
  ],
] as const) {
  test(`a file ${what} is told, and what came before stays`, async () => {
    const outcome = await read(damage(gzipSync(sound)));
    assert.match(outcome, /^fail 1 The gzip file is damaged or cut off\./);
    const got = bench.engine.text(1);
    assert.ok(got.length >= least, `${got.length} bytes were read`);
    assert.equal(got.slice(0, least), sound.slice(0, least));
  });
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x55;
  return copy;
}
