// Both ways from the same bytes to the same columns, in turn.
import { parse, type Columns } from "./baseline.ts";
import { startEngine, type BenchColumns, type EngineModule } from "./core.ts";
import { time } from "./timing.ts";

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

function load(module: EngineModule, bytes: Uint8Array): BenchColumns {
  const columns = new module.BenchColumns();
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

export async function columns(runs: number): Promise<Timings> {
  const { module } = await startEngine();
  const answer = await fetch("data-sessions.json");
  const bytes = new Uint8Array(await answer.arrayBuffer());

  const expected = parse(bytes);
  const first = load(module, bytes);
  const difference = compare(first, expected);
  first.free();

  const timings: Timings = {
    bytes: bytes.length,
    sessions: expected["start"]?.length ?? 0,
    simscope: [],
    javascript: [],
    difference,
  };
  // The first turns do not count: the browser makes its best code of what ran often, aside, and needs a while for that.
  for (let turn = -3; turn < runs && difference === null; turn += 1) {
    let columns: BenchColumns | undefined;
    const ours = time(() => (columns = load(module, bytes)));
    columns?.free();
    const theirs = time(() => parse(bytes));
    if (turn < 0) continue;
    timings.simscope.push(ours);
    timings.javascript.push(theirs);
  }
  return timings;
}
