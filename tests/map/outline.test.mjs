// The outline's pure parts: where things are on the pane, what is gathered, what is drawn of which copy of the world, and
// what a pointer meets; and which of the two maps a page has when.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromWww } from "./typescript.mjs";

const {
  arrow,
  between,
  clusterColours,
  decode,
  EitherMap,
  gather,
  groundOf,
  moved,
  partingZoom,
  pick,
  pixelsAtZoom0,
  Projection,
  Room,
  roundLength,
  sceneOf,
  spotsOf,
  wording,
  wrap,
  zoomed,
} = await fromWww(
  "map/basemap.ts",
  "map/either.ts",
  "map/features.ts",
  "map/geodesy.ts",
  "map/wording.ts",
  "map/outline/gather.ts",
  "map/outline/ground.ts",
  "map/outline/labels.ts",
  "map/outline/paths.ts",
  "map/outline/pick.ts",
  "map/outline/projection.ts",
  "map/outline/scale-bar.ts",
  "map/outline/scene.ts",
);

const read = (name) =>
  JSON.parse(readFileSync(new URL(`../../www/basemap/${name}`, import.meta.url), "utf8"));
const basemap = decode(read("countries-110m.json"));
const points = read("points.json");
const size = { width: 800, height: 500 };
const view = (lon, lat, zoom, pane = size) => new Projection({ lon, lat, zoom }, pane);
const near = (is, should, slack = 1e-6) =>
  assert.ok(Math.abs(is - should) <= slack, `${is} is not ${should}`);

let ids = 0;
const place = (lon, lat, more = {}) => ({
  id: (ids += 1),
  lat,
  lon,
  accuracy_m: null,
  kind: "tower",
  sims: 1,
  sessions: 1,
  sim: ids,
  session: ids,
  colour: 0,
  at_ms: null,
  in_span: true,
  finding: null,
  title: "",
  detail: "",
  ...more,
});

/** The scene of places and more, in a view. */
function scene(projection, places, { data = {}, chosen = [], margin = [0, 0], zoom } = {}) {
  const all = { places, countries: [], track: null, off_map: 0, ...data };
  return sceneOf(
    {
      data: all,
      gathered: gather(
        spotsOf(places),
        zoom ?? Math.floor(projection.camera.zoom),
        clusterColours(places),
      ),
      chosen: spotsOf(chosen),
      points,
      names: { type: "FeatureCollection", features: [] },
      words: wording("en"),
      widthOf: (text) => text.length * 6,
    },
    projection,
    margin,
  );
}

test("the centre is in the middle, and a pixel and its position are each other's", () => {
  const projection = view(10.75, 59.91, 5);
  assert.deepEqual(projection.pixels(projection.x, projection.y), [400, 250]);
  const { lon, lat } = projection.at(123, 45);
  const there = spotsOf([place(lon, lat)])[0];
  const [x, y] = projection.pixels(there.x, there.y);
  near(x, 123);
  near(y, 45);
  // North is up, east is to the right.
  assert.ok(projection.at(400, 0).lat > 59.91 && projection.at(800, 250).lon > 10.75);
});

test("a degree at the equator has the pixels that Web Mercator gives it, twice as many at the next zoom", () => {
  const across = (zoom) => {
    const projection = view(0, 0, zoom);
    const [a, b] = spotsOf([place(1, 0), place(2, 0)]);
    return projection.pixels(b.x, b.y)[0] - projection.pixels(a.x, a.y)[0];
  };
  near(across(3), (512 * 8) / 360);
  near(across(4), 2 * across(3));
});

test("what is under the pointer stays there when zooming; a drag takes it along", () => {
  const before = view(10, 50, 4);
  const at = before.at(650, 120);
  const after = new Projection(zoomed(before, 6.3, [650, 120]), size);
  near(after.at(650, 120).lon, at.lon);
  near(after.at(650, 120).lat, at.lat);
  near(after.camera.zoom, 6.3);
  const dragged = new Projection(moved(before, [30, -20]), size);
  near(dragged.at(680, 100).lon, at.lon);
  near(dragged.at(680, 100).lat, at.lat);
});

