import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { dataSessions } from "../tests/bench/data.mjs";
import { parse } from "../tests/bench/baseline.ts";
import { median, summary } from "./bench.mjs";

test("the median is the middle, or between the two in the middle", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 2, 100]), 3);
});

test("a summary compares medians and holds them against the budget", () => {
  const timings = {
    bytes: 50e6,
    sessions: 9,
    simscope: [100, 90, 500],
    javascript: [200, 150, 140],
  };
  const { ratio, within, simscope } = summary(timings);
  assert.deepEqual([ratio, within], [1.5, true]);
  assert.deepEqual(simscope, { median_ms: 100, fastest_ms: 90, slowest_ms: 500, mb_per_s: 500 });
  assert.equal(summary({ ...timings, javascript: [149] }).within, false);
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
