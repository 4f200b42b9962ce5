// The map's pure parts: geometry on the globe, the engine's data as GeoJSON, what is named and what is brought into view.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromWww } from "./typescript.mjs";

const map = await fromWww(
  "map/geodesy.ts",
  "map/features.ts",
  "map/extent.ts",
  "map/frame.ts",
  "map/names.ts",
  "map/basemap.ts",
  "map/wording.ts",
);

const read = (name) =>
  JSON.parse(readFileSync(new URL(`../../www/basemap/${name}`, import.meta.url), "utf8"));
const points = read("points.json");
const basemap = map.decode(read("countries-110m.json"));

test("a stretch that nothing could have gone is a jump, with what it would have taken", () => {
  const track = [
    { lat: 59.9, lon: 10.7, at_ms: 0, gap: false, jump_m: null },
    { lat: 35.7, lon: 139.7, at_ms: 3_600_000, gap: false, jump_m: 8_410_000 },
    { lat: 35.8, lon: 139.8, at_ms: 7_200_000, gap: false, jump_m: null },
  ];
  const lines = map
    .trackFeatures(track)
    .features.filter(({ geometry }) => geometry.type === "LineString");
  assert.deepEqual(
    lines.map(({ properties }) => properties.part),
    ["jump", "leg"],
  );
  const jump = map.jumpOf(lines[0].properties);
  assert.deepEqual(jump, { metres: 8_410_000, ms: 3_600_000 });
  assert.equal(map.jumpOf(lines[1].properties), null);
  const said = map.wording("en").jump(jump);
  assert.equal(said.lines[0], "8,410 km in 60 min: nothing is that fast");
});

const place = (over = {}) => ({
  id: 7,
  lat: 59.91,
  lon: 10.75,
  accuracy_m: 1500,
  kind: "tower",
  sims: 1,
  sessions: 3,
  sim: 4,
  session: 40,
  colour: 2,
  at_ms: 1_000,
  in_span: true,
  finding: null,
  title: "Pump 12",
  detail: "4G",
  ...over,
});

/** Great-circle distance in metres (haversine), independent of the code under test. */
function distance([lon1, lat1], [lon2, lat2]) {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((lat2 - lat1) * rad) / 2) ** 2 +
    Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h));
}

for (const [lon, lat, radius] of [
  [10.75, 59.91, 1500],
  [0, 0, 35_000],
  [179.95, -17, 30_000],
  [25, 71, 100_000],
  [-70, -53, 50],
]) {
  test(`a circle of ${radius} m about ${lat}, ${lon} has that radius all round, is closed and never jumps`, () => {
    const ring = map.geodesicCircle(lon, lat, radius);
    assert.ok(ring.length > 64);
    assert.deepEqual(ring[0], ring[ring.length - 1]);
    ring.forEach((point, index) => {
      assert.ok(
        Math.abs(distance([lon, lat], point) - radius) < radius * 1e-6 + 0.01,
        `${distance([lon, lat], point)}`,
      );
      if (index > 0) assert.ok(Math.abs(point[0] - ring[index - 1][0]) < 180);
    });
  });
}

test("a circle about a pole is closed over it", () => {
  const ring = map.geodesicCircle(10, 89.9, 50_000);
  const lons = ring.map(([lon]) => lon);
  assert.ok(Math.max(...lons) - Math.min(...lons) >= 359.9);
  assert.ok(ring.some(([, lat]) => lat === 90));
  assert.deepEqual(ring[0], ring[ring.length - 1]);
});

test("pixels follow the latitude: twice as many at 60 degrees as at the equator", () => {
  assert.ok(Math.abs(map.pixelsAtZoom0(1000, 60) / map.pixelsAtZoom0(1000, 0) - 2) < 1e-9);
  assert.ok(Math.abs(map.pixelsAtZoom0(40_075_016.686, 0) - 512) < 1e-6);
});

