// Saved views: what is stored comes back, whatever is in the store or in a file is read or left out with a word, and each change of
// the list does what it says.
import assert from "node:assert/strict";
import test from "node:test";
import type { SavedView, ViewState } from "../../www/api/types.ts";
import {
  fileText,
  mostViews,
  nameOf,
  readSaved,
  readSavedText,
  storedText,
  type Saved,
} from "../../www/saved/format.ts";
import { SavedList, shownAs, type Change } from "../../www/saved/list.ts";
import { readyMade } from "../../www/saved/ready-made.ts";
import { readState, viewOf } from "../../www/view-state.ts";
import { isSavedViews } from "../../www/reading.ts";

const look: ViewState = {
  version: 1,
  filter: 'operator:"Telia, Norge" dur>1h',
  colour: "operator",
  group: "none",
  pinned: ["00000000000000aa"],
  last: "7d",
  tab: "sessions",
  tables: { sessions: { columns: ["name", "apn"], sort: "start", descending: true } },
};
const saved: Saved = {
  views: [
    { name: "Night shift", state: look, saved: "2026-10-30T12:00:00.000Z" },
    { name: "夜勤 – ليل", state: { version: 1 } },
    {
      name: "N°3",
      state: {
        version: 1,
        range: { from: "2026-10-01T00:00:00.000Z", to: "2026-10-08T00:00:00.000Z" },
      },
    },
  ],
  start: "Night shift",
};

/** A list in memory. */
function listOf(
  views: SavedView[] = saved.views,
  start: string | null = saved.start,
  keeps = true,
) {
  const kept = { now: { views, start } as Saved, keeps };
  const list = new SavedList({
    read: () => kept.now,
    write: (saved) => {
      kept.now = saved;
      return kept.keeps;
    },
  });
  return { list, kept, names: () => kept.now.views.map(({ name }) => name) };
}

const view = {
  ...{ demo: true, range: [1_000_000_000_000, 1_000_000_100_000], last: null, span: null },
  ...{ filter: "radio:4g", zone: "UTC", colour: "radio", group: "country", sort: "name" },
  ...{ sim: "00000000000000aa", session: null, event: null, tab: "sims", tables: {} },
};
const save = (name: string, more: Partial<Extract<Change, { kind: "save" }>> = {}): Change => ({
  ...{ kind: "save", name, range: "leave", replace: false, view },
  ...more,
});

test("what is stored, and what a file holds, comes back as it was", () => {
  assert.deepEqual(readSavedText(storedText(saved)), { saved, notes: [] });
  assert.deepEqual(readSavedText(fileText(saved)), { saved: { ...saved, start: null }, notes: [] });
});

test("a file is known by its head", async () => {
  assert.ok(await isSavedViews(new Blob([fileText(saved)])));
  assert.ok(await isSavedViews(new Blob(['\uFEFF\n { "simscope" : "views", "version": 9 }'])));
  for (const other of ["", "{}", '{"views": []}', '[{"simscope":"views"}]', storedText(saved)]) {
    assert.equal(await isSavedViews(new Blob([other])), false, other);
  }
});

test("names are one line of 1 to 80 characters in any script", () => {
  assert.equal(nameOf("  Gates\n north "), "Gates north");
  assert.equal(nameOf("e\u0301"), "é");
  assert.equal(nameOf("a\ud800b"), "ab");
  assert.equal(nameOf("🛰".repeat(80)), "🛰".repeat(80));
  for (const bad of ["", " \t", "\ud800", "x".repeat(81), "🛰".repeat(81), 7, null, {}]) {
    assert.equal(nameOf(bad), undefined, String(bad));
  }
});