test("zooming keeps to the limits, and there it moves nothing", () => {
  const before = view(10, 50, 17);
  assert.deepEqual(zoomed(before, 19, [10, 10]).zoom, 17);
  near(zoomed(before, 19, [10, 10]).lon, 10);
});

test("the way between two cameras is the short one, over the 180° meridian", () => {
  const half = between({ lon: 170, lat: 0, zoom: 3 }, { lon: -170, lat: 10, zoom: 5 }, 0.5);
  near(half.lon, 180);
  near(half.zoom, 4);
});

test("three places within reach are one mark, two are not", () => {
  const three = [place(10, 50), place(10.01, 50), place(10, 50.01)];
  const together = gather(spotsOf(three), 5, [0]);
  assert.equal(together.groups.length, 1);
  assert.equal(together.singles.length, 0);
  assert.equal(gather(spotsOf(three.slice(1)), 5, [0]).singles.length, 2);
  // Where they are far enough apart on the screen they are three again.
  assert.equal(gather(spotsOf(three), 13, [0]).singles.length, 3);
});

test("a group knows how many of it are in the span, their sessions and their most frequent colour", () => {
  const places = [
    place(10, 50, { colour: 1, sessions: 4 }),
    place(10, 50, { colour: 1 }),
    place(10, 50, { colour: 2 }),
    ...Array.from({ length: 4 }, () => place(10, 50, { colour: 2, in_span: false })),
  ];
  const [group] = gather(spotsOf(places), 5, clusterColours(places)).groups;
  assert.equal(group.spots.length, 7);
  assert.equal(group.inSpan, 3);
  assert.equal(group.sessions, 10);
  assert.equal(group.colour, 1);
  const none = places.map((one) => ({ ...one, in_span: false }));
  assert.equal(gather(spotsOf(none), 5, clusterColours(none)).groups[0].colour, null);
});

test("no place is lost or told twice, at any zoom; groups are apart from each other", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const places = Array.from({ length: 3000 }, () =>
    place(-180 + 360 * random() ** 2, -80 + 160 * random()),
  );
  for (const zoom of [-2, 0, 2, 5, 9, 14]) {
    const { singles, groups } = gather(spotsOf(places), zoom, [0]);
    const found = [...singles, ...groups.flatMap(({ spots }) => spots)].map(
      (spot) => spot.place.id,
    );
    assert.deepEqual(
      found.sort((a, b) => a - b),
      places.map(({ id }) => id),
    );
    for (const { spots } of groups) assert.ok(spots.length >= 3);
  }
  assert.equal(gather(spotsOf(places), 15, [0]).groups.length, 0);
});

test("places on both sides of the 180° meridian are gathered, there", () => {
  const places = [place(179.9, -17), place(-179.9, -17), place(179.95, -17)];
  const { groups } = gather(spotsOf(places), 3, [0]);
  assert.equal(groups.length, 1);
  near(Math.abs(groups[0].x - 0.5), 0.5, 0.001);
});

test("a group's click zooms to where it parts; one of places at one spot never does", () => {
  const places = [place(10, 50), place(10.2, 50), place(10.1, 50.1)];
  const [group] = gather(spotsOf(places), 4, [0]).groups;
  const parts = partingZoom(group, 4.4);
  assert.ok(parts > 4 && parts < 14);
  assert.equal(gather(spotsOf(places), parts, [0]).groups.length, 0);
  assert.equal(gather(spotsOf(places), parts - 1, [0]).groups.length, 1);
  const spot = [place(1, 1), place(1, 1), place(1, 1)];
  assert.equal(partingZoom(gather(spotsOf(spot), 4, [0]).groups[0], 4), 15);
});

