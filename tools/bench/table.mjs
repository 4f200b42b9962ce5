// The figures for people.
import {
  leastParseRatio,
  leastPeerRatio,
  leastRuleShare,
  mostBareRatio,
  mostBytes,
  mostFalseAlarms,
  mostFilterMs,
  mostLongTasks,
  mostMapRatio,
  mostSearchRatio,
} from "./budgets.mjs";

const ms = (value) => (value < 100 ? value.toFixed(2) : value.toFixed(0));
const column = (value) => String(value).padStart(12);
const row = (name, cells) => name.padEnd(26) + cells.map(column).join("");
const verdict = (within) => (within ? "met" : "MISSED");

function parsing({ bytes, sessions, runs, simscope, javascript, ratio, within }) {
  const cells = ({ median_ms, fastest_ms, slowest_ms, mb_per_s }) => [
    ...[median_ms, fastest_ms, slowest_ms].map(ms),
    mb_per_s.toFixed(0),
  ];
  return [
    `Bytes to columns: ${(bytes / 1e6).toFixed(1)} MB, ${sessions} sessions, ${runs} runs each; ms`,
    row("", ["median", "fastest", "slowest", "MB/s"]),
    row("simscope", cells(simscope)),
    row("JavaScript", cells(javascript)),
    `  ${ratio.toFixed(2)} times as fast (budget: at least ${leastParseRatio}): ${verdict(within)}`,
  ];
}

function fleets(all, { width, height }) {
  const lines = [
    `Frames from the command to the pixels, ${width} x ${height}, 100 lanes on screen, a new position each; ms`,
    row("sessions x lanes", ["pan", "p95", "zoom", "p95", "bars", "labels"]),
  ];
  for (const { name, pan, zoom, bars, labels } of all) {
    const found = [pan.median_ms, pan.p95_ms, zoom.median_ms, zoom.p95_ms].map(ms);
    lines.push(row(name, [...found, bars, labels]));
  }
  lines.push("", "Where the time of a panned frame goes; median ms");
  lines.push(row("", ["ask", "build", "cross", "paint", "of it text"]));
  for (const { name, pan, text_ms } of all) {
    const { ask_ms, build_ms, cross_ms, paint_ms } = pan.parts;
    lines.push(row(name, [ask_ms, build_ms, cross_ms, paint_ms, text_ms].map(ms)));
  }
  lines.push("", "All lanes at once, the index, and what a page more (2 lanes) costs; ms");
  lines.push(row("", ["first", "median", "p95", "index", "page more", "reading"]));
  for (const { name, overview, index_ms, more, load_ms } of all) {
    const { first_ms, following } = overview;
    const found = [first_ms, following.median_ms, following.p95_ms, index_ms, more.index_ms];
    lines.push(row(name, [...found, load_ms].map(ms)));
  }
  const { name, wasm_bytes_a_session } = all.at(-1);
  lines.push(
    "",
    `Memory of the engine's module for ${name}, everything indexed: ${wasm_bytes_a_session.toFixed(0)} bytes a session,`,
    `  with what it grew to while loading (budget: ${mostBytes} kept, counted by cargo test --test memory)`,
  );
  return lines;
}

function filter({ sessions, lines, within, ...sums }) {
  const found = lines.map(({ line, sessions, alone_ms, answered_ms }) =>
    row(line, [ms(alone_ms), ms(answered_ms), sessions]),
  );
  return [
    `A filter over ${sessions} sessions; ms`,
    row("", ["alone", "to a frame", "let through"]),
    ...found,
    row("median", [ms(sums.alone_median_ms), ms(sums.answered_median_ms)]),
    row("slowest", [ms(sums.alone_slowest_ms), ms(sums.answered_slowest_ms)]),
    `  the median alone (budget: at most ${mostFilterMs} ms): ${verdict(within)}`,
  ];
}

function others({ bare, echarts, vis, worker }) {
  const cells = ({ median_ms, p95_ms, frames }) => [ms(median_ms), ms(p95_ms), frames];
  const peer = (name, { sessions, lanes, ...found }) =>
    row(`${name}, ${sessions} x ${lanes}`, [...cells(found), ms(found.first_ms)]);
  return [
    "Others, and ours through a worker; ms",
    row("", ["median", "p95", "frames", "first"]),
    bare && row("bare putImageData", cells(bare)),
    echarts && peer("ECharts", echarts),
    vis && peer("vis-timeline", vis),
    worker && row("worker, answered", cells(worker.answered)),
    worker && row("worker, on screen", cells(worker.painted)),
  ].filter((line) => line);
}

function beside({ name, p95_ms, ...found }) {
  const { to_bare, within_bare, to_echarts, within_echarts } = found;
  return [
    `${name}: the slower p95 of pan and zoom is ${ms(p95_ms)} ms`,
    within_bare !== null &&
      `  ${to_bare.toFixed(1)} times the median bare putImageData (budget: at most ${mostBareRatio}): ${verdict(within_bare)}`,
    within_echarts !== null &&
      `  ${to_echarts.toFixed(0)} times as fast as ECharts' median (budget: at least ${leastPeerRatio}): ${verdict(within_echarts)}`,
  ].filter((line) => line);
}

