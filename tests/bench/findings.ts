// All findings of one fleet, searched by the engine as it does in the page: slice by slice, views first. Beside it, the time
// that reading the same bytes took.
import { fleet, span, windowOf } from "./fleet.mjs";
import type { Load } from "./frames.ts";
import { Rig } from "./rig.ts";
import { collected, nextFrame, type Size } from "./timing.ts";

/** The engine's budget of a slice, as its worker gives it. */
const budgetMs = 8;
/** So many slices lie between two frames that are asked for. */
const slicesBetween = 4;
const panPx = 7;

export interface FindingTimings {
  load: Load;
  /** In the engine, to read all of it. */
  read_ms: number;
  /** In the engine, to search all of it; frames that are asked for meanwhile left out. */
  search_ms: number;
  /** Milliseconds of each slice. */
  steps: number[];
  /** Milliseconds from a command to the pixels, while the search goes on. */
  frames: number[];
  /** The same when it is over. */
  alone: number[];
  found: number;
}

export async function findings(
  load: Load,
  { size, frames }: { size: Size; frames: number },
): Promise<FindingTimings> {
  const rig = await Rig.start(size);
  const read_ms = rig.load(1, fleet(load));
  rig.settle();
  const { from, to } = windowOf(load, size.width);
  const msPerPx = (to - from) / size.width;
  const timings: FindingTimings = {
    ...{ load, read_ms, search_ms: 0, steps: [], frames: [], alone: [], found: 0 },
  };
  let at = 0;
  const frame = (): number => {
    const shift = (at % Math.floor((span.to - to) / msPerPx / panPx)) * panPx * msPerPx;
    at += 1;
    const { ask, build, cross, paint } = rig.frame(from + shift, to + shift);
    return ask + build + cross + paint;
  };
  // What runs often is compiled well only after a while.
  for (let warm = 0; warm < 32; warm += 1) frame();

  rig.engine.command(rig.painter.findings());
  collected();
  for (let slice = 0, done = false; !done; slice += 1) {
    const begun = performance.now();
    done = !rig.engine.step(budgetMs, Date.now());
    timings.steps.push(performance.now() - begun);
    rig.drain();
    if (slice % slicesBetween === 0 && timings.frames.length < frames) {
      await nextFrame();
      timings.frames.push(frame());
    }
  }
  const found = rig.painter.found();
  if (found === undefined)
    throw new Error("the engine says that it is done, and does not tell what it found");
  timings.found = found;
  timings.search_ms = timings.steps.reduce((sum, ms) => sum + ms, 0);
  for (let count = 0; count < timings.frames.length; count += 1) {
    await nextFrame();
    timings.alone.push(frame());
  }
  rig.free();
  return timings;
}
