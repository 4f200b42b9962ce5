// The parts of the bench and their sizes: what is asked of the page, in which order, and what it comes to.
import { inProject } from "../paths.mjs";
import { step, ToolError } from "../run.mjs";
import { askedIn } from "./browser.mjs";
import { measureCells } from "./cells.mjs";
import * as figures from "./figures.mjs";
import { measureLoading } from "./loading.mjs";
import { measureMap } from "./map.mjs";
import { measureRules } from "./rules.mjs";
import { site } from "./site.mjs";
import { measureVisits } from "./visits.mjs";

export const names = [
  ...["parse", "frames", "filter", "worker", "peers"],
  ...["map", "cells", "loading", "visits", "findings", "rules"],
];

/** The canvas of all of them. */
const size = { width: 1400, height: 700 };
/** Lanes on screen: 100. */
const rowPx = 7;

const full = {
  frames: 64,
  loads: [10_000, 100_000, 1_000_000].flatMap((sessions) =>
    [100, 10_000].flatMap((lanes) => [false, true].map((dense) => ({ sessions, lanes, dense }))),
  ),
  echarts: { sessions: 100_000, lanes: 100, dense: true },
  vis: { sessions: 10_000, lanes: 100, dense: true },
  peerFrames: 12,
  map: { places: 100_000, frames: 96, rounds: 2 },
  cells: { rows: 1_000_000, cells: 10_000, runs: 3 },
  loadingBytes: 100e6,
  loadingRuns: 3,
  visits: { sessions: 1000, runs: 5 },
  findings: [false, true].map((dense) => ({ sessions: 1_000_000, lanes: 10_000, dense })),
  findingFrames: 64,
  rules: {
    planted: [101, 102, 103, 104, 105, 106, 107, 108, 109, 110],
    clean: [201, 202, 203, 204, 205],
  },
};
const quick = {
  frames: 8,
  loads: [false, true].map((dense) => ({ sessions: 4000, lanes: 200, dense })),
  echarts: { sessions: 1000, lanes: 20, dense: true },
  vis: { sessions: 200, lanes: 20, dense: true },
  peerFrames: 3,
  map: { places: 1000, frames: 8, rounds: 1 },
  cells: { rows: 20_000, cells: 100, runs: 1 },
  loadingBytes: 2e6,
  loadingRuns: 1,
  visits: { sessions: 100, runs: 1 },
  findings: [{ sessions: 4000, lanes: 200, dense: false }],
  findingFrames: 4,
  rules: { planted: [101], clean: [201] },
};

/** Runs what is asked for and resolves to one document with every figure. */
export async function measure(browser, { only, isQuick, runs }) {
  const sizes = isQuick ? quick : full;
  const wants = (...parts) => !only || parts.includes(only);
  const result = { quick: isQuick, canvas: size };
  await askedIn(browser, site, async (ask) => {
    if (wants("parse")) result.parsing = await parse(ask, runs);
    if (wants("frames", "filter", "worker")) await frames(ask, sizes, wants, result);
    if (wants("peers")) await peers(ask, sizes, result);
    if (wants("findings")) await findings(ask, sizes, result);
  });
  const dist = inProject("dist");
  if (wants("map")) {
    step(`the map with ${sizes.map.places} cells, and empty`);
    result.map = figures.map(await measureMap(browser, { dist, ...sizes.map }));
  }
  const folder = inProject("target", "bench-data");
  if (wants("cells")) {
    const { rows, cells } = sizes.cells;
    step(`a file of ${rows} cell positions beside a fleet of ${cells} cells`);
    result.cells = figures.cells(await measureCells(browser, { dist, folder, ...sizes.cells }));
  }
  if (wants("loading")) {
    step(`loading ${sizes.loadingBytes / 1e6} MB in the built page`);
    const { loadingBytes: bytes, loadingRuns } = sizes;
    const given = { dist, folder, bytes, runs: loadingRuns };
    result.loading = figures.loading(await measureLoading(browser, given));
  }
  if (wants("visits")) {
    step(`pages that show ${sizes.visits.sessions} sessions, by a slow network and processor`);
    result.visits = figures.visits(await measureVisits(browser, { dist, ...sizes.visits }));
  }
  if (wants("rules")) {
    step("the rules of findings, on fleets with planted truth");
    result.rules = figures.rules(await measureRules(sizes.rules));
  }
  const worst = result.fleets?.at(-1);
  if (worst && wants("frames")) result.beside = figures.beside(worst, result);
  return result;
}

async function parse(ask, runs) {
  step("parsing, against JavaScript");
  const timings = await ask("page.js", "columns", [runs]);
  if (timings.difference) {
    throw new ToolError(`the columns are not equal: ${timings.difference}.`);
  }
  return figures.parsing(timings);
}

async function frames(ask, sizes, wants, result) {
  const worst = sizes.loads.at(-1);
  const bare = async () => {
    step("bare putImageData");
    return ask("page.js", "bare", [size, sizes.frames]);
  };
  if (wants("frames", "filter")) {
    const before = wants("frames") ? await bare() : [];
    result.fleets = [];
    for (const load of wants("frames") ? sizes.loads : [worst]) {
      step(`a fleet: ${figures.loadName(load)}`);
      const filter = load === worst && wants("filter");
      const given = { size, frames: sizes.frames, filter };
      const timings = await ask("page.js", "fleetFrames", [load, given]);
      result.fleets.push(figures.fleet(timings));
      if (filter) result.filter = figures.filtering(timings);
    }
    // Before and after: a machine that others use is not equally fast throughout.
    if (wants("frames")) result.bare = figures.times([...before, ...(await bare())]);
  }
  if (wants("worker")) {
    step(`through a worker: ${figures.loadName(worst)}`);
    const given = { size, frames: sizes.frames, rowPx };
    const { answered, painted } = await ask("page.js", "throughWorker", [worst, given]);
    result.worker = { answered: figures.times(answered), painted: figures.times(painted) };
  }
}

async function peers(ask, sizes, result) {
  const given = { size, frames: sizes.peerFrames, warmUp: 2 };
  for (const name of ["echarts", "vis"]) {
    const load = sizes[name];
    step(`${name}: ${figures.loadName(load)}`);
    const { first_ms, frames } = await ask("peers.js", name, [load, given]);
    result[name] = { ...load, first_ms, ...figures.times(frames) };
  }
}

async function findings(ask, sizes, result) {
  result.findings = [];
  for (const load of sizes.findings) {
    step(`findings of a fleet: ${figures.loadName(load)}`);
    const given = { size, frames: sizes.findingFrames };
    result.findings.push(figures.findings(await ask("page.js", "findings", [load, given])));
  }
}
