// The names of networks: fetched when an engine wants them, handed in, and missed without a fuss.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Bench, pause } from "./fake-engine.ts";

let bench: Bench;
afterEach(() => bench.host.stop());

const list = "24201 Telenor\n";

test("nothing is fetched until an engine wants names", async (t) => {
  const fetched = t.mock.method(globalThis, "fetch", async () => new Response(list));
  bench = new Bench();
  bench.open(1, "named", {});
  await bench.called(/^finish 1/);
  await pause(20);
  assert.equal(fetched.mock.callCount(), 0);
});

test("names are fetched once, from beside the script, while reading goes on", async (t) => {
  let answer = (_: Response): void => undefined;
  const fetched = t.mock.method(
    globalThis,
    "fetch",
    () => new Promise<Response>((resolve) => (answer = resolve)),
  );
  bench = new Bench();
  bench.engine.wantsNames = true;
  bench.open(1, "0123456789");
  await bench.called(/^finish 1/);
  assert.equal(fetched.mock.callCount(), 1);
  const [url] = fetched.mock.calls[0]?.arguments ?? [];
  assert.equal(String(url), "http://files.invalid/networks.txt");
  assert.equal(bench.engine.work.at(-1), "finish 1", "nothing waits for the answer");
  answer(new Response(list));
  await bench.called(/^names 24201 Telenor/);
  const at = bench.engine.calls.findIndex((call) => call.startsWith("names"));
  await pause(20);
  assert.ok(
    bench.engine.calls.slice(at).some((call) => call.startsWith("step")),
    "shown anew",
  );
});

test("that there are none is told once, whatever the cause, and nothing else happens", async (t) => {
  const told = t.mock.method(console, "warn", () => undefined);
  const answers = [
    async () => Promise.reject<Response>(new TypeError("Failed to fetch")),
    async () => new Response("not found", { status: 404 }),
    async () => new Response("<!doctype html>\n"),
  ];
  for (const answer of answers) {
    t.mock.method(globalThis, "fetch", answer);
    bench = new Bench();
    bench.engine.wantsNames = true;
    bench.open(1, "[]");
    await bench.called(/^finish 1/);
    await pause(20);
    assert.equal(bench.posted.filter(({ type }) => type === "failed").length, 0);
    bench.host.stop();
  }
  assert.equal(told.mock.callCount(), 1);
  assert.match(String(told.mock.calls[0]?.arguments[0]), /networks\.txt could not be had: Failed/);
});

test("a host that was stopped takes no names any more", async (t) => {
  let answer = (_: Response): void => undefined;
  t.mock.method(globalThis, "fetch", () => new Promise((resolve) => (answer = resolve)));
  bench = new Bench();
  bench.engine.wantsNames = true;
  bench.open(1, "[]");
  await bench.called(/^finish 1/);
  bench.host.stop();
  answer(new Response(list));
  await pause(20);
  assert.ok(!bench.engine.calls.some((call) => call.startsWith("names")));
});
