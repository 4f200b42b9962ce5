// The modules that the bench runs: as they are published, plus the cargo feature `bench`. See README.md: the contract.
import type { Engine, Instance, Outgoing } from "simscope-core";
import { createInstance as createEngine } from "simscope-engine";
import { createInstance as createViews } from "simscope-views";

export interface BenchColumns {
  push(bytes: Uint8Array): void;
  finish(): number;
  column(name: string): Float64Array | undefined;
  free(): void;
}

export type BenchEngine = Engine & { bench_filter(line: string): number };

export interface BenchPainter {
  settings(rowPx: number, filter: string): Uint8Array;
  timeline(from: number, to: number, top: number): Uint8Array;
  fleet(from: number, to: number): Uint8Array;
  no_fleet(): Uint8Array;
  findings(): Uint8Array;
  found(): number | undefined;
  take(body: ArrayBuffer, buffers: Outgoing["buffers"]): "frame" | "fleet" | undefined;
  counts(): Uint32Array;
  drop_labels(): void;
  paint(from: number, to: number, top: number): void;
  paint_fleet(from: number, to: number): void;
  free(): void;
}

export type EngineModule = Instance & {
  Engine: new () => BenchEngine;
  BenchColumns: new () => BenchColumns;
};
type ViewsModule = Instance & {
  BenchPainter: new (canvas: HTMLCanvasElement, styled: HTMLElement) => BenchPainter;
};

/** Bytes of the memory of an instance. */
export type Weigh = () => number;

export const compiled = (name: string): Promise<WebAssembly.Module> =>
  WebAssembly.compileStreaming(fetch(`simscope-${name}.wasm`));

async function start(instance: Instance, name: string): Promise<Weigh> {
  const module = await compiled(name);
  const { memory } = (await instance({ module_or_path: module })) as {
    memory: WebAssembly.Memory;
  };
  instance.on_panic((message) => console.error(message));
  return () => memory.buffer.byteLength;
}

/** An instance of its own: freeing it is what gives memory back to the browser. */
export async function startEngine(): Promise<{ module: EngineModule; weigh: Weigh }> {
  const module = createEngine() as unknown as EngineModule;
  return { module, weigh: await start(module, "engine") };
}

export async function startViews(): Promise<ViewsModule> {
  const module = createViews() as unknown as ViewsModule;
  await start(module, "views");
  return module;
}
