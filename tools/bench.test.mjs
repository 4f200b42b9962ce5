import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { dataSessions } from "../tests/bench/data.mjs";
import { parse } from "../tests/bench/baseline.ts";
import { fleet, onePageMore, sessionsOfLanes, span, windowOf } from "../tests/bench/fleet.mjs";
import { events, lines } from "./bench/cells.mjs";
import * as figures from "./bench/figures.mjs";
import { rulesIn } from "./bench/rules.mjs";
import { table } from "./bench/table.mjs";
import { refusePeers } from "./bundle.mjs";

const { median } = figures;

test("the median is the middle, or between the two in the middle", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 2, 100]), 3);
});

test("the p95 is the time that 95 of 100 frames keep", () => {
  assert.equal(figures.p95(Array.from({ length: 100 }, (_, at) => 100 - at)), 95);
  assert.equal(figures.p95([7]), 7);
  assert.equal(figures.p95([1, 9, 2]), 9);
});

test("parsing compares medians and is held against the budget", () => {
  const timings = {
    bytes: 50e6,
    sessions: 9,
    simscope: [100, 90, 500],
    javascript: [200, 150, 140],
  };
  const { ratio, within, simscope } = figures.parsing(timings);
  assert.deepEqual([ratio, within], [1.5, true]);
  assert.deepEqual(simscope, { median_ms: 100, fastest_ms: 90, slowest_ms: 500, mb_per_s: 500 });
  assert.equal(figures.parsing({ ...timings, javascript: [149] }).within, false);
});

const phases = (ask, build, cross, paint) => ({
  all: [ask + build + cross + paint],
  parts: { ask: [ask], build: [build], cross: [cross], paint: [paint] },
});
const canned = {
  load: { sessions: 1_000_000, lanes: 10_000, dense: true },
  load_ms: 3000,
  bars: 20_000,
  labels: 800,
  pan: phases(0.1, 1, 0.9, 2),
  zoom: phases(0.1, 1, 0.9, 4),
  wordless: phases(0.1, 1, 0.9, 0.5),
  memory: [1e6, 161e6],
  overview: { first_ms: 200, frames: phases(0, 30, 5, 5) },
  more: { lanes: 2, read_ms: 5, first_ms: 60, next_ms: 40 },
  filter: {
    lines: [
      { line: "radio:3g", sessions: 2e5, alone_ms: 20, answered_ms: 90 },
      { line: "dur>2h", sessions: 4e5, alone_ms: 60, answered_ms: 110 },
      { line: "example", sessions: 1e6, alone_ms: 300, answered_ms: 350 },
    ],
  },
};

test("a fleet's figures tell text, index and memory apart", () => {
  const found = figures.fleet(canned);
  assert.equal(found.name, "1000000 x 10000 dense");
  assert.equal(found.text_ms, 1.5);
  assert.equal(found.index_ms, 160);
  assert.equal(found.more.index_ms, 20);
  assert.equal(found.wasm_bytes_a_session, 160);
});

test("frames are held against bare pixels and against ECharts by the slower p95", () => {
  const found = (bare_ms, echarts_ms) =>
    figures.beside(figures.fleet(canned), {
      bare: { median_ms: bare_ms },
      echarts: { median_ms: echarts_ms },
    });
  const good = found(0.75, 600);
  assert.deepEqual([good.p95_ms, good.to_bare, good.to_echarts], [6, 8, 100]);
  assert.deepEqual([good.within_bare, good.within_echarts], [true, true]);
  const bad = found(0.7, 590);
  assert.deepEqual([bad.within_bare, bad.within_echarts], [false, false]);
  assert.equal(figures.beside(figures.fleet(canned), {}).within_bare, null);
});

test("the filter is held against the budget by the median of its lines", () => {
  const found = figures.filtering(canned);
  assert.deepEqual([found.alone_median_ms, found.alone_slowest_ms, found.within], [60, 300, true]);
});

test("long tasks count by the median of the runs", () => {
  const run = (...tasks) => ({ bytes: 100e6, loaded_ms: 1000, tasks });
  const found = figures.loading([run(60, 70), run(), run()]);
  assert.deepEqual([found.median_tasks, found.within], [0, true]);
  assert.deepEqual([found.runs[0].total_ms, found.runs[0].longest_ms], [130, 70]);
  assert.equal(figures.loading([run(60), run(51), run()]).within, false);
});

test("long tasks while a file is read are told apart from those after it", () => {
  const at = (...times) => ({ bytes: 1, loaded_ms: 1000, at: times, tasks: times.map(() => 60) });
  const found = figures.loading([at(900, 1100), at(1001), at(10, 20, 30)]);
  assert.deepEqual(
    found.runs.map((run) => run.while_read),
    [1, 0, 3],
  );
  assert.deepEqual([found.median_tasks, found.median_while_read], [2, 1]);
});