function map({ places, empty, full, ratio, within }) {
  const cells = ({ pan, zoom, shown_ms }) =>
    [pan.median_ms, pan.p95_ms, zoom.median_ms, zoom.p95_ms, shown_ms].map(ms);
  return [
    "The map while it is panned and zoomed, from frame to frame; ms",
    row("", ["pan", "p95", "zoom", "p95", "shown in"]),
    row("empty", cells(empty)),
    row(`${places} cells`, cells(full)),
    `  the worse p95 is ${ratio.toFixed(2)} times that of the empty map (budget: at most ${mostMapRatio}): ${verdict(within)}`,
  ];
}

function cells({ rows, cells, bytes, runs, median_tasks, median_while_read, within }) {
  return [
    `A file of ${rows} cell positions (${(bytes / 1e6).toFixed(1)} MB of gzip) beside a fleet of ${cells} cells, until the map tells their places; ms`,
    row("", [
      "tasks",
      "painting",
      "scripts",
      "while read",
      "longest",
      "read in",
      "told in",
      "progress",
    ]),
    ...runs.map((run, at) =>
      row(`run ${at + 1}`, [
        run.tasks,
        run.painting,
        run.scripts,
        run.while_read,
        ...[run.longest_ms, run.read_ms, run.loaded_ms].map(ms),
        `${run.steps} times`,
      ]),
    ),
    `  ${median_tasks} long tasks in the median (budget: ${mostLongTasks}): ${verdict(within)}; ${median_while_read} while it is read`,
  ];
}

function loading({ bytes, runs, median_tasks, median_while_read, within }) {
  return [
    `Long tasks of the page while ${(bytes / 1e6).toFixed(0)} MB are read, and in the second after that`,
    row("", ["tasks", "while read", "ms in all", "longest", "read in"]),
    ...runs.map((run, at) =>
      row(`run ${at + 1}`, [
        run.tasks,
        run.while_read,
        ...[run.total_ms, run.longest_ms, run.loaded_ms].map(ms),
      ]),
    ),
    `  ${median_tasks} in the median (budget: ${mostLongTasks}): ${verdict(within)}; ${median_while_read} while it is read`,
  ];
}

function visits({ sessions, runs, network, processor, pages }) {
  const mbit = (network.downloadThroughput * 8) / 1e6;
  const lines = [
    `Pages that show ${sessions} sessions, at ${mbit} Mbit/s with ${network.latency} ms latency and a processor ${processor.rate} times slower; medians of ${runs}, kB and ms`,
    row("", ["first screen", "kB", "timeline", "kB"]),
  ];
  for (const cache of ["cold", "warm"]) {
    for (const [name, found] of Object.entries(pages)) {
      const { first_ms, first_bytes, drawn_ms, drawn_bytes } = found[cache];
      const kb = (bytes) => (bytes / 1000).toFixed(1);
      const cells = [ms(first_ms), kb(first_bytes), ms(drawn_ms), kb(drawn_bytes)];
      lines.push(row(`${name}, ${cache} cache`, cells));
    }
  }
  return lines;
}

function findings(all) {
  const lines = [
    "All findings of a fleet, in the engine, beside reading it; ms",
    row("sessions x lanes", ["reading", "search", "ratio", "findings", "slice"]),
  ];
  for (const { name, read_ms, search_ms, ratio, found, longest_step_ms } of all) {
    const cells = [ms(read_ms), ms(search_ms), ratio.toFixed(2), found, ms(longest_step_ms)];
    lines.push(row(name, cells));
  }
  const worst = Math.max(...all.map(({ ratio }) => ratio));
  const within = all.every(({ within }) => within);
  lines.push(
    `  at most ${worst.toFixed(2)} times the reading (budget: at most ${mostSearchRatio}): ${verdict(within)}`,
    "",
    "A frame that is asked for while the search goes on, and when it is over; ms",
    row("sessions x lanes", ["median", "p95", "over: median", "p95"]),
    ...all.map(({ name, frame, frame_alone }) =>
      row(name, [frame.median_ms, frame.p95_ms, frame_alone.median_ms, frame_alone.p95_ms].map(ms)),
    ),
  );
  return lines;
}

function rules({ seeds, rules, within }) {
  const share = (value) => value.toFixed(3);
  return [
    `Rules of findings on made-up fleets with planted truth (${seeds.planted.length} fleets with plants, ${seeds.clean.length} clean)`,
    row("", ["planted", "recall", "findings", "precision", "clean: false"]),
    ...rules.map(({ rule, planted, recall, findings, precision, clean_alarms }) =>
      row(rule, [planted, share(recall), findings, share(precision), share(clean_alarms)]),
    ),
    `  precision and recall (budget: at least ${leastRuleShare}), false alarms in 1,000 SIM-days of clean fleets (at most ${mostFalseAlarms}): ${verdict(within)}`,
  ];
}

/** All figures that were taken. */
export function table(result) {
  const parts = [
    result.parsing && parsing(result.parsing),
    result.fleets && fleets(result.fleets, result.canvas),
    result.filter && filter(result.filter),
    (result.bare || result.echarts || result.worker) && others(result),
    result.beside && beside(result.beside),
    result.map && map(result.map),
    result.cells && cells(result.cells),
    result.loading && loading(result.loading),
    result.visits && visits(result.visits),
    result.findings && findings(result.findings),
    result.rules && rules(result.rules),
  ];
  return parts
    .filter((part) => part)
    .map((part) => part.join("\n"))
    .join("\n\n");
}
