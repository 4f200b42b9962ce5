// The base map as shipped (www/basemap/) and the scripts that make it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { feature } from "topojson-client";
import { closeOverPole, cut, mend, unwrap } from "../../tools/basemap/antimeridian.mjs";
import { ALPHA2, NUMERIC_TO_ALPHA2, alpha2Of } from "../../tools/basemap/codes.mjs";
import { firstZoom, labelPoint, sphericalArea } from "../../tools/basemap/label-points.mjs";

const read = (name) =>
  JSON.parse(readFileSync(new URL(`../../www/basemap/${name}`, import.meta.url), "utf8"));
const polygonsOf = ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates);

for (const detail of ["110m", "50m"]) {
  const topology = read(`countries-${detail}.json`);
  const features = feature(topology, topology.objects.countries).features;
  const rings = features.flatMap((country) => polygonsOf(country.geometry).flat());

  test(`${detail}: no ring leaves the world, none jumps over more than half of it, all are closed`, () => {
    assert.ok(rings.length > 250);
    for (const ring of rings) {
      assert.deepEqual(ring[0], ring[ring.length - 1]);
      ring.forEach(([lon, lat], index) => {
        assert.ok(Math.abs(lon) <= 180 && Math.abs(lat) <= 90, `${lon},${lat}`);
        // Antarctica's lower edge is the one true edge round the world.
        if (index > 0 && lat > -89)
          assert.ok(
            Math.abs(lon - ring[index - 1][0]) <= 180,
            `${ring[index - 1]} to ${lon},${lat}`,
          );
      });
    }
  });

  test(`${detail}: borders and coast run nowhere along the 180° meridian and never jump`, () => {
    for (const name of ["borders", "coast"]) {
      const lines = feature(topology, topology.objects[name]).geometry.coordinates;
      assert.ok(lines.length > 50);
      for (const line of lines) {
        for (let i = 1; i < line.length; i += 1) {
          assert.ok(Math.abs(line[i][0] - line[i - 1][0]) < 180);
          assert.ok(
            !(Math.abs(line[i][0]) > 179.98 && Math.abs(line[i - 1][0]) > 179.98),
            `${line[i - 1]} to ${line[i]}`,
          );
        }
      }
    }
  });

  test(`${detail}: ids are alpha-2 codes, and areas without one are few`, () => {
    const ids = features.map((country) => country.id);
    for (const id of ids) assert.ok(id === undefined || ALPHA2.includes(id), String(id));
    assert.ok(ids.filter((id) => id === undefined).length <= 4);
    for (const code of ["NO", "RU", "FJ", "US", "XK", "JP"]) assert.ok(ids.includes(code), code);
  });

  test(`${detail}: Russia and Fiji are whole: land on both sides of the meridian, areas as they should be`, () => {
    const parts = (code) =>
      features
        .filter((country) => country.id === code)
        .flatMap((country) => polygonsOf(country.geometry));
    for (const code of ["RU", "FJ"]) {
      const lons = parts(code)
        .flat(2)
        .map(([lon]) => lon);
      assert.ok(Math.min(...lons) < -179 && Math.max(...lons) > 179, code);
    }
    const km2 = parts("RU").reduce(
      (sum, polygon) => sum + sphericalArea(polygon[0]) * 6371 ** 2,
      0,
    );
    assert.ok(km2 > 16.0e6 && km2 < 17.6e6, `Russia has ${Math.round(km2)} km²`);
  });
}

test("the coarse map with its points stays small, the finer one bounded", () => {
  const gzip = (name) =>
    gzipSync(readFileSync(new URL(`../../www/basemap/${name}`, import.meta.url)), { level: 9 })
      .length;
  assert.ok(gzip("countries-110m.json") + gzip("points.json") <= 45_000);
  assert.ok(gzip("countries-50m.json") <= 230_000);
});

test("every alpha-2 code has a point on the map", () => {
  const points = read("points.json");
  assert.equal(ALPHA2.length, 250);
  assert.deepEqual(Object.keys(points).sort(), [...ALPHA2]);
  for (const [code, [lon, lat, zoom]] of Object.entries(points)) {
    assert.ok(Math.abs(lon) <= 180 && Math.abs(lat) <= 90, code);
    assert.ok(zoom >= -2 && zoom <= 6, code);
    assert.ok(lon !== 0 || lat !== 0, code);
  }
});