test("a map full of cells is held against the empty one by the worse p95", () => {
  const run = (pan, zoom) => ({ pan: [pan, pan], zoom: [zoom, zoom], shown_ms: 900 });
  const found = (pan, zoom) =>
    figures.map({ places: 9, empty: [run(17, 20)], full: [run(pan, zoom)] });
  assert.deepEqual([found(34, 50).ratio, found(34, 50).within], [2.5, true]);
  const bad = found(52, 20);
  assert.equal(bad.within, false);
  assert.deepEqual(figures.missed({ map: bad }), ["a frame of the map"]);
  assert.match(table({ map: bad }), /3\.06 times that of the empty map .*: MISSED/);
});

test("reading cell positions is held against the budget by the median of the runs", () => {
  const run = (...at) => ({
    at,
    tasks: at.map(() => 60),
    painting: [70],
    scripts: at.slice(1).map(() => 55),
    read_ms: 1000,
    loaded_ms: 1500,
    shares: [0.5, 1],
  });
  const found = figures.cells({ rows: 9, cells: 3, bytes: 1e6, runs: [run(), run(1100), run()] });
  assert.deepEqual([found.median_tasks, found.within], [0, true]);
  const bad = figures.cells({ rows: 9, cells: 3, bytes: 1e6, runs: [run(10, 1100)] });
  assert.deepEqual([bad.median_tasks, bad.median_while_read], [2, 1]);
  assert.deepEqual([bad.runs[0].painting, bad.runs[0].scripts], [1, 1]);
  assert.deepEqual(figures.missed({ cells: bad }), ["long tasks while cell positions are read"]);
  assert.match(table({ cells: bad }), /2 long tasks in the median .*: MISSED; 1 while it is read/);
});

test("the fleet's cells are among the lines of the file", () => {
  const [head, ...rest] = [...lines(2000)].join("").trim().split("\r\n");
  assert.equal(rest.length, 2000);
  assert.equal(head.split(",").length, 14);
  const known = new Set(rest.map((line) => line.split(",").slice(1, 5).join()));
  assert.equal(known.size, 2000);
  const all = events(20, 4);
  assert.equal(all.length, 40);
  for (const { cell } of all) {
    assert.ok(known.has([cell.mcc, cell.mnc, cell.tac, cell.eci].join()));
  }
});