test("ten thousand places are gathered within a few frames", () => {
  const places = Array.from({ length: 10_000 }, (_, n) =>
    place(5 + (n % 100) / 20, 45 + Math.floor(n / 100) / 20),
  );
  const spots = spotsOf(places);
  const began = performance.now();
  for (const zoom of [0, 4, 8, 12]) gather(spots, zoom, [0]);
  assert.ok(performance.now() - began < 2000, `${performance.now() - began} ms`);
});

test("only what lies in the view or reaches into it is drawn", () => {
  const projection = view(10, 50, 8);
  const places = [place(10, 50), place(30, 50), place(10, 20)];
  assert.deepEqual(
    scene(projection, places).dots.map(({ spot }) => spot.place.id),
    [places[0].id],
  );
  // 5° to the east, out of the view, but with a circle of 500 km.
  const wide = place(15, 50, { accuracy_m: 500_000 });
  assert.equal(scene(projection, [wide]).dots.length, 1);
  assert.equal(scene(projection, [{ ...wide, accuracy_m: 5000 }]).dots.length, 0);
  assert.equal(scene(projection, [place(0, 0), place(200, 10), place(NaN, 3)]).dots.length, 0);
});

test("a circle has its metres in pixels, whatever the latitude and zoom; unknown has none", () => {
  for (const [lat, zoom] of [
    [0, 6],
    [60, 6],
    [60, 9],
  ]) {
    const projection = view(10, lat, zoom);
    const [dot] = scene(projection, [place(10, lat || 0.001, { accuracy_m: 1500 })]).dots;
    near(dot.radius, pixelsAtZoom0(1500, lat) * 2 ** zoom, 1e-3);
    // Against the projection itself: as far as 1500 m to the north are.
    const north = spotsOf([place(10, lat + 1500 / 111_195)])[0];
    const away = 250 - projection.pixels(north.x, north.y)[1];
    near(dot.radius / away, 1, 0.01);
  }
  assert.equal(scene(view(10, 50, 6), [place(10, 50)]).dots[0].radius, -1);
});

test("a large circle is drawn as it is on the globe: not round at high latitudes, and cut at the view", () => {
  const projection = view(10, 70, 4);
  const wide = place(10, 70, { accuracy_m: 600_000 });
  const ring = (margin) => scene(projection, [wide], { margin }).dots[0].ring;
  const ys = ring([2000, 2000]).map(([, y]) => y);
  const [up, down] = [250 - Math.min(...ys), Math.max(...ys) - 250];
  assert.ok(up > down * 1.05, `${up} and ${down}`);
  const cut = ring([0, 0]);
  assert.ok(cut.some(([, y]) => Math.abs(y) < 1e-6));
  for (const [x, y] of cut) {
    assert.ok(x >= -1e-6 && x <= 800 + 1e-6 && y >= -1e-6 && y <= 500 + 1e-6);
  }
});

/** Numbers of a path's points. */
const xs = (path) => [...path.matchAll(/[ML](-?[\d.]+) /g)].map(([, x]) => Number(x));

test("Fiji: land on both sides of the 180° meridian, and places of both sides near each other", () => {
  // As seen from either side.
  for (const lon of [179.9, -179.9, 180, 540]) {
    const projection = view(lon, -17, 6);
    const { land } = groundOf(basemap, new Map(), projection, [0, 0]);
    const [meridian] = projection.pixels(Math.round(projection.x), 0);
    assert.ok(
      xs(land).some((x) => x < meridian - 5),
      `nothing west of it, at ${lon}`,
    );
    assert.ok(
      xs(land).some((x) => x > meridian + 5),
      `nothing east of it, at ${lon}`,
    );
    const { dots } = scene(projection, [place(178.4, -18.1), place(-179.2, -16.9)]);
    assert.equal(dots.length, 2);
    near(Math.abs(dots[0].at[0] - dots[1].at[0]), (2.4 / 360) * projection.world, 1e-3);
  }
});