test("what cannot be read is left out and told, and the rest holds", () => {
  const { saved: read, notes } = readSaved({
    version: 1,
    start: 7,
    views: [
      7,
      { name: "", state: look },
      { name: "no state" },
      { name: "no version", state: { filter: "open" } },
      { name: "half", state: { version: 1, filter: "open", colour: "plaid" } },
      { name: "half", state: { version: 1, demo: true, sim: "aa" }, saved: "yesterday" },
      { name: "later", state: { version: 7, filter: "open", lens: "wide" } },
    ],
  });
  assert.deepEqual(read, {
    views: [
      { name: "half", state: { version: 1, filter: "open" } },
      { name: "half (2)", state: { version: 1 } },
      { name: "later", state: { version: 1, filter: "open" } },
    ],
    start: null,
  });
  assert.equal(notes.length, 7);
  assert.match(notes.join(" "), /View 1 is left out.*View 2.*“no state”.*“half”: “colour” is not/);
  assert.equal(notes.at(-1), "And 1 more like these.");
});

test("no version, no list, no JSON: nothing is taken over and something is said", () => {
  for (const text of [
    "",
    "{",
    "7",
    "null",
    "[]",
    '{"version":0}',
    '{"version":1}',
    '{"views":[]}',
  ]) {
    const { saved: read, notes } = readSavedText(text);
    assert.deepEqual(read, { views: [], start: null }, text);
    assert.equal(notes.length, 1, text);
  }
});

test("of more views than are kept, the first are", () => {
  const views = Array.from({ length: mostViews + 3 }, (_, at) => ({
    name: `v${at}`,
    state: { version: 1 },
  }));
  const { saved: read, notes } = readSaved({ version: 1, views });
  assert.equal(read.views.length, mostViews);
  assert.match(notes.join(), /^3 are left out/);
  const { list } = listOf(read.views);
  assert.match(list.change(save("one more")).text, /which is the most/);
});

test("saving takes how to look, without data, rows and, as asked for, the range", () => {
  const { list, kept } = listOf([]);
  assert.ok(list.change(save(" Left ")).done);
  assert.ok(list.change(save("Exact", { range: "exact" })).done);
  assert.ok(list.change(save("Last", { range: "24h" })).done);
  const [left, exact, last] = kept.now.views;
  assert.equal(left?.name, "Left");
  assert.deepEqual(left?.state, { version: 1, filter: "radio:4g", zone: "UTC" });
  assert.deepEqual(exact?.state.range, {
    from: "2001-09-09T01:46:40.000Z",
    to: "2001-09-09T01:48:20.000Z",
  });
  assert.equal(last?.state.last, "24h");
  assert.equal(last?.state.range, undefined);
  assert.equal(list.change(save("x".repeat(81))).done, false);
});

test("a taken name is asked about, and replaced in its place", () => {
  const { list, kept, names } = listOf();
  const asked = list.change(save("Night shift"));
  assert.deepEqual([asked.done, asked.exists], [false, true]);
  assert.equal(kept.now.views[0]?.state.filter, look.filter);
  assert.ok(list.change(save("Night shift", { replace: true })).done);
  assert.equal(kept.now.views[0]?.state.filter, "radio:4g");
  assert.deepEqual(names(), ["Night shift", "夜勤 – ليل", "N°3"]);
});

test("renaming, moving, deleting and undoing keep the start view with its view", () => {
  const { list, kept, names } = listOf();
  assert.equal(list.change({ kind: "rename", name: "Night shift", to: "N°3" }).done, false);
  assert.ok(list.change({ kind: "rename", name: "Night shift", to: "Day" }).done);
  assert.equal(kept.now.start, "Day");
  list.change({ kind: "move", name: "Day", by: -1 });
  list.change({ kind: "move", name: "Day", by: 1 });
  assert.deepEqual(names(), ["夜勤 – ليل", "Day", "N°3"]);
  const removed = list.change({ kind: "remove", name: "Day" });
  assert.deepEqual([removed.done, removed.undo, removed.listing.start], [true, true, null]);
  assert.deepEqual(names(), ["夜勤 – ليل", "N°3"]);
  list.change(save("Day"));
  assert.ok(list.change({ kind: "undo" }).done);
  assert.deepEqual(names(), ["夜勤 – ليل", "Day (2)", "N°3", "Day"]);
  assert.equal(kept.now.start, "Day (2)");
  assert.equal(list.change({ kind: "undo" }).done, false);
  for (const kind of ["rename", "remove"] as const) {
    assert.equal(list.change({ kind, name: "gone", to: "x" }).done, false);
  }
});