test("points lie where the countries are", () => {
  const points = read("points.json");
  const near = {
    NO: [10, 62],
    US: [-98, 39],
    RU: [100, 64],
    FJ: [178, -18],
    SG: [103.8, 1.35],
    HK: [114.2, 22.4],
    MT: [14.4, 35.9],
    GI: [-5.4, 36.1],
    RE: [55.5, -21.1],
    XK: [20.9, 42.6],
    NZ: [171, -43.5],
  };
  for (const [code, [lon, lat]] of Object.entries(near)) {
    assert.ok(
      Math.hypot(points[code][0] - lon, points[code][1] - lat) < 4,
      `${code} at ${points[code]}`,
    );
  }
});

test("ids: numeric strings keep their zeros, unknown ones give null", () => {
  assert.equal(NUMERIC_TO_ALPHA2["036"], "AU");
  assert.equal(alpha2Of({ id: "036", properties: { name: "Australia" } }), "AU");
  assert.equal(alpha2Of({ id: 36, properties: {} }), "AU");
  assert.equal(alpha2Of({ properties: { name: "Kosovo" } }), "XK");
  assert.equal(alpha2Of({ properties: { name: "Siachen Glacier" } }), null);
  assert.equal(alpha2Of({ id: "999", properties: { name: "Nowhere" } }), null);
  assert.equal(alpha2Of({}), null);
});

test("unwrap removes the jump; a ring round the Earth is closed over its pole", () => {
  const ring = [
    [178, 0],
    [-178, 0],
    [-178, 2],
    [178, 2],
    [178, 0],
  ];
  assert.deepEqual(
    unwrap(ring).map(([lon]) => lon),
    [178, 182, 182, 178, 178],
  );
  const round = [
    [-180, -80],
    [-90, -70],
    [0, -75],
    [90, -70],
    [180, -80],
  ];
  assert.deepEqual(closeOverPole(round).slice(-3), [
    [180, -90],
    [-180, -90],
    [-180, -80],
  ]);
  assert.equal(closeOverPole(ring), ring);
});

test("a cut through a ring with two arms leaves two parts on one side, nothing lost", () => {
  const fork = [
    [0, 0],
    [4, 0],
    [4, 1],
    [1, 1],
    [1, 2],
    [4, 2],
    [4, 3],
    [0, 3],
    [0, 0],
  ];
  const { west, east } = cut(fork, 2);
  assert.equal(west.length, 1);
  assert.equal(east.length, 2);
  const area = (ring) =>
    Math.abs(
      ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i][0] * y - x * ring[i][1], 0) / 2,
    );
  assert.equal(
    [...west, ...east].reduce((sum, ring) => sum + area(ring), 0),
    area(fork),
  );
});

test("mend splits what crosses the meridian, with its holes, and leaves the rest alone", () => {
  const across = {
    type: "Polygon",
    coordinates: [
      [
        [170, 0],
        [-170, 0],
        [-170, 10],
        [170, 10],
        [170, 0],
      ],
      [
        [172, 2],
        [174, 2],
        [174, 4],
        [172, 4],
        [172, 2],
      ],
    ],
  };
  const mended = mend(across);
  assert.equal(mended.type, "MultiPolygon");
  assert.equal(mended.coordinates.length, 2);
  assert.deepEqual(mended.coordinates.map((polygon) => polygon.length).sort(), [1, 2]);
  for (const [lon] of mended.coordinates.flat(2)) assert.ok(Math.abs(lon) <= 180);
  const plain = {
    type: "Polygon",
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ],
  };
  assert.deepEqual(mend(plain), plain);
});

test("a name's point lies inside a crescent, whose middle is outside", () => {
  const crescent = [
    [0, 0],
    [10, 0],
    [10, 1],
    [1, 1],
    [1, 9],
    [10, 9],
    [10, 10],
    [0, 10],
    [0, 0],
  ];
  const { lon, lat } = labelPoint({ type: "Polygon", coordinates: [crescent] });
  assert.ok(lon < 1 || lat < 1 || lat > 9, `${lon},${lat}`);
  assert.equal(firstZoom(0), 6);
  assert.equal(firstZoom(1000), -2);
});
