// The engine in a worker, with a fleet that it makes up itself: answers commands with frames, as the page's own worker does.
import { startEngine, type BenchEngine } from "./core.ts";
import { fleet } from "./fleet.mjs";
import type { Load } from "./frames.ts";

let engine: BenchEngine | undefined;

async function load(load: Load): Promise<void> {
  const { module } = await startEngine();
  engine = new module.Engine();
  const encoder = new TextEncoder();
  engine.begin(1, JSON.stringify({ name: "fleet.json" }));
  for (const piece of fleet(load)) engine.push(1, encoder.encode(piece));
  engine.finish(1);
  answer();
  postMessage("loaded");
}

function answer(): void {
  let more = true;
  while (more && engine) {
    more = engine.step(24, Date.now());
    for (let next = engine.take(); next; next = engine.take()) {
      postMessage(next, { transfer: [next.body, ...next.buffers] });
    }
  }
}

addEventListener("message", ({ data }: MessageEvent<Load | Uint8Array>) => {
  if (!(data instanceof Uint8Array)) return void load(data);
  engine?.command(data);
  answer();
});