test("a wide pane shows a place in every copy of the world, and the land there", () => {
  const pane = { width: 1500, height: 400 };
  const projection = view(170, 0, 1.6, pane);
  assert.ok(projection.world > pane.width);
  const { dots } = scene(projection, [place(20, 10)], { margin: [300, 0] });
  assert.equal(dots.length, 2);
  near(Math.abs(dots[0].at[0] - dots[1].at[0]), projection.world, 1e-6);
  const { land } = groundOf(basemap, new Map(), projection, [0, 0]);
  // The Americas, east of the meridian, and Africa, west of it.
  assert.ok(xs(land).some((x) => x > 1200) && xs(land).some((x) => x < 250));
});

test("a world narrower than the pane is drawn once", () => {
  const projection = view(0, 0, 0, { width: 1400, height: 900 });
  assert.deepEqual(projection.turns(projection.box([700, 0])), [0]);
  assert.equal(scene(projection, [place(100, 10)], { margin: [700, 0] }).dots.length, 1);
});

test("the ground keeps within the view and its margin, at every zoom", () => {
  for (const zoom of [1, 4, 9, 15]) {
    const projection = view(30, 60, zoom);
    const { land, lines } = groundOf(basemap, new Map([["RU", 0]]), projection, [100, 100]);
    for (const x of xs(land)) assert.ok(x >= -100.1 && x <= 900.1, `${x} at zoom ${zoom}`);
    assert.ok(land.length < 200_000 && lines.length < 200_000);
  }
  assert.equal(groundOf(basemap, new Map(), view(-30, 30, 9), [0, 0]).land, "");
});

test("marked countries are tinted and outlined, without an edge along the 180° meridian", () => {
  const projection = view(180, 68, 4);
  const { marked } = groundOf(basemap, new Map([["RU", 3]]), projection, [0, 0]);
  assert.equal(marked.length, 1);
  assert.equal(marked[0].colour, 3);
  const [meridian] = projection.pixels(1, 0);
  const edge = [...marked[0].edge.matchAll(/([ML])(-?[\d.]+) /g)];
  const isOn = (point) => Math.abs(Number(point?.[2]) - meridian) < 0.3;
  assert.ok(edge.length > 10 && edge.some(isOn));
  const along = edge.filter((point, at) => point[1] === "L" && isOn(point) && isOn(edge[at - 1]));
  assert.deepEqual(along, []);
});

test("Antarctica fills the bottom of the world from side to side", () => {
  const projection = view(0, -80, 2);
  const { land } = groundOf(basemap, new Map(), projection, [0, 0]);
  assert.ok(Math.min(...xs(land)) <= 0.1 && Math.max(...xs(land)) >= 799.9);
});

test("the track goes the short way over the meridian, with gaps and arrows", () => {
  const track = [
    { lat: -18, lon: 178, at_ms: 1, gap: false, jump_m: null },
    { lat: -17, lon: -179, at_ms: 2, gap: false, jump_m: null },
    { lat: -16, lon: -178, at_ms: 3, gap: true, jump_m: null },
  ];
  for (const lon of [179, -179]) {
    const { stretches, stops, last } = scene(view(lon, -17, 6), [], { data: { track } });
    assert.deepEqual(
      stretches.map(({ kind }) => kind),
      ["leg", "gap"],
    );
    for (const { from, to, arrow } of stretches) {
      assert.ok(to[0] > from[0] && to[0] - from[0] < 400);
      assert.equal(arrow, true);
    }
    assert.equal(stops.length, 3);
    assert.equal(last.length, 1);
    near(last[0][0], stretches[1].to[0]);
  }
});

