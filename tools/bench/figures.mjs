// From timings to figures, and what they come to.
import {
  leastParseRatio,
  leastPeerRatio,
  leastRuleShare,
  mostBareRatio,
  mostFalseAlarms,
  mostFilterMs,
  mostLongTasks,
  mostMapRatio,
  mostSearchRatio,
} from "./budgets.mjs";

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The value that 95 of 100 do not go beyond. */
export function p95(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

/** Median, p95 and number of some times. */
export function times(values) {
  return { median_ms: median(values), p95_ms: p95(values), frames: values.length };
}

/** What is known of a fleet by its size. */
export const loadName = ({ sessions, lanes, dense }) =>
  `${sessions} x ${lanes} ${dense ? "dense" : "sparse"}`;

/** What parsing comes to. */
export function parsing({ bytes, sessions, simscope, javascript }) {
  const one = (values) => {
    const ms = median(values);
    return {
      median_ms: ms,
      fastest_ms: Math.min(...values),
      slowest_ms: Math.max(...values),
      mb_per_s: bytes / 1e6 / (ms / 1000),
    };
  };
  const [ours, theirs] = [one(simscope), one(javascript)];
  const ratio = theirs.median_ms / ours.median_ms;
  return {
    bytes,
    sessions,
    runs: simscope.length,
    simscope: ours,
    javascript: theirs,
    ratio,
    within: ratio >= leastParseRatio,
  };
}

function frames({ all, parts }) {
  const part = Object.entries(parts).map(([name, values]) => [`${name}_ms`, median(values)]);
  return { ...times(all), parts: Object.fromEntries(part) };
}

/** What one fleet's timings come to. */
export function fleet(timings) {
  const { load, memory, overview, more, pan, wordless, zoom } = timings;
  const [panned, without] = [frames(pan), frames(wordless)];
  const following = frames(overview.frames);
  return {
    name: loadName(load),
    ...load,
    load_ms: timings.load_ms,
    bars: timings.bars,
    labels: timings.labels,
    pan: panned,
    zoom: frames(zoom),
    text_ms: panned.parts.paint_ms - without.parts.paint_ms,
    wasm_bytes_a_session: (memory[1] - memory[0]) / load.sessions,
    overview: { first_ms: overview.first_ms, following },
    index_ms: overview.first_ms - following.median_ms,
    more: { ...more, index_ms: more.first_ms - more.next_ms },
  };
}

/** What a fleet's filter lines come to; over a million sessions they are held against the budget. */
export function filtering({ load, filter }) {
  const alone = filter.lines.map((line) => line.alone_ms);
  const answered = filter.lines.map((line) => line.answered_ms);
  return {
    sessions: load.sessions,
    lines: filter.lines,
    alone_median_ms: median(alone),
    alone_slowest_ms: Math.max(...alone),
    answered_median_ms: median(answered),
    answered_slowest_ms: Math.max(...answered),
    within: median(alone) <= mostFilterMs,
  };
}

/** What a fleet's frames come to beside those of others. */
export function beside(figures, { bare, echarts }) {
  const slowest = Math.max(figures.pan.p95_ms, figures.zoom.p95_ms);
  // The strictest reading: the others' middle against our slow end.
  const to_bare = bare && slowest / bare.median_ms;
  const to_echarts = echarts && echarts.median_ms / slowest;
  return {
    name: figures.name,
    p95_ms: slowest,
    to_bare,
    within_bare: bare ? to_bare <= mostBareRatio : null,
    to_echarts,
    within_echarts: echarts ? to_echarts >= leastPeerRatio : null,
  };
}

/** What the frames of a map come to, empty and full of cells. */
export function map({ places, empty, full }) {
  const of = (runs) => ({
    pan: times(runs.flatMap((run) => run.pan)),
    zoom: times(runs.flatMap((run) => run.zoom)),
    shown_ms: median(runs.map((run) => run.shown_ms)),
  });
  const [without, cells] = [of(empty), of(full)];
  const ratio = Math.max(
    ...["pan", "zoom"].map((move) => cells[move].p95_ms / without[move].p95_ms),
  );
  return { places, empty: without, full: cells, ratio, within: ratio <= mostMapRatio };
}

/** What the runs of reading cell positions come to. */
export function cells({ rows, cells, bytes, runs }) {
  const count = median(runs.map((run) => run.tasks.length));
  const whileRead = ({ at, read_ms }) => at.filter((ms) => ms < read_ms).length;
  return {
    rows,
    cells,
    bytes,
    runs: runs.map((run) => ({
      tasks: run.tasks.length,
      while_read: whileRead(run),
      longest_ms: Math.max(0, ...run.tasks),
      // Those after that, while the places are painted.
      painting: run.painting.length,
      // The page's own of all of them, as far as the browser names them.
      scripts: run.scripts.length,
      read_ms: run.read_ms,
      loaded_ms: run.loaded_ms,
      // How often the visitor saw how far it was.
      steps: run.shares.length,
    })),
    median_tasks: count,
    median_while_read: median(runs.map(whileRead)),
    within: count <= mostLongTasks,
  };
}

/** What the runs of loading a file come to. */
export function loading(runs) {
  const count = median(runs.map((run) => run.tasks.length));
  const sum = (tasks) => tasks.reduce((sum, ms) => sum + ms, 0);
  const whileRead = ({ at = [], loaded_ms }) => at.filter((ms) => ms < loaded_ms).length;
  return {
    bytes: runs[0].bytes,
    // When each began, after the file was chosen, and how long it took.
    runs: runs.map(({ tasks, at = [], loaded_ms }) => ({
      tasks: tasks.length,
      // The others came in the second after that, when the map is drawn for the first time.
      while_read: whileRead({ at, loaded_ms }),
      each: tasks.map((ms, number) => ({ at_ms: at[number], ms })),
      total_ms: sum(tasks),
      longest_ms: Math.max(0, ...tasks),
      loaded_ms,
    })),
    median_tasks: count,
    median_while_read: median(runs.map(whileRead)),
    within: count <= mostLongTasks,
  };
}

/** What the visits come to: of each page the median of its runs, from an empty cache and from a filled one. */
export function visits({ pages, ...given }) {
  const one = (runs) =>
    Object.fromEntries(
      Object.keys(runs[0]).map((name) => [name, median(runs.map((run) => run[name]))]),
    );
  const found = Object.entries(pages).map(([name, { cold, warm }]) => [
    name,
    { cold: one(cold), warm: one(warm) },
  ]);
  return { ...given, pages: Object.fromEntries(found) };
}

/** What searching a fleet for findings comes to, beside reading it. */
export function findings({ load, read_ms, search_ms, steps, frames, alone, found }) {
  const ratio = search_ms / read_ms;
  return {
    name: loadName(load),
    ...load,
    found,
    read_ms,
    search_ms,
    ratio,
    longest_step_ms: Math.max(...steps),
    // A frame that is asked for at any time while the search goes on, and the same when it is over.
    frame: times(frames),
    frame_alone: times(alone),
    within: ratio <= mostSearchRatio,
  };
}

/** What the rules' figures come to. */
export function rules({ planted, clean, seeds }) {
  const all = planted.map((row, at) => ({ ...row, clean_alarms: clean[at].false_alarms }));
  const within = (row) =>
    Math.min(row.precision, row.recall) >= leastRuleShare && row.clean_alarms <= mostFalseAlarms;
  return { seeds, rules: all, within: all.every(within) };
}

/** Names of the budgets that are missed. */
export function missed(result) {
  const { parsing, filter, loading, beside, map, cells, findings, rules } = result;
  return [
    parsing?.within === false && "parse + normalise",
    beside?.within_bare === false && "a frame beside bare putImageData",
    beside?.within_echarts === false && "a frame beside ECharts",
    filter?.within === false && "the filter",
    map?.within === false && "a frame of the map",
    cells?.within === false && "long tasks while cell positions are read",
    loading?.within === false && "long tasks while loading",
    findings?.some(({ within }) => !within) && "findings beside reading",
    rules?.within === false && "the rules of findings",
  ].filter((name) => name);
}
