// Makes www/basemap/ from world-atlas (Natural Earth, public domain). The output is committed, so only a change of the
// source data or of these scripts needs a run: `node tools/basemap/build.mjs`.
//
//   countries-110m.json, countries-50m.json   TopoJSON, quantised: objects `countries` (id = alpha-2, absent where ISO has
//                                             none), `borders` (between countries) and `coast`, both without the cut at ±180
//   points.json                               alpha-2 -> [longitude, latitude, zoom from which its name is drawn]
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { feature, mesh } from "topojson-client";
import { topology } from "topojson-server";
import { mend, polygonsOf } from "./antimeridian.mjs";
import { ALPHA2, alpha2Of } from "./codes.mjs";
import { firstZoom, labelPoint } from "./label-points.mjs";

const require = createRequire(import.meta.url);
const target = new URL("../../www/basemap/", import.meta.url);

/** Grid steps over the whole Earth: 1e4 is 0.036°, half a pixel at the zooms where the coarse map shows. */
const DETAILS = [
  { name: "110m", steps: 1e4 },
  { name: "50m", steps: 5e4 },
];

/**
 * The countries of one world-atlas file as GeoJSON features with alpha-2 ids, mended at the antimeridian. Parts that
 * have an ISO code of their own but are drawn as part of another country (overseas France, Svalbard) stand alone.
 */
export function countries(detail) {
  const atlas = JSON.parse(
    readFileSync(require.resolve(`world-atlas/countries-${detail}.json`), "utf8"),
  );
  const polygonsByCode = new Map();
  for (const country of feature(atlas, atlas.objects.countries).features) {
    const code = alpha2Of(country);
    for (const polygon of polygonsOf(mend(country.geometry))) {
      const owner = ownerOf(code, polygon[0]);
      // Areas without a code stay apart from each other: a border runs between them.
      const key = owner ?? country;
      polygonsByCode.set(key, [...(polygonsByCode.get(key) ?? []), polygon]);
    }
  }
  return [...polygonsByCode].map(([key, polygons]) => ({
    type: "Feature",
    ...(typeof key === "string" ? { id: key } : {}),
    properties: {},
    geometry:
      polygons.length === 1
        ? { type: "Polygon", coordinates: polygons[0] }
        : { type: "MultiPolygon", coordinates: polygons },
  }));
}

const PARTS = JSON.parse(readFileSync(new URL("./parts.json", import.meta.url), "utf8"));

/** The code of one part of a country: its own where parts.json lists a box around it, else the country's. */
function ownerOf(code, ring) {
  const inside = ([west, south, east, north]) =>
    ring.every(([lon, lat]) => lon >= west && lon <= east && lat >= south && lat <= north);
  return PARTS.find((part) => part.of === code && part.boxes.some(inside))?.code ?? code;
}

/** Lines without their edges along the cut: those are no coast and no border. */
function withoutCut(lines) {
  const onCut = ([lon, lat]) => Math.abs(lon) > 179.97 || lat < -89.9;
  const kept = [];
  for (const line of lines.coordinates) {
    let part = [line[0]];
    for (let i = 1; i < line.length; i += 1) {
      if (onCut(line[i - 1]) && onCut(line[i])) {
        if (part.length > 1) kept.push(part);
        part = [];
      }
      part.push(line[i]);
    }
    if (part.length > 1) kept.push(part);
  }
  return { type: "MultiLineString", coordinates: kept };
}

/** The TopoJSON to ship, from `countries()`. */
export function shippedTopology(features, steps) {
  const areas = { type: "FeatureCollection", features };
  const first = topology({ countries: areas }, steps);
  const borders = withoutCut(mesh(first, first.objects.countries, (a, b) => a !== b));
  const coast = withoutCut(mesh(first, first.objects.countries, (a, b) => a === b));
  const shipped = topology({ countries: areas, borders, coast }, steps);
  delete shipped.bbox;
  return shipped;
}

/** alpha-2 -> [longitude, latitude, first zoom of the name], for every code. */
export function countryPoints(features) {
  const kept = JSON.parse(readFileSync(new URL("./points.json", import.meta.url), "utf8"));
  const points = new Map(
    Object.entries(kept).map(([code, [lon, lat]]) => [code, { lon, lat, side: 0 }]),
  );
  for (const { id, geometry } of features) {
    if (!id) continue;
    const point = labelPoint(geometry);
    const other = points.get(id);
    if (!other || point.side > other.side) points.set(id, point);
  }
  const rounded = (degrees) => Math.round(degrees * 100) / 100;
  return Object.fromEntries(
    ALPHA2.filter((code) => points.has(code)).map((code) => {
      const { lon, lat, side } = points.get(code);
      return [code, [rounded(lon), rounded(lat), firstZoom(side)]];
    }),
  );
}

function write(name, value) {
  const text = `${JSON.stringify(value)}\n`;
  writeFileSync(new URL(name, target), text);
  console.log(`${name}  ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzip`);
}

if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  mkdirSync(target, { recursive: true });
  for (const { name, steps } of DETAILS) {
    const features = countries(name);
    write(`countries-${name}.json`, shippedTopology(features, steps));
    if (name === "50m") write("points.json", countryPoints(features));
  }
}