test("positions off the globe and 0,0 are none", () => {
  for (const [lat, lon] of [
    [0, 0],
    [91, 0],
    [0, 181],
    [Number.NaN, 5],
    [5, Number.NaN],
    [Infinity, 0],
  ]) {
    assert.equal(map.isPosition(lat, lon), false, `${lat},${lon}`);
  }
  for (const [lat, lon] of [
    [0, 1],
    [1, 0],
    [-90, 180],
    [59.9, 10.7],
  ])
    assert.equal(map.isPosition(lat, lon), true);
});

test("a place becomes a point with longitude first, its radius in pixels, its colour and whether it is in the span", () => {
  const [feature] = map.placeFeatures([place()], [2]).features;
  assert.deepEqual(feature.geometry, { type: "Point", coordinates: [10.75, 59.91] });
  assert.deepEqual(feature.properties, {
    i: 7,
    c: 2,
    k: 0,
    s: 1,
    r: map.pixelsAtZoom0(1500, 59.91),
    m: 3,
    f: 0,
  });
  const marked = map.placeFeatures([place({ finding: "critical" })], [2]).features[0];
  assert.equal(marked.properties.f, 3);
});

test("an unknown radius is -1 and has no circle; so has a radius of 0", () => {
  for (const accuracy_m of [null, 0]) {
    assert.equal(map.placeFeatures([place({ accuracy_m })], []).features[0].properties.r, -1);
    assert.equal(map.areaFeatures([place({ accuracy_m })]).features.length, 0);
  }
  const { geometry, properties } = map.areaFeatures([place({ in_span: false })]).features[0];
  assert.equal(geometry.type, "Polygon");
  assert.deepEqual(properties, { i: 7, c: 2, s: 0 });
});

test("what has no position on the globe is left out of places, circles and track", () => {
  const nowhere = place({ lat: 0, lon: 0 });
  assert.equal(map.placeFeatures([nowhere, place()], []).features.length, 1);
  assert.equal(map.areaFeatures([nowhere]).features.length, 0);
  assert.equal(
    map.trackFeatures([{ lat: 0, lon: 0, at_ms: 1, gap: false, jump_m: null }]).features.length,
    0,
  );
});

test("clusters know the most frequent colours, those in the span first", () => {
  const places = [
    ...Array.from({ length: 3 }, () => place({ colour: 5, in_span: false })),
    ...Array.from({ length: 2 }, () => place({ colour: 1 })),
    place({ colour: 4 }),
  ];
  assert.deepEqual(map.clusterColours(places), [1, 4, 5]);
  assert.equal(
    map.clusterColours(Array.from({ length: 30 }, (_, colour) => place({ colour }))).length,
    8,
  );
  assert.equal(map.placeFeatures([place({ colour: 9 })], [1]).features[0].properties.k, -1);
});

test("the track keeps time order, marks gaps, drops stretches of no length and tells its newest point", () => {
  const at = (lat, lon, gap = false) => ({ lat, lon, at_ms: 0, gap, jump_m: null });
  const { features } = map.trackFeatures([at(60, 10), at(60, 10), at(59, 11), at(58, 12, true)]);
  const lines = features.filter(({ geometry }) => geometry.type === "LineString");
  assert.deepEqual(
    lines.map(({ geometry, properties }) => [properties.part, geometry.coordinates]),
    [
      [
        "leg",
        [
          [10, 60],
          [11, 59],
        ],
      ],
      [
        "gap",
        [
          [11, 59],
          [12, 58],
        ],
      ],
    ],
  );
  const last = features.filter(({ properties }) => properties.part === "last");
  assert.deepEqual(
    last.map(({ geometry }) => geometry.coordinates),
    [[12, 58]],
  );
  assert.equal(map.trackFeatures(null).features.length, 0);
});

test("the track takes the short way over the 180° meridian", () => {
  const [line] = map.trackFeatures([
    { lat: -18, lon: 178, at_ms: 0, gap: false, jump_m: null },
    { lat: -17, lon: -179, at_ms: 1, gap: false, jump_m: null },
  ]).features;
  assert.deepEqual(line.geometry.coordinates, [
    [178, -18],
    [181, -17],
  ]);
});

