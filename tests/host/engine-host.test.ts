// The host of an engine: what it feeds in, in which order, and what it lets out.
import assert from "node:assert/strict";
import { afterEach, test, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { Bench, pause, bytesOf, textOf } from "./fake-engine.ts";

let bench: Bench;
afterEach(() => bench.host.stop());

test("a document is fed in slices of the pace, begun and finished", async () => {
  bench = new Bench({ sliceMs: 5, sliceBytes: 4 });
  bench.open(7, "0123456789", { provider: "kore" });
  await bench.called(/^finish/);
  assert.deepEqual(bench.engine.work, [
    'begin 7 {"provider":"kore"}',
    "push 7 4",
    "push 7 4",
    "push 7 2",
    "finish 7",
  ]);
  assert.equal(bench.engine.text(7), "0123456789");
  assert.ok(bench.engine.calls.includes("step 5"));
});

test("bytes can be given instead of a Blob, and nothing at all is a document too", async () => {
  bench = new Bench();
  const bytes = new TextEncoder().encode("[1]").buffer;
  bench.host.receive({ type: "open", document: 1, bytes });
  bench.host.receive({ type: "open", document: 2, bytes: new ArrayBuffer(0) });
  await bench.called(/^finish 2/);
  assert.equal(bench.engine.text(1), "[1]");
  assert.deepEqual(bench.engine.work.slice(-2), ["begin 2 {}", "finish 2"]);
});

test("one document is read after the other, in the order they came", async () => {
  bench = new Bench();
  for (const document of [1, 2, 3]) bench.open(document, `document ${document}`);
  await bench.called(/^finish 3/);
  const ends = bench.engine.work.filter((call) => /^(begin|finish)/.test(call));
  assert.deepEqual(ends, [
    "begin 1 {}",
    "finish 1",
    "begin 2 {}",
    "finish 2",
    "begin 3 {}",
    "finish 3",
  ]);
});

test("a command comes between two slices of a load", async () => {
  bench = new Bench();
  bench.engine.onCall = (call) => {
    if (call === "push 1 4" && bench.engine.pushed.get(1)?.length === 2) {
      setImmediate(() => bench.host.receive({ type: "command", body: bytesOf("now") }));
    }
  };
  // Node delivers up to 1000 messages of one port before it looks at anything else.
  bench.open(1, "x".repeat(16_000));
  await bench.called(/^finish 1/);
  const at = bench.engine.work.indexOf("command now");
  assert.ok(at > 2 && at < 2000, `the command was call ${at} of ${bench.engine.work.length}`);
});

test("what the engine says is posted in order, its buffers transferred", async () => {
  bench = new Bench();
  const buffer = new ArrayBuffer(8);
  bench.engine.say("first");
  bench.engine.say("second", [buffer]);
  bench.host.receive({ type: "command", body: bytesOf("third") });
  await bench.called(/^step/);
  const said = bench.posted.map((message) => message.type === "update" && textOf(message.body));
  assert.deepEqual(said, ["first", "second", "answer third"]);
  assert.equal(bench.transferred[1]?.[1], buffer);
});

test("the engine is stepped until it has nothing left to do", async () => {
  bench = new Bench();
  bench.engine.steps = 4;
  bench.host.receive({ type: "command", body: bytesOf("{}") });
  await pause(20);
  assert.equal(bench.engine.calls.filter((call) => call.startsWith("step")).length, 4);
});

test("the page has time to draw an update before the next slice is fed", async () => {
  bench = new Bench();
  bench.engine.onCall = (call) => {
    if (call === "push 1 4") bench.engine.say("update");
  };
  const pushed = () => bench.engine.pushed.get(1)?.length;
  bench.open(1, "0123456789");
  for (const slices of [1, 2]) {
    await bench.called(/^push/);
    await pause(30);
    assert.equal(pushed(), slices);
    bench.host.receive({ type: "drawn" });
  }
  await bench.called(/^finish 1/);
  assert.equal(pushed(), 3);
});

/** Counts from now on how often the host begins to wait for the page. */
function countWaits(t: TestContext): () => number {
  const timers = t.mock.method(globalThis, "setTimeout").mock;
  return () => timers.calls.filter(({ arguments: [, ms] }) => ms === 1000).length;
}

test("small documents are fed without waiting for the page", async (t) => {
  const waits = countWaits(t);
  bench = new Bench({ sliceMs: 5, sliceBytes: 100 });
  bench.engine.onCall = (call) => {
    if (call.startsWith("push")) bench.engine.say("update");
  };
  for (let document = 0; document < 20; document += 1) bench.open(document, "small");
  await bench.called(/^finish 19/);
  assert.equal(waits(), 0);
});

test("a page that does not say that it has drawn is waited for once, until it says so again", async (t) => {
  const waits = countWaits(t);
  bench = new Bench();
  bench.engine.onCall = (call) => {
    if (call.startsWith("push")) bench.engine.say("update");
  };
  bench.open(1, "x".repeat(40));
  await bench.called(/^finish 1/);
  assert.equal(waits(), 1, "for ten slices");

  bench.host.receive({ type: "drawn" });
  bench.open(2, "0123456789");
  await bench.called(/^push 2/);
  await pause(30);
  assert.equal(bench.engine.pushed.get(2)?.length, 1);
});

test("progress counts the bytes of the file on disk and ends at its size", async () => {
  bench = new Bench({ sliceMs: 5, sliceBytes: 1 << 20 });
  const packed = gzipSync(Buffer.alloc(3_000_000, "abc"), { level: 1 });
  bench.open(1, packed);
  await bench.called(/^finish/);
  const read = bench.posted.flatMap((message) =>
    message.type === "progress" ? [message.read] : [],
  );
  assert.ok(read.length > 1);
  assert.deepEqual(
    read,
    [...read].sort((a, b) => a - b),
  );
  assert.equal(read.at(-1), packed.length);
  for (const message of bench.posted) {
    if (message.type === "progress") assert.equal(message.total, packed.length);
  }
});

test("a document that is closed while it is read is no longer fed, and not taken for damaged", async () => {
  bench = new Bench();
  bench.engine.onCall = (call) => {
    if (call.startsWith("push")) bench.host.receive({ type: "close", document: 1 });
  };
  bench.open(1, "x".repeat(100));
  const failed = await bench.called(/^fail 1/);
  assert.match(failed, /stopped/);
  assert.deepEqual(
    bench.engine.work.map((call) => call.split(" ")[0]),
    ["begin", "push", "fail"],
  );
  bench.host.receive({ type: "raw", request: 9, document: 1, offset: 0, length: 1 });
  assert.equal((await bench.message("raw")).text, null);
});

test("a document that is closed before its turn is never begun", async () => {
  bench = new Bench();
  bench.open(1, "first");
  bench.open(2, "second");
  bench.open(3, "third");
  bench.host.receive({ type: "close", document: 2 });
  await bench.called(/^finish 3/);
  assert.ok(!bench.engine.work.some((call) => / 2\b/.test(call) && call.startsWith("begin")));
});

test("a file that cannot be read is told to the engine, and the next one is read", async () => {
  bench = new Bench();
  const gone = new Blob(["x"]);
  gone.slice = () => {
    throw new DOMException("gone", "NotFoundError");
  };
  bench.host.receive({ type: "open", document: 1, blob: gone });
  bench.open(2, "ok");
  await bench.called(/^finish 2/);
  const failed = bench.engine.work.find((call) => call.startsWith("fail 1"));
  assert.match(failed ?? "", /could not read the file to its end \(NotFoundError\)/);
});

test("the text of a record comes from the document, in bytes, also while another is read", async () => {
  bench = new Bench();
  bench.open(1, '[{"a":"é"},{"b":2}]');
  await bench.called(/^finish 1/);
  bench.open(2, "x".repeat(40_000));
  bench.host.receive({ type: "raw", request: 5, document: 1, offset: 1, length: 10 });
  assert.deepEqual(await bench.message("raw"), { type: "raw", request: 5, text: '{"a":"é"}' });
  assert.ok(!bench.engine.calls.includes("finish 2"));
});

test("a record that is not there is answered with what to do", async () => {
  bench = new Bench();
  bench.open(1, "[]");
  await bench.called(/^finish 1/);
  for (const [document, offset, length] of [
    [2, 0, 1],
    [1, 1, 2],
    [1, -1, 1],
  ] as const) {
    bench.posted.length = 0;
    bench.host.receive({ type: "raw", request: 1, document, offset, length });
    const { text, message } = await bench.message("raw");
    assert.equal(text, null);
    assert.match(message ?? "", /Open it again/);
  }
});

test("an engine that panics is told once and never called again", async () => {
  bench = new Bench();
  bench.engine.onCall = (call) => {
    if (call === "push 1 4") throw new WebAssembly.RuntimeError("unreachable");
  };
  bench.open(1, "x".repeat(100));
  bench.open(2, "y");
  assert.deepEqual(await bench.message("failed"), { type: "failed", message: "unreachable" });
  const calls = bench.engine.calls.length;
  bench.host.receive({ type: "command", body: bytesOf("{}") });
  bench.host.fail("again");
  await pause(20);
  assert.equal(bench.engine.calls.length, calls);
  assert.equal(bench.posted.filter((message) => message.type === "failed").length, 1);
});

test("a host that was stopped says nothing more", async () => {
  bench = new Bench();
  bench.open(1, "x".repeat(1000));
  await bench.called(/^push/);
  bench.host.stop();
  const posted = bench.posted.length;
  const calls = bench.engine.calls.length;
  await pause(20);
  assert.equal(bench.posted.length, posted);
  assert.equal(bench.engine.calls.length, calls);
});
