// What the map's library is told, and when: a piece in each task, and nothing that changes no picture. The library is a
// recorder here; tests/e2e has the real one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromWww } from "./typescript.mjs";

const { Drawing, Stillness, Turns, decode, layers, nextTask, readMessage, wording } = await fromWww(
  "map/drawing.ts",
  "map/reading.ts",
  "map/stillness.ts",
  "map/turns.ts",
  "map/basemap.ts",
  "map/layers.ts",
  "map/wording.ts",
);

const read = (name) =>
  JSON.parse(readFileSync(new URL(`../../www/basemap/${name}`, import.meta.url), "utf8"));
const colours = ["land", "sea", "border", "text", "dim", "accent", "tint", "bad"];
const theme = {
  ...Object.fromEntries(colours.map((name) => [name, "#808080"])),
  palette: ["#2f7fd1", "#e08a00"],
};

// Images are drawn into canvases: there are none here.
globalThis.document = { createElement: () => ({ getContext: () => null }) };

/** A map that notes in which task it is told what. */
class Recorder {
  task = 0;
  told = [];
  layers;
  sources = new Map();

  constructor(style) {
    this.layers = style.layers.map(({ id }) => id);
  }

  tell(what) {
    this.told.push({ what, task: this.task });
  }
  whatWasTold = () => this.told.map(({ what }) => what);
  getSource = (id) => this.sources.get(id);
  addSource = (id) => {
    let held = [];
    const source = {
      held: () => held,
      setData: async ({ features }) => {
        held = features ?? [];
        this.tell(id);
      },
      updateData: async ({ add }) => {
        held = [...held, ...add];
        this.tell(`more ${id}`);
      },
    };
    this.sources.set(id, source);
  };
  getLayer = (id) => (this.layers.includes(id) ? {} : undefined);
  addLayer({ id, source }) {
    assert.ok(this.sources.has(source), `${id} came before its source`);
    this.layers.push(id);
    this.tell("layer");
  }
  once(event, call) {
    if (event === "idle") this.idle = call;
  }
  triggerRepaint = () => undefined;
  areTilesLoaded = () => true;
  isMoving = () => false;
  hasImage = () => false;
  getZoom = () => 0;
  getBounds = () => ({
    getWest: () => -180,
    getEast: () => 180,
    getSouth: () => -80,
    getNorth: () => 80,
  });
  getContainer = () => ({ clientWidth: 700 });
  project = () => ({ x: 300, y: 100 });
  setPaintProperty = () => this.tell("paint");
  setLayoutProperty = () => this.tell("layout");
  setFilter = () => this.tell("filter");
}

const places = (count) =>
  Array.from({ length: count }, (_, id) => ({
    id,
    lat: 50 + (id % 1000) / 100,
    lon: 10,
    accuracy_m: null,
    kind: "tower",
    sims: 1,
    sessions: 1,
    sim: id,
    session: id,
    colour: 0,
    at_ms: 0,
    in_span: true,
    finding: null,
    title: "",
    detail: "",
  }));

const data = (count) => ({ places: places(count), countries: [], track: null, off_map: 0 });

function drawing() {
  const words = wording("en");
  const basemap = decode(read("countries-110m.json"));
  const failed = (error) => assert.fail(error);
  let rests;
  const rest = () => new Promise((resolve) => (rests = resolve));
  const made = new Drawing({
    basemap,
    points: read("points.json"),
    words,
    locale: words.locale,
    theme,
    failed,
    rested: () => rests?.(),
  });
  const map = new Recorder(made.style());
  /** Does it, and waits until the library was told everything. */
  const told = async (work) => {
    const first = rest();
    map.told = [];
    work();
    assert.deepEqual(map.told, [], "nothing is done at once");
    const ticking = setInterval(() => (map.task += 1));
    await first;
    while (made.isBehind) {
      const next = rest();
      map.idle();
      await next;
    }
    clearInterval(ticking);
  };
  return { made, map, told };
}

test("a map that comes is handed to the library piece by piece, from the ground up", async () => {
  const { made, map, told } = drawing();
  made.setData(data(3));
  await told(() => made.attach(map));
  const shown = { clusterColours: [0], marked: new Map(), locale: "en", overOwn: false };
  assert.deepEqual(
    map.layers,
    layers(theme, shown).map(({ id }) => id),
  );
  assert.ok(map.whatWasTold().includes("land"));
  assert.ok(map.whatWasTold().includes("places"));
});

test("more layers are added once those before are drawn", async () => {
  const { made, map } = drawing();
  made.attach(map);
  while (!map.idle) await nextTask();
  while (map.layers.length < 4) await nextTask();
  for (let task = 0; task < 40; task += 1) await nextTask();
  assert.equal(map.layers.length, 4);
  assert.ok(made.isBehind);
});

test("sources that are empty and stay so are not sent", async () => {
  const { made, map, told } = drawing();
  await told(() => made.attach(map));
  await told(() => made.setData(data(3)));
  const sources = map.whatWasTold().filter((what) => map.sources.has(what));
  assert.deepEqual(sources.sort(), ["names", "places"]);
});

