// What the engine's host does for live sources: confirming, taking documents out again, forgetting all, and sparing the views.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Bench, pause, until } from "./fake-engine.ts";

let bench: Bench;
afterEach(() => bench.host.stop());

const observed = { observed: "2026-05-20T12:00:00.000Z" };

test("a confirmation comes behind the documents that it is about", async () => {
  bench = new Bench();
  bench.open(1, "first", observed);
  bench.host.receive({ type: "confirm", documents: [1], observed: 1234 });
  bench.open(2, "second", observed);
  await bench.called(/^finish 2/);
  const order = bench.engine.work.filter((call) => !call.startsWith("push"));
  assert.deepEqual(
    order.map((call) => call.split(" ")[0]),
    ["begin", "finish", "confirm", "begin", "finish"],
  );
  assert.ok(order.includes("confirm 1 1234"));
});

test("the cells without a position are told behind the documents that bring cells", async () => {
  bench = new Bench();
  bench.open(1, "first", observed);
  bench.host.receive({ type: "unplaced", request: 7 });
  const told = await bench.message("unplaced");
  assert.deepEqual(told, { type: "unplaced", request: 7, cells: "[]" });
  const order = bench.engine.work.filter((call) => !call.startsWith("push"));
  assert.deepEqual(order.at(-1), "unplaced");
});

test("what is to be kept of a document, or of a part of one, is its text without secrets", async () => {
  bench = new Bench();
  bench.open(1, "a secret", observed);
  bench.host.receive({ type: "plain", request: 3, of: 1 });
  const whole = await bench.message("plain");
  assert.equal(await whole.blob?.text(), "a ******");
  bench.posted.length = 0;
  const part = new TextEncoder().encode("secret ü").buffer;
  bench.host.receive({ type: "plain", request: 4, of: part });
  assert.equal(await (await bench.message("plain")).blob?.text(), "****** ü");
  bench.posted.length = 0;
  bench.host.receive({ type: "forget", documents: [1] });
  bench.host.receive({ type: "plain", request: 5, of: 1 });
  assert.deepEqual(await bench.message("plain"), { type: "plain", request: 5, blob: null });
});

test("sessions without an end are told behind the documents that bring them", async () => {
  bench = new Bench();
  bench.open(1, "first", observed);
  bench.host.receive({ type: "unended", request: 9, source: "Soracom" });
  assert.deepEqual(await bench.message("unended"), { type: "unended", request: 9, sims: "[]" });
  assert.equal(bench.engine.work.at(-1), "unended Soracom");
});

test("documents that are taken out leave the others, which are read anew without a word", async () => {
  bench = new Bench();
  bench.open(1, "file", { provider: "kore" });
  bench.open(2, "live a", observed);
  bench.open(3, "live b", observed);
  await bench.called(/^finish 3/);
  bench.engine.calls.length = 0;
  bench.host.receive({ type: "forget", documents: [2, 3] });
  await bench.called(/^finish 1/);
  // How it was opened is asked of the engine before it forgets it.
  assert.deepEqual(bench.engine.work, [
    "begin case false",
    'case 1 {"provider":"kore"}',
    "end case",
    "clear",
    'begin 1 {"provider":"kore","again":true}',
    "push 1 4",
    "finish 1",
  ]);
  assert.equal(bench.engine.text(1), "file");
  bench.host.receive({ type: "raw", request: 1, document: 2, offset: 0, length: 4 });
  assert.equal((await bench.message("raw")).text, null);
});

test("what is taken out while it waits is never begun", async () => {
  bench = new Bench();
  bench.open(1, "x".repeat(40_000));
  bench.open(2, "live", observed);
  bench.host.receive({ type: "forget", documents: [2] });
  await until(
    () => bench.engine.work.find((call) => call.includes(`"again":true`)),
    "a second reading",
  );
  assert.ok(!bench.engine.work.some((call) => call.startsWith("begin 2")));
});

test("forgetting all ends what is being read and what waits", async () => {
  bench = new Bench();
  bench.open(1, "x".repeat(40_000));
  bench.open(2, "waits");
  await bench.called(/^push 1/);
  bench.host.receive({ type: "clear" });
  await pause(20);
  assert.ok(bench.engine.calls.includes("clear"));
  assert.ok(!bench.engine.work.some((call) => call.startsWith("begin 2")));
  bench.host.receive({ type: "forget", documents: [9] });
  await pause(20);
  assert.ok(!bench.engine.work.some((call) => call.includes(`"again":true`)));
});

test("many small answers in a row do not make the engine answer its views for each", async () => {
  bench = new Bench({ sliceMs: 5, sliceBytes: 1000 });
  for (let document = 0; document < 50; document++) bench.open(document, "{}", observed);
  await bench.called(/^finish 49/);
  const behind = bench.engine.calls.filter(
    (call, at) => call.startsWith("step") && bench.engine.calls[at - 1]?.startsWith("finish"),
  );
  assert.ok(behind.length < 10, `${behind.length} of 50`);
  const at = bench.engine.calls.length;
  await until(
    () => bench.engine.calls.slice(at).find((call) => call.startsWith("step")),
    "a step at last",
  );
});
