// What a host keeps of what was opened: to read it anew in its order, and to save it as a case.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Opened } from "../../www/opened.ts";
import { Bench, pause } from "./fake-engine.ts";

let bench: Bench;
afterEach(() => bench.host.stop());

const fetched = { observed: "2026-03-02T12:00:00Z" };

test("what is read anew is confirmed anew, in the order in which that came", async () => {
  bench = new Bench({ sliceMs: 5, sliceBytes: 100 });
  bench.open(1, "one", fetched);
  bench.open(2, "two", fetched);
  bench.host.receive({ type: "confirm", documents: [1, 2], observed: 10 });
  bench.open(3, "three", fetched);
  bench.host.receive({ type: "confirm", documents: [2], observed: 20 });
  await bench.called(/^confirm 2 20/);
  const before = bench.engine.work.length;
  bench.host.receive({ type: "forget", documents: [2] });
  await bench.called(/^clear/);
  bench.open(4, "four", fetched);
  await bench.called(/^finish 4/);
  const after = bench.engine.work.slice(before).filter((call) => !/^(push|names|case)/.test(call));
  // The engine alone knows which vendor the visitor named since.
  const again = JSON.stringify({ ...fetched, provider: "kore", again: true });
  assert.deepEqual(after, [
    "begin case false",
    "end case",
    "clear",
    `begin 1 ${again}`,
    "finish 1",
    "confirm 1 10",
    `begin 3 ${again}`,
    "finish 3",
    `begin 4 ${JSON.stringify(fetched)}`,
    "finish 4",
  ]);
});

test("a case holds what was opened and confirmed, as the engine gives it", async () => {
  bench = new Bench({ sliceMs: 5, sliceBytes: 2 });
  bench.engine.unread.add(2);
  bench.open(1, "abc", { name: "a" });
  bench.open(2, "nothing", { name: "b" });
  bench.host.receive({ type: "confirm", documents: [1, 2], observed: 10 });
  bench.host.receive({ type: "confirm", documents: [2], observed: 11 });
  bench.open(3, "def", { name: "c" });
  bench.host.receive({ type: "confirm", documents: [3, 1], observed: 12 });
  bench.host.receive({ type: "case", request: 7, mask: true });
  const { request, parts } = await bench.message("case");
  assert.equal(request, 7);
  const texts = await Promise.all(parts.documents.map(({ blob }) => blob.text()));
  assert.deepEqual(texts, ["ABC.", "DEF."]);
  assert.deepEqual(
    parts.documents.map(({ options }) => options),
    [
      { name: "a", provider: "kore" },
      { name: "c", provider: "kore" },
    ],
  );
  assert.deepEqual(parts.confirmed, [
    { after: 1, documents: [0], observed: 10 },
    { after: 2, documents: [1, 0], observed: 12 },
  ]);
  assert.deepEqual(parts.view, { filter: "open", marks: { sim: "1" } });
  assert.equal(parts.missing, 0);
  assert.ok(bench.engine.calls.includes("begin case true"));
});

test("a document that is no longer at hand is counted", async () => {
  bench = new Bench({ sliceMs: 5, sliceBytes: 100 });
  bench.open(1, "abc");
  bench.open(2, "def");
  await bench.called(/^finish 2/);
  bench.host.receive({ type: "close", document: 1 });
  bench.host.receive({ type: "case", request: 1, mask: false });
  const { parts } = await bench.message("case");
  assert.equal(parts.documents.length, 1);
  assert.equal(parts.missing, 1);
});

test("a file that was moved since is counted, and the others are saved", async () => {
  bench = new Bench({ sliceMs: 5, sliceBytes: 100 });
  const moved = new Blob(["abc"]);
  bench.host.receive({ type: "open", document: 1, blob: moved });
  bench.open(2, "def");
  await bench.called(/^finish 2/);
  moved.stream = () =>
    new ReadableStream({
      pull: () => Promise.reject(new DOMException("moved", "NotReadableError")),
    });
  bench.host.receive({ type: "case", request: 1, mask: false });
  const { parts } = await bench.message("case");
  assert.deepEqual(await Promise.all(parts.documents.map(({ blob }) => blob.text())), ["DEF."]);
  assert.equal(parts.missing, 1);
  assert.ok(!bench.posted.some((message) => message.type === "failed"));
});

test("a host that is stopped while it saves calls its engine no more", async () => {
  bench = new Bench({ sliceMs: 5, sliceBytes: 1 });
  bench.open(1, "x".repeat(200));
  await bench.called(/^finish 1/);
  let stoppedAt = Number.NaN;
  bench.engine.onCall = (call) => {
    if (!call.startsWith("case 1")) return;
    queueMicrotask(() => {
      bench.host.stop();
      stoppedAt = bench.engine.calls.length;
    });
  };
  bench.host.receive({ type: "case", request: 1, mask: false });
  await bench.called(/^case 1/);
  await pause(30);
  assert.equal(bench.engine.calls.length, stoppedAt);
  assert.ok(!bench.posted.some((message) => message.type === "case"));
});

test("a ZIP is handed back, unread", async () => {
  bench = new Bench();
  bench.open(5, "PK\u0003\u0004 and so on", { name: "x" });
  const { document, blob } = await bench.message("archive");
  assert.equal(document, 5);
  assert.equal(await blob.slice(0, 2).text(), "PK");
  bench.host.receive({ type: "case", request: 1, mask: false });
  const { parts } = await bench.message("case");
  assert.deepEqual(parts.documents, []);
  assert.ok(!bench.engine.calls.some((call) => call.startsWith("begin 5")));
});

test("secrets in a record are not handed out", async () => {
  bench = new Bench();
  bench.open(1, '{"token": "secret"}');
  await bench.called(/^finish 1/);
  bench.host.receive({ type: "raw", request: 1, document: 1, offset: 0, length: 19 });
  assert.equal((await bench.message("raw")).text, '{"token": "******"}');
});

test("of many confirmations of the same only the last two are kept", () => {
  bench = new Bench();
  const opened = new Opened();
  const all = Uint32Array.of(1, 2);
  opened.open(1, {});
  opened.open(2, {});
  for (let at = 1; at <= 100; at += 1) opened.confirm(all.slice(), at);
  opened.open(3, {});
  opened.confirm(all, 101);
  const kept = opened.steps.flatMap((step) => ("observed" in step ? [step.observed] : []));
  assert.deepEqual(kept, [99, 100, 101]);
});

test("a file of saved views is handed on, and not read", async () => {
  bench = new Bench({ sliceMs: 5, sliceBytes: 100 });
  bench.open(1, '{"simscope": "views", "version": 1, "views": []}', { name: "views.json" });
  const told = await bench.message("saved-views");
  assert.equal(told.document, 1);
  bench.open(2, '{"views": []}');
  await bench.called(/^finish 2/);
  assert.ok(!bench.engine.calls.some((call) => /^begin 1/.test(call)));
  // Nor is it in a case.
  bench.host.receive({ type: "case", request: 1, mask: false });
  const { parts } = await bench.message("case");
  assert.equal(parts.documents.length, 1);
});