test("a source that becomes empty is emptied, once", async () => {
  const { made, map, told } = drawing();
  await told(() => made.attach(map));
  await told(() => made.setData(data(3)));
  await told(() => made.setData(data(0)));
  assert.ok(map.whatWasTold().includes("places"));
  await told(() => made.setData(data(0)));
  assert.ok(!map.whatWasTold().includes("places"));
});

test("of data that come faster than they are drawn the last are drawn", async () => {
  const { made, map, told } = drawing();
  await told(() => made.attach(map));
  await told(() => {
    made.setData(data(1));
    made.setData(data(2));
    made.setData(data(3));
  });
  assert.equal(map.whatWasTold().filter((what) => what === "places").length, 1);
});

for (const [count, more] of [
  [1_500, 1],
  [9_345, 9],
  [12_345, 9],
  [100_000, 9],
]) {
  test(`${count} places are handed over in pieces, each once the library has those before`, async () => {
    const { made, map, told } = drawing();
    await told(() => made.attach(map));
    await told(() => made.setData(data(count)));
    const pieces = map.told.filter(({ what }) => what.endsWith("places"));
    assert.deepEqual(
      pieces.map(({ what }) => what),
      ["places", ...Array(more).fill("more places")],
    );
    const tasks = new Set(pieces.map(({ task }) => task));
    assert.equal(tasks.size, pieces.length);
    const held = map.sources.get("places").held();
    assert.deepEqual(
      held.map(({ id }) => id),
      places(count).map(({ id }) => id),
    );
  });
}

test("a first piece without a position on the globe holds none of the others up", async () => {
  const { made, map, told } = drawing();
  await told(() => made.attach(map));
  const all = places(1_500).map((place, at) => (at < 1_000 ? { ...place, lat: 95 } : place));
  await told(() => made.setData({ ...data(0), places: all }));
  assert.equal(map.sources.get("places").held().length, 500);
  assert.equal(made.isBehind, false);
});

test("of many places no more are handed over once there are others", async () => {
  const { made, map, told } = drawing();
  await told(() => made.attach(map));
  made.setData(data(12_345));
  while (!map.whatWasTold().includes("places")) await nextTask();
  await told(() => made.setData(data(3)));
  assert.deepEqual(
    map.whatWasTold().filter((what) => what.endsWith("places")),
    ["places"],
  );
  assert.equal(map.sources.get("places").held().length, 3);
});

test("the engine's message is read a piece in each task, and not any more once there is another", async () => {
  const bytes = (value) => new TextEncoder().encode(JSON.stringify(value)).buffer;
  const all = places(7);
  const { places: _, ...rest } = data(0);
  const pieces = [all.slice(0, 3), all.slice(3, 6), all.slice(6)].map(bytes);
  const message = { rest: JSON.stringify(rest), pieces };
  assert.deepEqual(await readMessage(message), { ...rest, places: all });
  const end = new AbortController();
  const reading = readMessage(message, end.signal);
  end.abort(new Error("another came"));
  await assert.rejects(reading, /another came/);
});

test("a map that is told much is painted once it has it all, or where it is moved", async () => {
  let painted = 0;
  const state = { isTold: false, isLoaded: false, isMoving: false };
  const map = {
    triggerRepaint: () => (painted += 1),
    areTilesLoaded: () => state.isLoaded,
    isMoving: () => state.isMoving,
    once: () => undefined,
  };
  const stillness = new Stillness(map);
  map.triggerRepaint();
  assert.equal(painted, 1);
  stillness.begin(() => state.isTold);
  map.triggerRepaint();
  map.triggerRepaint();
  state.isTold = true;
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.equal(painted, 1, "its tiles are not there");
  state.isMoving = true;
  map.triggerRepaint();
  assert.equal(painted, 2);
  state.isMoving = false;
  state.isLoaded = true;
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.equal(painted, 3);
  map.triggerRepaint();
  assert.equal(painted, 4);
});

test("each piece has a task of its own, and one that fails stops none behind it", async () => {
  const failures = [];
  let rested;
  const end = new Promise((resolve) => (rested = resolve));
  const turns = new Turns((error) => failures.push(error.message), rested);
  const done = [];
  let task = 0;
  const others = (async () => {
    for (let at = 0; at < 8; at += 1) {
      await nextTask();
      task += 1;
    }
  })();
  turns.add("a", () => done.push(["a", task]));
  turns.add("b", () => {
    throw new Error("b");
  });
  turns.add("c", () => done.push(["c", task]));
  turns.add("a", () => done.push(["a again", task]));
  assert.ok(turns.isBusy);
  await end;
  await others;
  assert.ok(!turns.isBusy);
  assert.deepEqual(failures, ["b"]);
  assert.deepEqual(
    done.map(([name]) => name),
    ["a again", "c"],
  );
  assert.ok(done[0][1] < done[1][1], "other tasks came in between");
});