test("a jump is told at the pointer, and lets what lies on it through", () => {
  const track = [
    { lat: 0, lon: -20, at_ms: 0, gap: false, jump_m: null },
    { lat: 0, lon: 20, at_ms: 60_000, gap: false, jump_m: 4_448_000 },
  ];
  const shown = scene(view(0, 0, 3), [], { data: { track } });
  const [{ from, to }] = shown.stretches;
  const middle = [(from[0] + to[0]) / 2, from[1] + 2];
  assert.deepEqual(pick(shown, middle, 3), {
    kind: "jump",
    jump: { metres: 4_448_000, ms: 60_000 },
  });
  assert.equal(pick(shown, [middle[0], middle[1] + 9], 3), null);
});

test("an arrow points along its stretch", () => {
  const head = (to) => {
    const points = [...arrow([0, 0], to).matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)];
    return points.map(([, x, y]) => [+x, +y])[1];
  };
  assert.deepEqual(head([100, 0]), [52, 0]);
  assert.deepEqual(head([0, 100]), [0, 52]);
  assert.deepEqual(head([-100, 0]), [-52, 0]);
});

test("country marks have their label on the side that is in view, and none over another", () => {
  const country = (code) => ({ code, sims: 2, sessions: 3, colour: 0, title: "" });
  const [lon, lat] = points.NO;
  const projection = view(lon, lat, 5);
  const countries = [country("NO"), country("??")];
  const { marks } = scene(projection, [], { data: { countries } });
  assert.equal(marks.length, 1);
  assert.deepEqual(marks[0].label.lines, ["Norway · 2 SIMs", "country only"]);
  assert.equal(marks[0].label.anchor, "start");
  const shifted = new Projection(moved(projection, [370, 0]), size);
  assert.equal(scene(shifted, [], { data: { countries } }).marks[0].label.anchor, "end");
  const benelux = ["BE", "NL", "LU", "DE", "FR"].map(country);
  const labels = scene(view(6, 50, 4), [], { data: { countries: benelux } }).marks.flatMap(
    ({ label }) => label ?? [],
  );
  assert.ok(labels.length >= 2);
  labels.forEach(({ rect: a }, at) =>
    labels
      .slice(at + 1)
      .forEach(({ rect: b }) =>
        assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top),
      ),
  );
});

test("room that is taken is taken; words are wrapped whole", () => {
  const room = new Room();
  const rect = (left, top) => ({ left, top, right: left + 100, bottom: top + 20 });
  room.take(rect(-50, 0));
  assert.equal(room.isFree(rect(40, 10)), false);
  assert.equal(room.isFree(rect(50, 10)), true);
  assert.equal(room.isFree(rect(-50, 20)), true);
  const widthOf = (text) => text.length;
  assert.deepEqual(wrap("Central African Republic", 10, widthOf), [
    "Central",
    "African",
    "Republic",
  ]);
  assert.deepEqual(wrap("New Zealand", 20, widthOf), ["New Zealand"]);
});

test("the pointer meets the dot before the circle, the smaller circle before the larger, and else nothing", () => {
  const projection = view(10, 50, 9);
  const small = place(10, 50, { accuracy_m: 8000 });
  const large = place(10.02, 50, { accuracy_m: 15_000 });
  const shown = scene(projection, [small, large]);
  const [dot, other] = shown.dots;
  const met = (x, y, reach = 3) => pick(shown, [x, y], reach);
  assert.equal(met(...dot.at).place.id, small.id);
  assert.equal(met(...other.at).place.id, large.id);
  assert.equal(met(dot.at[0], dot.at[1] + 15).place.id, small.id);
  assert.equal(met(dot.at[0], dot.at[1] + dot.radius + 8).place.id, large.id);
  assert.equal(met(10, 10), null);
  // A finger reaches further.
  const alone = scene(projection, [place(10, 50)]);
  assert.equal(pick(alone, [400 + 18, 250], 3), null);
  assert.equal(pick(alone, [400 + 18, 250], 10)?.kind, "place");
  const group = pick(scene(view(10, 50, 4), [small, large, place(10, 50)]), [400, 250], 3);
  assert.equal(group.kind, "cluster");
  assert.deepEqual([group.places, group.inSpan, group.sessions], [3, 3, 3]);
});

