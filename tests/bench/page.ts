// Runs inside the bench's page: both ways in turn, from the same bytes.
import type { EngineInstance } from "simscope-core";
import { createInstance } from "simscope-engine";
import { parse, type Columns } from "./baseline.ts";

/** See README.md: the contract. */
interface BenchColumns {
  push(bytes: Uint8Array): void;
  finish(): number;
  column(name: string): Float64Array | undefined;
  free(): void;
}

type BenchInstance = EngineInstance & { BenchColumns: new () => BenchColumns };

export interface Timings {
  bytes: number;
  sessions: number;
  /** Milliseconds of each run. */
  simscope: number[];
  javascript: number[];
  /** What differs between the columns of both; null where nothing does. */
  difference: string | null;
}

/** As much as the host hands to the engine at once. */
const pieceBytes = 1024 * 1024;

function load(instance: BenchInstance, bytes: Uint8Array): BenchColumns {
  const columns = new instance.BenchColumns();
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    columns.push(bytes.subarray(at, at + pieceBytes));
  }
  columns.finish();
  return columns;
}

/** The first value that differs; null where all are equal. */
function compare(ours: BenchColumns, theirs: Columns): string | null {
  for (const [name, expected] of Object.entries(theirs)) {
    const got = ours.column(name);
    if (got?.length !== expected.length) {
      return `${name}: ${got?.length ?? "no"} rows instead of ${expected.length}`;
    }
    const row = expected.findIndex((value, row) => !Object.is(value, got[row]));
    if (row >= 0) return `${name}, row ${row}: ${got[row]} instead of ${expected[row]}`;
  }
  return null;
}

/** Milliseconds that the work takes, with a collected heap before. */
function time(work: () => void): number {
  (globalThis as { gc?: () => void }).gc?.();
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

export async function run(runs: number): Promise<Timings> {
  const instance = createInstance() as BenchInstance;
  const [module, bytes] = await Promise.all([
    WebAssembly.compileStreaming(fetch("simscope-engine.wasm")),
    fetch("data-sessions.json")
      .then((response) => response.arrayBuffer())
      .then((buffer) => new Uint8Array(buffer)),
  ]);
  await instance({ module_or_path: module });

  const expected = parse(bytes);
  const first = load(instance, bytes);
  const difference = compare(first, expected);
  first.free();

  const timings: Timings = {
    bytes: bytes.length,
    sessions: expected["start"]?.length ?? 0,
    simscope: [],
    javascript: [],
    difference,
  };
  // The first turn is for warming up and does not count.
  for (let turn = -1; turn < runs && difference === null; turn += 1) {
    let columns: BenchColumns | undefined;
    const ours = time(() => (columns = load(instance, bytes)));
    columns?.free();
    const theirs = time(() => parse(bytes));
    if (turn < 0) continue;
    timings.simscope.push(ours);
    timings.javascript.push(theirs);
  }
  return timings;
}