test("a selection takes the session's places, else the SIM's", () => {
  const places = [place(), place({ id: 8, session: 41 }), place({ id: 9, sim: 5, session: 50 })];
  const ids = (selection) => map.chosenPlaces(places, selection).map(({ id }) => id);
  assert.deepEqual(ids({ sim: 4, session: 41 }), [8]);
  assert.deepEqual(ids({ sim: 4, session: 999 }), [7, 8]);
  assert.deepEqual(ids({ sim: 5 }), [9]);
  assert.deepEqual(ids(null), []);
});

test("every country has a mark, also where the coarse map has no area; an unknown code has none", () => {
  const country = (code) => ({ code, sims: 2, sessions: 3, colour: 1, title: code });
  const { features } = map.countryFeatures(
    ["SG", "MT", "HK", "NO", "ZZ"].map(country),
    points,
    ({ code }) => `${code}!`,
    () => "any",
  );
  assert.deepEqual(
    features.map(({ properties }) => properties.code),
    ["SG", "MT", "HK", "NO"],
  );
  assert.deepEqual(features[0].properties, { code: "SG", c: 1, label: "SG!", side: "any" });
});

test("an outline leaves out the cut along 180°", () => {
  const ring = [
    [170, 0],
    [180, 0],
    [180, 10],
    [170, 10],
    [170, 0],
  ];
  const lines = map.outline({ type: "Polygon", coordinates: [ring] });
  assert.deepEqual(lines, [
    [
      [170, 0],
      [180, 0],
    ],
    [
      [180, 10],
      [170, 10],
      [170, 0],
    ],
  ]);
});

test("the narrowest span goes over the 180° meridian when that is shorter, and never through a country", () => {
  const at = (...lons) => lons.map((lon) => [lon, lon]);
  assert.deepEqual(map.narrowestSpan(at(178, -179)), [178, 181]);
  assert.deepEqual(map.narrowestSpan(at(-10, 0, 20)), [-10, 20]);
  assert.deepEqual(map.narrowestSpan(at(5)), [5, 5]);
  assert.equal(map.narrowestSpan([]), null);
  // Russia (27 to 180) and the United States (-125 to -67): the Atlantic, not Siberia, is left out.
  assert.deepEqual(
    map.narrowestSpan([
      [27, 180],
      [-125, -67],
    ]),
    [27, 293],
  );
});

const data = (over = {}) => ({ places: [], countries: [], track: null, off_map: 0, ...over });

test("what is brought into view: places in the span, countries by their largest part, else all places", () => {
  const boxes = new Map(
    basemap.areas.features
      .filter(({ properties }) => properties.code)
      .map(({ properties, geometry }) => [properties.code, map.largestPart(geometry)]),
  );
  const inside = place({ accuracy_m: null });
  const outside = place({ lat: 35, lon: 139, in_span: false, accuracy_m: null });
  const near = map.extentOf(data({ places: [inside, outside] }), points, boxes);
  assert.deepEqual(near, { west: 10.75, east: 10.75, south: 59.91, north: 59.91 });
  assert.equal(map.extentOf(data({ places: [outside] }), points, boxes).west, 139);
  const france = map.extentOf(
    data({ countries: [{ code: "FR", sims: 1, sessions: 1, colour: 0, title: "" }] }),
    points,
    boxes,
  );
  assert.ok(france.west > -6 && france.south > 41, JSON.stringify(france));
  assert.equal(map.extentOf(data(), points, boxes), null);
});

