// The view's public form: what goes in comes out, of every version, and nothing that comes from outside breaks it.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import type { ViewState } from "../../www/api/types.ts";
import {
  fragmentOf,
  isFragment,
  publicState,
  readFragment,
  readState,
  version,
  viewOf,
} from "../../www/view-state.ts";

const whole: ViewState = {
  version: 1,
  demo: true,
  range: { from: "2026-10-01T00:00:00.000Z", to: "2026-10-08T12:30:00.500Z" },
  span: { from: "2026-10-02T00:00:00.000Z", to: "2026-10-03T00:00:00.000Z" },
  filter: 'operator:"Telia, Norge" -radio:2g dur>1h #&=%+ ü',
  zone: "Europe/Oslo",
  colour: "operator",
  group: "tag",
  sort: "offline",
  hidden: ["Telia, Norge", "2g", "a%2Cb"],
  folded: ["NO"],
  opened: ["0123456789abcdef"],
  pinned: ["1", "2"],
  leftOut: ["fedcba9876543210"],
  muted: ["00000000000000dd"],
  limits: { "silence.least_ms": 86_400_000, "outage.share": 0.25 },
  laneHeight: 40,
  sim: "00000000000000aa",
  session: "00000000000000bb",
  event: "00000000000000cc",
  tab: "sessions",
  pane: "map",
  tables: {
    sims: { columns: ["name", "iccid"], sort: null, descending: false },
    events: { sort: "time", descending: true },
  },
};

test("a state comes back from its fragment as it was", () => {
  const fragment = fragmentOf(whole);
  assert.ok(isFragment(`#${fragment}`));
  assert.deepEqual(readFragment(`#${fragment}`), { state: whole, notes: [] });
  assert.deepEqual(readFragment(fragmentOf({ version: 1 })), { state: { version: 1 }, notes: [] });
});

test("a state of every version that ever was is read as the present one", () => {
  const folder = path.join(import.meta.dirname, "view-states");
  const versions = new Set<number>();
  for (const name of readdirSync(folder)) {
    const { fragment, state } = JSON.parse(readFileSync(path.join(folder, name), "utf8")) as {
      fragment: string;
      state: ViewState;
    };
    versions.add(Number(/simscope=(\d+)/.exec(fragment)?.[1]));
    assert.deepEqual(readFragment(fragment), { state, notes: [] }, name);
  }
  assert.deepEqual(
    [...versions].sort(),
    Array.from({ length: version }, (_, at) => at + 1),
  );
});

test("what is not as it should be is left out and noted, the rest holds", () => {
  const { state, notes } = readFragment(
    "#simscope=1&filter=open&colour=plaid&range=yesterday/today&sim=Gate%204&zone=<b>&more=1&laneHeight=1e9",
  );
  assert.deepEqual(state, { version: 1, filter: "open" });
  assert.equal(notes.length, 6);
  assert.match(notes.join(" "), /“colour” is not as it should be\..*“more” is not known\./);
});

test("how far back a range reaches is read in hours and days, and nothing else", () => {
  for (const [last, ms] of [
    ["24h", 86_400_000],
    ["30d", 30 * 86_400_000],
  ] as const) {
    const { state, notes } = readFragment(`#simscope=1&last=${last}`);
    assert.deepEqual([state, notes], [{ version: 1, last }, []]);
    assert.equal(viewOf(state)["last"], ms);
  }
  for (const last of ["", "7", "0d", "-7d", "7w", "1.5h", "99999d"]) {
    const { state, notes } = readFragment(`#simscope=1&last=${last}`);
    assert.deepEqual([state, notes.length], [{ version: 1 }, 1], last);
  }
});

test("limits are names and numbers, and nothing else", () => {
  for (const limits of [
    "outage.sims",
    "outage.sims:",
    "outage.sims:many",
    "outage.sims:-1",
    "outage.sims:1e99",
    "sims:5",
    "outage.sims:5,,",
  ]) {
    const { state, notes } = readFragment(`#simscope=1&limits=${limits}`);
    assert.deepEqual([state, notes.length], [{ version: 1 }, 1], limits);
  }
  const { state } = readFragment("#simscope=1&limits=outage.sims:-0,outage.share:0.5");
  assert.deepEqual(state.limits, { "outage.sims": 0, "outage.share": 0.5 });
});

test("a newer version is read as far as it is known", () => {
  const { state, notes } = readFragment("#simscope=7&filter=open&lens=wide");
  assert.deepEqual(state, { version: 1, filter: "open" });
  assert.match(notes[0] ?? "", /newer simscope/);
});

test("no version, no object, damage: nothing is taken over and something is said", () => {
  const damaged = [
    "#simscope=",
    "#simscope=x&filter=a",
    "#simscope=0",
    "#simscope=1&hidden=%E0%A4%A",
  ];
  for (const fragment of damaged) {
    const { state, notes } = readFragment(fragment);
    assert.deepEqual(state, { version: 1 }, fragment);
    assert.equal(notes.length, 1, fragment);
  }
  for (const value of [null, undefined, 7, "x", [], { filter: "a" }, { version: "1" }]) {
    const { state, notes } = readState(value);
    assert.deepEqual(state, { version: 1 });
    assert.equal(notes.length, 1);
  }
});

test("names that objects have by themselves are no fields", () => {
  const value: unknown = JSON.parse('{"version": 1, "__proto__": {"a": 1}, "constructor": 1}');
  const { state, notes } = readState(value);
  assert.deepEqual(Object.keys(state), ["version"]);
  assert.equal(notes.length, 2);
});

test("what the views say goes back to them as it came, usual values by their absence", () => {
  const view = {
    ...{ demo: false, range: [1_000_000_000_000, 1_000_000_100_000], span: null, filter: "" },
    ...{ zone: "UTC", colour: "radio", group: "country", sort: "name", hidden: [], folded: ["NO"] },
    ...{
      opened: [],
      pinned: ["00000000000000aa"],
      leftOut: [],
      muted: [],
      limits: { "silence.least_ms": 86_400_000, "outage.share": 0.25 },
      laneHeight: 0,
      sim: null,
    },
    ...{ session: null, event: null, tab: "sims", pane: "timeline", tables: {} },
  };
  const { demo: _, ...rest } = view;
  assert.deepEqual(viewOf(readFragment(fragmentOf(publicState(view))).state), {
    version: 1,
    ...rest,
  });
});

/** Numbers from 0 on below a limit, the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("10,000 damaged fragments are read without a throw, and what is read can be written again", () => {
  const random = numbers(20_261_129);
  const letters = "%&=#/.,+-0123456789abcdefxyzTZ\u0000\ud800é汉<>\"'{}[]";
  const start = fragmentOf(whole);
  for (let round = 0; round < 10_000; round += 1) {
    let fragment = start;
    for (let cuts = random(6); cuts >= 0; cuts -= 1) {
      const at = random(fragment.length + 1);
      const put = Array.from({ length: random(4) }, () => letters[random(letters.length)]).join("");
      fragment = fragment.slice(0, at) + put + fragment.slice(at + random(8));
    }
    const { state, notes } = readFragment(fragment);
    assert.equal(state.version, 1);
    assert.ok(notes.every((note) => note.length < 200));
    assert.deepEqual(readFragment(fragmentOf(state)), { state, notes: [] }, fragment);
  }
});