test("the scale's length is round and not longer than there is room", () => {
  for (const [most, length] of [
    [104, 100],
    [99, 50],
    [4999, 3000],
    [250_000, 200_000],
    [0.7, 0.5],
  ]) {
    near(roundLength(most), length, length * 1e-9);
  }
});

/** A map that notes what it is told. */
function recorder(name, told) {
  const note =
    (what) =>
    (...given) =>
      told.push([name, what, ...given]);
  return Object.fromEntries(
    ["setData", "setTheme", "setSelection", "fit", "resize", "destroy"].map((what) => [
      what,
      note(what),
    ]),
  );
}

const data = { places: [place(1, 1)], countries: [], track: null, off_map: 0 };

/** The two ways, and the options that the painted one was given. */
function ways({ paint, outline }) {
  const told = [];
  const state = { told, views: [], warned: [] };
  console.warn = (text) => state.warned.push(text);
  return Object.assign(state, {
    paint: async (options, signal) => {
      state.painted = { options, signal };
      return paint ? paint(recorder("painted", told)) : recorder("painted", told);
    },
    outline: async () => {
      if (outline) throw outline;
      return (view) => {
        state.views.push(view);
        return recorder("outline", told);
      };
    },
  });
}

test("a map that cannot be painted is an outline from the start; where that fails too, it says why", async () => {
  const failing = () => {
    throw new Error("no WebGL");
  };
  const both = ways({ paint: failing });
  const map = await EitherMap.begin(both, { locale: "en", theme: "light" });
  map.setData(data);
  assert.deepEqual(
    both.told.map(([name, what]) => `${name} ${what}`),
    ["outline setTheme", "outline setSelection", "outline setData"],
  );
  assert.match(both.warned[0], /no WebGL/);
  const neither = ways({ paint: failing, outline: new Error("no files") });
  await assert.rejects(EitherMap.begin(neither, { locale: "en", theme: "light" }), /no files/);
});

test("a painted map that stops gives its place, view, data, theme and selection to the outline", async () => {
  const state = ways({});
  const gone = [];
  const map = await EitherMap.begin(state, {
    locale: "en",
    theme: "light",
    onUnavailable: (message) => gone.push(message),
  });
  map.setData(data);
  map.setTheme("dark");
  map.setSelection({ sim: 4 });
  const { options, signal } = state.painted;
  options.onViewport([1, 2, 3, 4]);
  state.told.length = 0;
  options.onUnavailable("lost");
  // The painted map may say so more than once.
  options.onUnavailable("lost");
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(state.told, [
    ["painted", "destroy"],
    ["outline", "setTheme", "dark"],
    ["outline", "setData", data],
    ["outline", "setSelection", { sim: 4 }],
  ]);
  assert.deepEqual(state.views, [[1, 2, 3, 4]]);
  assert.equal(signal.aborted, true);
  assert.deepEqual(gone, []);
  map.destroy();
  assert.deepEqual(state.told.at(-1), ["outline", "destroy"]);
});

test("a painted map that stops with no outline to take its place is told as gone", async () => {
  const state = ways({ outline: new Error("no files") });
  const gone = [];
  await EitherMap.begin(state, {
    locale: "en",
    theme: "light",
    onUnavailable: (message) => gone.push(message),
  });
  state.painted.options.onUnavailable("lost");
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(gone, ["no files"]);
});

test("a worker that fails before the painted map is there ends it, and the outline begins", async () => {
  const state = ways({ paint: () => new Promise(() => undefined) });
  const begun = EitherMap.begin(state, { locale: "en", theme: "light" });
  await new Promise((resolve) => setTimeout(resolve));
  state.painted.options.onUnavailable("no worker");
  await begun;
  assert.equal(state.painted.signal.aborted, true);
  assert.deepEqual(state.views, [null]);
});
