// One fleet, loaded by the real importer: its frames while it is panned and zoomed, all lanes at once, the index, the filter.
import { fleet, onePageMore, span, windowOf } from "./fleet.mjs";
import { Rig, type Phases } from "./rig.ts";
import { collected, framesOf, nextFrame, type Size } from "./timing.ts";

export interface Load {
  sessions: number;
  lanes: number;
  dense: boolean;
}

/** Milliseconds of each frame, and of the parts that each is made of. */
export interface Frames {
  all: number[];
  parts: Record<keyof Phases, number[]>;
}

export interface FleetTimings {
  load: Load;
  /** In the engine, to read all of it. */
  load_ms: number;
  bars: number;
  labels: number;
  pan: Frames;
  zoom: Frames;
  /** Panning without labels and notes. */
  wordless: Frames;
  /** Bytes of the engine's memory before anything was read, and when all lanes were indexed. */
  memory: [number, number];
  /** All lanes at once: the first picture, which indexes them, and those after it. */
  overview: { first_ms: number; frames: Frames };
  /** The picture after a page more, which touched `lanes` lanes, and the same again with nothing changed. */
  more: { lanes: number; read_ms: number; first_ms: number; next_ms: number };
  filter: FilterTimings | null;
}

export interface FilterTimings {
  /** By line: sessions let through, milliseconds of the filter alone, and from the command to the frame's answer. */
  lines: { line: string; sessions: number; alone_ms: number; answered_ms: number }[];
}

/** The browser makes its best code of what ran often, aside, and needs a while for that. */
const warmUp = 32;
/** Pixels that each frame is panned by. */
const panPx = 7;
const zoomSteps = [1.02, 1.1, 1.25, 1.5];
/** Into one direction, then back. */
const zoomRun = 8;

/** Lines of several kinds, each asked once, so that nothing is known of it. */
const lines = [
  'operator:"Example Norway"',
  "radio:3g",
  "country:NO,SE",
  "packets>300000",
  "dur>2h",
  "-country:DK radio:4g",
  "operator:*mobile*",
  "imei:99000000000*",
  "cell:1000256",
  "sim:*00042",
  "since:7d packets<1000",
  "00017",
  "example",
];

async function measured(
  count: number,
  paint: (frame: number) => Phases,
  warm = warmUp,
): Promise<Frames> {
  const parts: Frames["parts"] = { ask: [], build: [], cross: [], paint: [] };
  const all = await framesOf(count, warm, (frame) => {
    const spent = paint(frame);
    if (frame < warm) return;
    for (const part of Object.keys(parts) as (keyof Phases)[]) parts[part].push(spent[part]);
  });
  return { all, parts };
}

/** How much larger the window is in a frame. */
function factor(frame: number): number {
  const at = frame % (2 * zoomRun);
  const out = at < zoomRun ? at : 2 * zoomRun - at;
  let factor = 1;
  for (let step = 0; step < out; step += 1) factor *= zoomSteps[step % zoomSteps.length] ?? 1;
  return factor;
}

function tryLines(rig: Rig): FilterTimings {
  const found = lines.map((line) => {
    collected();
    const begun = performance.now();
    const sessions = rig.engine.bench_filter(line);
    const alone = performance.now();
    rig.set(line);
    rig.answered("frame");
    const answered = performance.now();
    rig.settle();
    return { line, sessions, alone_ms: alone - begun, answered_ms: answered - alone };
  });
  rig.set("");
  rig.settle();
  return { lines: found };
}

/** Everything about one fleet. */
export async function fleetFrames(
  load: Load,
  { size, frames, filter }: { size: Size; frames: number; filter: boolean },
): Promise<FleetTimings> {
  const rig = await Rig.start(size);
  const before = rig.weigh();
  const load_ms = rig.load(1, fleet(load));
  rig.settle();

  const { from, to } = windowOf(load, size.width);
  const msPerPx = (to - from) / size.width;
  const pan = (words: boolean) => (frame: number) => {
    const shift = frame * panPx * msPerPx;
    return rig.frame(from + shift, to + shift, { words });
  };
  const panned = await measured(frames, pan(true));
  const [bars = 0, labels = 0] = rig.painter.counts();
  const wordless = await measured(Math.ceil(frames / 3), pan(false));
  const middle = (from + to) / 2;
  const zoomed = await measured(frames, (frame) => {
    // A pixel aside each time, so that no window comes twice.
    const [half, aside] = [((to - from) / 2) * factor(frame), frame * msPerPx];
    return rig.frame(middle - half + aside, middle + half + aside);
  });

  const lookAt = (shift: number) => rig.fleet(span.from + shift, span.to + shift);
  const total = ({ ask, build, cross, paint }: Phases) => ask + build + cross + paint;
  const first_ms = total(lookAt(0));
  const fleetPx = (span.to - span.from) / size.width;
  const overview = await measured(
    Math.ceil(frames / 3),
    (frame) => lookAt((frame + 1) * panPx * fleetPx),
    2,
  );
  const memory: [number, number] = [before, rig.weigh()];

  const lanes = 2;
  const read_ms = rig.load(2, onePageMore(lanes));
  await nextFrame();
  const more_first = total(lookAt(0));
  const more_next = total(lookAt(fleetPx));
  rig.engine.command(rig.painter.no_fleet());
  rig.settle();

  const timings = {
    load,
    load_ms,
    bars,
    labels,
    pan: panned,
    zoom: zoomed,
    wordless,
    memory,
    overview: { first_ms, frames: overview },
    more: { lanes, read_ms, first_ms: more_first, next_ms: more_next },
    filter: filter ? tryLines(rig) : null,
  };
  rig.free();
  return timings;
}