test("a fitted view holds its bounds; a single place keeps its surroundings", () => {
  const size = { width: 720, height: 240 };
  const single = map.fitCamera({ west: 10.75, east: 10.75, south: 59.91, north: 59.91 }, size);
  assert.ok(single.zoom <= 5, String(single.zoom));
  assert.ok(Math.abs(single.lon - 10.75) < 1e-9 && Math.abs(single.lat - 59.91) < 1e-6);
  const bounds = { west: 10, east: 12, south: 59, north: 61 };
  const { lon, lat, zoom } = map.fitCamera(bounds, size);
  const scale = 512 * 2 ** zoom;
  const across = (map.mercatorX(bounds.east) - map.mercatorX(bounds.west)) * scale;
  const top = (map.mercatorY(lat) - map.mercatorY(bounds.north)) * scale;
  const bottom = (map.mercatorY(bounds.south) - map.mercatorY(lat)) * scale;
  assert.equal(lon, 11);
  assert.ok(
    across <= 720 - 80 && top <= 80.5 && bottom <= 80.5 && Math.max(top, bottom) > 70,
    `${across} ${top} ${bottom}`,
  );
});

test("the view never leaves the world, and a world narrower than the pane stays in its middle", () => {
  const size = { width: 720, height: 240 };
  const north = map.constrain({ lon: 0, lat: 89, zoom: 2 }, size);
  assert.ok(north.lat < 85 && north.lat > 75, String(north.lat));
  const small = map.constrain({ lon: 120, lat: 0, zoom: -2 }, size);
  assert.ok(Math.abs(small.lon) < 1e-9 && small.zoom > -2);
  assert.equal(map.repeats(size, 0), false);
  assert.equal(map.repeats(size, 1), true);
  assert.equal(map.constrain({ lon: 170, lat: 0, zoom: 4 }, size).lon, 170);
});

const named = (sight, marked = []) =>
  map.nameFeatures(basemap.areas, points, (code) => code, sight, new Set(marked)).features;

test("a country whose own point is out of view is named where it is seen", () => {
  // Southern Sweden and Norway: Sweden's point lies north of this view.
  const sight = { west: 5, south: 55, east: 20, north: 60, zoom: 5 };
  assert.ok(points.SE[1] > sight.north);
  const sweden = named(sight).find(({ properties }) => properties.name === "SE");
  const [lon, lat] = sweden.geometry.coordinates;
  assert.ok(lon > 12 && lon < 18 && lat > 56 && lat < 60, `${lon},${lat}`);
});

test("a marked country is not named twice", () => {
  const sight = { west: -180, south: -60, east: 180, north: 80, zoom: 1.5 };
  assert.ok(named(sight).some(({ properties }) => properties.name === "BR"));
  assert.ok(!named(sight, ["BR"]).some(({ properties }) => properties.name === "BR"));
});

test("names are found over the 180° meridian", () => {
  const sight = { west: 176, south: -19, east: 183, north: -16, zoom: 7 };
  assert.ok(named(sight).some(({ properties }) => properties.name === "FJ"));
});

test("words: radius and span are said, unknown codes and odd locales do no harm", () => {
  const words = map.wording("en");
  assert.deepEqual(words.place(place()), ["4G", "tower as reported, within 1.5 km"]);
  assert.deepEqual(
    words.place(place({ accuracy_m: null, in_span: false, detail: "", kind: "lookup" })),
    ["tower from a cell look-up, radius unknown", "outside the selected span"],
  );
  assert.equal(words.country("NO"), "Norway");
  assert.equal(words.country("XK"), "Kosovo");
  assert.equal(words.country("?"), "?");
  assert.equal(typeof map.wording("not a locale").country("NO"), "string");
  assert.equal(
    words.empty(data({ off_map: 4 })),
    "None of these sessions came with a place or a country. The tables list them.",
  );
  assert.equal(words.empty(data({ places: [place()] })), null);
  assert.ok(
    words
      .credits(data({ off_map: 1, credits: ["OpenCelliD CC BY-SA 4.0"] }))
      .join(" · ")
      .endsWith("Natural Earth · OpenCelliD CC BY-SA 4.0 · 1 session not on the map"),
  );
});