test("what is missed has a name, and the table says so", () => {
  const fleets = [figures.fleet(canned)];
  const others = { bare: figures.times([0.7]), echarts: { ...figures.times([900]), first_ms: 9 } };
  const result = {
    canvas: { width: 1400, height: 700 },
    fleets,
    ...others,
    filter: figures.filtering(canned),
    beside: figures.beside(fleets[0], others),
  };
  assert.deepEqual(figures.missed(result), ["a frame beside bare putImageData"]);
  const text = table(result);
  assert.match(text, /8\.6 times the median bare putImageData \(budget: at most 8\): MISSED/);
  assert.match(text, /150 times as fast as ECharts' median .*: met/);
  assert.deepEqual(figures.missed({}), []);
});

test("a fleet has as many sessions as asked for, the busiest lanes first, every lane at least one", () => {
  for (const load of [
    { sessions: 10_000, lanes: 10_000, dense: true },
    { sessions: 1_000_000, lanes: 10_000, dense: true },
    { sessions: 100_000, lanes: 100, dense: false },
    { sessions: 1003, lanes: 200, dense: true },
  ]) {
    const of = sessionsOfLanes(load);
    const all = Array.from({ length: load.lanes }, (_, lane) => of(lane));
    assert.equal(
      all.reduce((sum, count) => sum + count, 0),
      load.sessions,
    );
    assert.ok(Math.min(...all) >= 1);
    assert.equal(Math.max(...all), all[0]);
  }
});

const rowsOf = (load) =>
  JSON.parse([...fleet(load)].join("")).flatMap((page) => page.data_sessions);

test("dense lanes are back to back, each session on another network than the one before", () => {
  const load = { sessions: 480, lanes: 2, dense: true };
  const rows = rowsOf(load).filter((row) => row.sim_sid.endsWith("0"));
  assert.equal(rows.length, 240);
  for (const [at, row] of rows.entries()) {
    const next = rows[at + 1];
    if (!next) continue;
    assert.equal(row.end, next.start);
    assert.notEqual(row.operator_name, next.operator_name);
  }
  const { from, to } = windowOf(load, 1400);
  assert.ok(span.from < from && to < span.to);
});

test("sparse lanes cover a fifth of their time", () => {
  const rows = rowsOf({ sessions: 3000, lanes: 3, dense: false });
  const covered = rows.reduce((sum, row) => sum + Date.parse(row.end) - Date.parse(row.start), 0);
  const share = covered / (3 * (span.to - span.from));
  assert.ok(Math.abs(share - 0.2) < 0.01, `${share}`);
});

test("a page more is about as many SIMs as asked for, behind all others", () => {
  const [page] = JSON.parse([...onePageMore(2)].join(""));
  assert.equal(new Set(page.data_sessions.map((row) => row.sim_sid)).size, 2);
  assert.ok(page.data_sessions.every((row) => Date.parse(row.start) >= span.to));
});

test("what the bench compares with is refused in a bundle that is shipped", () => {
  assert.doesNotThrow(() => refusePeers(["www/page.ts", "node_modules/maplibre-gl/x.js"]));
  for (const name of ["echarts/lib/core.js", "vis-timeline/standalone/esm/x.mjs"]) {
    assert.throws(() => refusePeers([`node_modules/${name}`]), /never shipped|bench alone/);
  }
});

test("the data are the same bytes every time", () => {
  const small = () => dataSessions({ sims: 30, sessionsOfASim: 50 });
  const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
  assert.equal(hash(small()), hash(small()));
});

test("the data have open sessions, sessions without a place, and letters beyond ASCII", () => {
  const bytes = dataSessions({ sims: 30, sessionsOfASim: 50 });
  const pages = JSON.parse(bytes.toString());
  assert.deepEqual(
    pages.map((page) => page.data_sessions.length),
    [1000, 500],
  );
  const rows = pages.flatMap((page) => page.data_sessions);
  assert.equal(rows.filter((row) => row.end === null).length, 30);
  assert.ok(rows.some((row) => !("lat" in row.cell_location_estimate)));
  assert.ok(rows.every((row) => row.start < row.last_updated));
  assert.equal(new Set(rows.map((row) => row.sid)).size, rows.length);
  assert.ok(bytes.length > bytes.toString().length);

  const columns = parse(bytes);
  assert.equal(columns.start.length, 1500);
  assert.equal(new Date(columns.start[7]).toISOString().replace(".000", ""), rows[7].start);
  assert.deepEqual([columns.sim[0], columns.sim[50], columns.sim[1499]], [1, 2, 30]);
});

test("visits are told by the medians of their runs, from either cache", () => {
  const at = (first, drawn) => ({
    ...{ first_ms: first, first_bytes: 90_400, drawn_ms: drawn, drawn_bytes: 800_000 },
  });
  const pages = {
    simscope: { cold: [at(900, 4000), at(1100, 4200), at(1000, 9000)], warm: [at(500, 2000)] },
    echarts: { cold: [at(2000, 2100)], warm: [at(1500, 1600)] },
  };
  const network = { latency: 60, downloadThroughput: 1_250_000 };
  const given = { sessions: 1000, runs: 3, network, processor: { rate: 4 }, pages };
  const found = figures.visits(given);
  assert.deepEqual(found.pages.simscope.cold, at(1000, 4200));
  const text = table({ visits: found });
  assert.match(
    text,
    /1000 sessions, at 10 Mbit\/s with 60 ms latency and a processor 4 times slower/,
  );
  assert.match(text, /simscope, cold cache +1000 +90\.4 +4200 +800\.0\n/);
  assert.match(text, /echarts, warm cache +1500 /);
});

test("findings are held against reading the same bytes", () => {
  const load = { sessions: 1_000_000, lanes: 10_000, dense: false };
  const timings = { load, read_ms: 1000, search_ms: 3000, steps: [8, 9], found: 5 };
  const got = figures.findings({ ...timings, frames: [3, 4, 5], alone: [2, 3, 4] });
  assert.deepEqual([got.ratio, got.within, got.longest_step_ms], [3, true, 9]);
  assert.deepEqual([got.frame.median_ms, got.frame_alone.median_ms], [4, 3]);
  const slower = figures.findings({ ...timings, search_ms: 3001, frames: [1], alone: [1] });
  assert.deepEqual(figures.missed({ findings: [got, slower] }), ["findings beside reading"]);
  assert.match(table({ findings: [got, slower] }), /at most 3\.00 times .* MISSED/);
});

test("the rules' figures are read as their suite prints them, and each is held against its budget", () => {
  const printed = (alarms) => `
rule                  planted  recall  findings   prec.   false per 1,000 SIM-days
outage                     12   1.000        12   1.000                      0.000
silence                    80   0.950        79   0.975                      ${alarms}
outages told with another scope than planted: 0
test result: ok. 1 passed; 0 failed`;
  const rows = rulesIn(printed("0.014"));
  assert.deepEqual(
    rows.map(({ rule, planted, recall }) => [rule, planted, recall]),
    [
      ["outage", 12, 1],
      ["silence", 80, 0.95],
    ],
  );
  const seeds = { planted: [1], clean: [2] };
  const good = figures.rules({ planted: rows, clean: rows, seeds });
  assert.equal(good.within, true);
  const noisy = figures.rules({ planted: rows, clean: rulesIn(printed("1.014")), seeds });
  const blind = figures.rules({
    planted: rows.map((row) => ({ ...row, recall: 0.949 })),
    clean: rows,
    seeds,
  });
  for (const bad of [noisy, blind]) {
    assert.deepEqual(figures.missed({ rules: bad }), ["the rules of findings"]);
    assert.match(table({ rules: bad }), /silence .*\n.*MISSED/);
  }
});