test("importing keeps both of a name, adds nothing twice, and counts", () => {
  const { list, names } = listOf();
  const other: Saved = {
    views: [...saved.views.slice(0, 2), { name: "N°3", state: look }, { name: "New", state: look }],
    start: "New",
  };
  const outcome = list.bring(fileText(other));
  assert.deepEqual(names(), ["Night shift", "夜勤 – ليل", "N°3", "N°3 (2)", "New"]);
  assert.match(
    outcome.text,
    /^2 views added\. 1 of them got another name.*2 views were there already\./,
  );
  assert.equal(outcome.listing.start, "Night shift");
  assert.match(list.bring(fileText(other)).text, /^0 views added\. 4 views were there already\.$/);
  const damaged = list.bring('{"simscope":"views","version":1,');
  assert.deepEqual([damaged.done, damaged.tone], [false, "bad"]);
  assert.match(damaged.text, /it is no JSON/);
});

test("where they are not kept, that is said, and they stay", () => {
  const { list, names } = listOf([], null, false);
  const outcome = list.change(save("Here"));
  assert.deepEqual([outcome.done, outcome.tone], [true, "warning"]);
  assert.match(outcome.text, /does not keep them/);
  assert.deepEqual(names(), ["Here"]);
});

test("a view is shown without a word on what is chosen, and on the range as it says", () => {
  const rows = ["sim", "session", "event"];
  for (const state of [look, { version: 1 } as const]) {
    const shown = shownAs(state);
    assert.ok(rows.every((row) => !Object.hasOwn(shown, row)));
    assert.equal(shown["range"], null);
    assert.ok(!Object.hasOwn(shown, "span"));
  }
  assert.equal(shownAs(look)["last"], 7 * 86_400_000);
  const range = { from: "2026-10-01T00:00:00.000Z", to: "2026-10-02T00:00:00.000Z" };
  const exact = shownAs({ version: 1, range });
  assert.deepEqual([exact["range"], exact["span"]], [[1790812800000, 1790899200000], null]);
  // Of both, how far back wins.
  assert.equal(viewOf({ version: 1, range, last: "24h" })["range"], null);
});

test("the ready-made views are states as any, with names of their own", () => {
  assert.equal(new Set(readyMade.map(({ name }) => name)).size, readyMade.length);
  for (const { name, state } of readyMade) {
    assert.deepEqual(readState(state), { state, notes: [] }, name);
    assert.equal(nameOf(name), name);
  }
  const { list } = listOf([], null);
  assert.equal(list.view("Findings", false), null);
  assert.equal(list.view("Findings", true)?.["tab"], "findings");
});

/** Numbers from 0 on below a limit, the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("10,000 damaged stores are read or refused with a note, and what is read can be stored again", () => {
  const random = numbers(20_261_130);
  const letters = '{}[]",:\\/0123456789abcdefnrtuxvs.-+ \u0000\ud800é汉';
  const start = storedText(saved);
  const counts = { whole: 0, noted: 0 };
  for (let round = 0; round < 10_000; round += 1) {
    let text = start;
    for (let cuts = random(3); cuts >= 0; cuts -= 1) {
      const at = random(text.length + 1);
      const put = Array.from({ length: random(4) }, () => letters[random(letters.length)]).join("");
      text = text.slice(0, at) + put + text.slice(at + random(8));
    }
    const { saved: read, notes } = readSavedText(text);
    assert.ok(notes.every((note) => note.length < 300));
    // Nothing is left out without a word.
    if (read.views.length < saved.views.length) assert.ok(notes.length > 0, text);
    assert.deepEqual(readSavedText(storedText(read)), { saved: read, notes: [] }, text);
    counts[notes.length ? "noted" : "whole"] += 1;
  }
  assert.ok(counts.whole > 100 && counts.noted > 1000, JSON.stringify(counts));
});
