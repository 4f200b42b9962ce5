// Kept history: what is pure of it. The database itself is tried in a browser (tests/e2e/history.spec.ts).
import assert from "node:assert/strict";
import { test } from "node:test";
import { contentHash, packed, sourceId, unpacked } from "../../www/history/pack.ts";
import { extentOf, type Span, withSpan } from "../../www/history/spans.ts";
import { entries, held, size } from "../../www/history/words.ts";
import { historyError, HistoryError } from "../../www/history/error.ts";
import { entriesOf } from "../../www/kept-flag.ts";
import type { KeptSource } from "../../www/history/schema.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("spans that overlap or touch become one, in whatever order they come", () => {
  assert.deepEqual(withSpan([], [1, 3]), [[1, 3]]);
  assert.deepEqual(withSpan([[1, 3]], [3, 5]), [[1, 5]]);
  assert.deepEqual(withSpan([[1, 3]], [4, 5]), [
    [1, 3],
    [4, 5],
  ]);
  assert.deepEqual(
    withSpan(
      [
        [1, 3],
        [6, 9],
      ],
      [2, 7],
    ),
    [[1, 9]],
  );
  // Nothing was answered over no time.
  assert.deepEqual(withSpan([[1, 3]], [5, 5]), [[1, 3]]);
});

test("spans hold what a set of the same instants holds", () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 300; round += 1) {
    const instants = new Set<number>();
    let spans: Span[] = [];
    for (let step = 0; step < 8; step += 1) {
      const from = random(40);
      const until = from + random(9);
      for (let at = from; at < until; at += 1) instants.add(at);
      const before = JSON.stringify(spans);
      const next = withSpan(spans, [from, until]);
      assert.equal(JSON.stringify(spans), before, "what was given stays as it was");
      spans = next;
    }
    const found = spans.flatMap(([from, until]) =>
      Array.from({ length: until - from }, (_, at) => from + at),
    );
    assert.deepEqual(
      found,
      [...instants].sort((a, b) => a - b),
    );
    for (const [at, [from]] of spans.entries()) {
      assert.ok(at === 0 || from > (spans[at - 1]?.[1] ?? 0), "a gap lies between two spans");
    }
  }
});

test("the extent is from the first to the last", () => {
  assert.equal(extentOf([]), null);
  assert.equal(extentOf([[], []]), null);
  assert.deepEqual(
    extentOf([
      [[5, 6]],
      [
        [1, 2],
        [8, 9],
      ],
      [],
    ]),
    [1, 9],
  );
});

test("a document is packed and comes back, and one that was not packed stays as it is", async () => {
  const text = bytes(JSON.stringify(Array.from({ length: 500 }, (_, sid) => ({ sid, up: "ü" }))));
  const kept = await packed(text);
  assert.ok(kept.length < text.length / 4);
  assert.deepEqual(await unpacked(kept), text);
  assert.deepEqual(await unpacked(text), text);
});

test("documents are the same where question, SIM and text are, and no others", async () => {
  const about = { question: "sessions of SIM a", options: { sim: "a" } };
  const hash = await contentHash(about, bytes("[1]"));
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.equal(await contentHash({ ...about }, bytes("[1]")), hash);
  const others = await Promise.all([
    contentHash(about, bytes("[2]")),
    contentHash({ ...about, question: "events of SIM a" }, bytes("[1]")),
    contentHash({ ...about, options: { sim: "b" } }, bytes("[1]")),
    contentHash({ ...about, options: {} }, bytes("[1]")),
  ]);
  assert.equal(new Set([hash, ...others]).size, 5);
});

test("a source's name tells nothing of the account and is another for each", async () => {
  const id = await sourceId("soracom", "https://g.api.soracom.io/v1", "keyId-abc");
  assert.match(id, /^[0-9a-f]{32}$/);
  assert.ok(!id.includes("abc"));
  const others = await Promise.all([
    sourceId("kore", "https://g.api.soracom.io/v1", "keyId-abc"),
    sourceId("soracom", "https://api.soracom.io/v1", "keyId-abc"),
    sourceId("soracom", "https://g.api.soracom.io/v1", "keyId-abd"),
  ]);
  assert.equal(new Set([id, ...others]).size, 4);
});

const source: KeptSource = {
  ...{ id: "f00d", provider: "soracom", label: "Soracom", place: "g.api.soracom.io" },
  ...{ keeps: true, since: 0, sims: 1200, documents: 3, bytes: 4_200_000 },
  extent: [Date.UTC(2026, 7, 1), Date.UTC(2026, 10, 20, 10)],
};

test("what is kept is said in words", () => {
  assert.equal(held(source), "1,200 SIMs, 2026-08-01 – 2026-11-20, 4.2 MB");
  assert.equal(held({ ...source, sims: 1, extent: null, bytes: 12 }), "1 SIM, 12 bytes");
  assert.deepEqual([999, 1000, 15_400, 2.5e9].map(size), [
    ...["999 bytes", "1.0 kB", "15 kB", "2.5 GB"],
  ]);
});

test("the note names the sources, and a note of somebody else's is none", () => {
  const note = JSON.stringify(entries([source]));
  assert.deepEqual(entriesOf(note), [
    { id: "f00d", label: "Soracom", text: "1,200 SIMs, 2026-08-01 – 2026-11-20, 4.2 MB" },
  ]);
  // One that is kept no more and of which nothing is there is not named.
  assert.deepEqual(entries([{ ...source, keeps: false, documents: 0 }]), []);
  for (const other of [
    null,
    "",
    "{",
    "7",
    "{}",
    "[null,1,[]]",
    '[{"id":1,"label":"a","text":"b"}]',
  ]) {
    assert.deepEqual(entriesOf(other), [], String(other));
  }
  assert.equal(entriesOf(JSON.stringify(Array(50).fill(entries([source])[0]))).length, 20);
  const long = [{ id: "a", label: "x".repeat(5000), text: "b" }];
  assert.deepEqual(entriesOf(JSON.stringify(long)), []);
});

test("what goes wrong with the storage is said with what to do", () => {
  const full = historyError(new DOMException("…", "QuotaExceededError"));
  assert.match(full.message, /storage is full.*was not kept.*Delete the history of a source/s);
  assert.match(historyError(new DOMException("…", "VersionError")).message, /newer version/);
  for (const other of [new DOMException("…", "SecurityError"), new TypeError("x"), undefined]) {
    assert.match(historyError(other).message, /private window/);
  }
  const own = new HistoryError("told");
  assert.equal(historyError(own), own);
});
