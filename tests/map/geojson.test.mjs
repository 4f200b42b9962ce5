// What the map shows as GeoJSON, held against RFC 7946 by a linter of others.
import assert from "node:assert/strict";
import { test } from "node:test";
import geojsonhint from "@mapbox/geojsonhint";
import { fromWww } from "./typescript.mjs";

const { toGeoJson } = await fromWww("map/geojson.ts");

const place = (lat, lon, accuracy_m, more = {}) => ({
  id: 0,
  lat,
  lon,
  accuracy_m,
  kind: "tower",
  sims: 2,
  sessions: 3,
  sim: 0,
  session: 0,
  colour: 0,
  at_ms: Date.UTC(2026, 9, 1, 8),
  in_span: true,
  finding: null,
  title: "Example Norway",
  detail: "cell 242-01-7-9",
  ...more,
});
const made = (places, more = {}) =>
  toGeoJson({ places, countries: [], track: null, off_map: 0, ...more });

/** What a linter says is wrong. Round trip through text, as a file goes. */
function complaints(collection) {
  return geojsonhint.hint(JSON.stringify(collection)).map(({ message }) => message);
}

const of = (collection, role) =>
  collection.features.filter(({ properties }) => properties.role === role);

/** Twice the signed area of a ring: positive is counter-clockwise. */
const area = (ring) =>
  ring.slice(1).reduce((sum, [x, y], at) => sum + ring[at][0] * y - x * ring[at][1], 0);

function everyRing({ type, coordinates }) {
  return type === "Polygon" ? coordinates : coordinates.flat();
}

test("places, circles, countries and the track are valid by RFC 7946", () => {
  const track = [
    { lat: 59.9, lon: 10.7, at_ms: 0, gap: false, jump_m: null },
    { lat: 60, lon: 10.8, at_ms: 3_600_000, gap: true, jump_m: 900_000 },
  ];
  const countries = [{ code: "JP", sims: 1, sessions: 2, colour: 0, title: "Nippon Example" }];
  const all = made(
    [
      place(59.91, 10.75, 1500),
      place(1.3, 103.8, null),
      place(-17.7, 178.9, 200_000),
      place(-17.7, -179.9, 200_000),
      place(66, -179.99, 90_000),
      place(-77.85, 166.7, 35_000),
      place(89.5, 20, 100_000),
      place(-89.9, 20, 100_000),
    ],
    { countries, track },
  );
  assert.deepEqual(complaints(all), []);
  assert.deepEqual(of(all, "track")[0].properties.jumps_at, ["1970-01-01T01:00:00.000Z"]);
  assert.deepEqual(
    ["place", "accuracy", "country", "track"].map((role) => of(all, role).length),
    [8, 7, 1, 1],
  );
  for (const { geometry } of of(all, "accuracy")) {
    for (const ring of everyRing(geometry)) {
      assert.ok(area(ring) > 0, "outer rings run counter-clockwise");
      assert.deepEqual(ring.at(-1), ring[0]);
      for (const [lon, lat] of ring) assert.ok(Math.abs(lon) <= 180 && Math.abs(lat) <= 90);
    }
  }
});

test("the linter would tell a ring that runs the other way", () => {
  const all = made([place(59.91, 10.75, 1500)]);
  of(all, "accuracy")[0].geometry.coordinates[0].reverse();
  assert.match(complaints(all).join(), /right-hand rule/);
});

test("properties have units and nulls", () => {
  const [known, , unknown] = made([
    place(59.91, 10.75, 1500),
    place(1.3, 103.8, null, { at_ms: null, kind: "lookup", in_span: false }),
  ]).features.map(({ properties }) => properties);
  assert.deepEqual(known, {
    role: "place",
    place: 0,
    place_kind: "tower",
    accuracy_m: 1500,
    place_at: "2026-10-01T08:00:00.000Z",
    in_span: true,
    operator: "Example Norway",
    cell: "cell 242-01-7-9",
    sims: 2,
    sessions: 3,
  });
  assert.equal(unknown.accuracy_m, null);
  assert.equal(unknown.place_at, null);
});

test("a circle keeps its radius, also where it is cut at the 180th meridian", () => {
  const radius = 200_000;
  const [feature] = of(made([place(-17.7, 179.9, radius)]), "accuracy");
  assert.equal(feature.geometry.type, "MultiPolygon");
  assert.equal(feature.geometry.coordinates.length, 2);
  const rad = Math.PI / 180;
  let onEdge = 0;
  for (const [lon, lat] of everyRing(feature.geometry).flat()) {
    if (Math.abs(lon) === 180) continue;
    const cos =
      Math.sin(lat * rad) * Math.sin(-17.7 * rad) +
      Math.cos(lat * rad) * Math.cos(-17.7 * rad) * Math.cos((lon - 179.9) * rad);
    assert.ok(Math.abs(Math.acos(cos) * 6_371_008.8 - radius) < 20);
    onEdge += 1;
  }
  assert.ok(onEdge >= 70);
  const sides = everyRing(feature.geometry).map((ring) => ring.every(([lon]) => lon > 0));
  assert.deepEqual(sides.sort(), [false, true]);
});

test("a circle about a pole reaches it", () => {
  for (const lat of [89.9, -89.9]) {
    const [{ geometry }] = of(made([place(lat, 20, 100_000)]), "accuracy");
    const rings = everyRing(geometry).flat();
    assert.ok(rings.some(([, y]) => y === Math.sign(lat) * 90));
    const lons = rings.map(([lon]) => lon);
    assert.deepEqual([Math.min(...lons), Math.max(...lons)], [-180, 180]);
  }
});

test("a track over the 180th meridian is two lines that meet there, an instant for each point", () => {
  const track = [
    { lat: -17, lon: 178, at_ms: 0, gap: false, jump_m: null },
    { lat: -18, lon: 179, at_ms: 1000, gap: false, jump_m: null },
    { lat: -19, lon: -179, at_ms: 2000, gap: false, jump_m: null },
    { lat: -20, lon: -178, at_ms: 3000, gap: false, jump_m: null },
  ];
  const all = made([place(-17, 178, null)], { track });
  assert.deepEqual(complaints(all), []);
  const [{ geometry, properties }] = of(all, "track");
  assert.deepEqual(geometry, {
    type: "MultiLineString",
    coordinates: [
      [
        [178, -17],
        [179, -18],
        [180, -18.5],
      ],
      [
        [-180, -18.5],
        [-179, -19],
        [-178, -20],
      ],
    ],
  });
  assert.equal(properties.place_at.length, 6);
});

test("what has no position is left out; a country of which no more is known has no geometry", () => {
  const countries = [{ code: "JP", sims: 1, sessions: 2, colour: 0, title: "" }];
  const all = made([place(0, 0, 10), place(91, 0, 10)], { countries });
  assert.deepEqual(complaints(all), []);
  assert.deepEqual(
    all.features.map(({ geometry }) => geometry),
    [null],
  );
});
