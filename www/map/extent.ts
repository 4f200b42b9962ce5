// How much of the Earth the data takes up: what "fit" brings into view. Pure.
import type { Geometry } from "geojson";
import type { Basemap } from "./basemap.ts";
import { boundsOf, isPosition, nearest, narrowestSpan, type Bounds, type Span } from "./geodesy.ts";
import type { CountryPoints } from "./features.ts";
import type { MapData, TrackPoint } from "./types.ts";

const METRES_PER_DEGREE = 111_195;

/** One thing's reach. */
interface Patch {
  readonly span: Span;
  readonly south: number;
  readonly north: number;
}

/** alpha-2 -> bounds of the country's largest part. */
export type CountryBounds = ReadonlyMap<string, Bounds>;

/** Bounds of a country's largest part (by its box): overseas parts would zoom the map out to the whole Earth. */
export function largestPart(geometry: Geometry): Bounds | null {
  const polygons =
    geometry.type === "Polygon"
      ? [geometry.coordinates]
      : geometry.type === "MultiPolygon"
        ? geometry.coordinates
        : [];
  let best: Bounds | null = null;
  let bestSize = -1;
  for (const [ring] of polygons) {
    if (!ring) continue;
    const box = boundsOf(ring);
    const size = (box.east - box.west) * (box.north - box.south);
    if (size > bestSize) [best, bestSize] = [box, size];
  }
  return best;
}

function around(lon: number, lat: number, radius_m: number): Patch {
  const high = radius_m / METRES_PER_DEGREE;
  const wide = Math.min(180, high / Math.max(0.05, Math.cos((lat * Math.PI) / 180)));
  return {
    span: [lon - wide, lon + wide],
    south: Math.max(-90, lat - high),
    north: Math.min(90, lat + high),
  };
}

function together(patches: readonly Patch[]): Bounds | null {
  const span = narrowestSpan(patches.map((patch) => patch.span));
  if (!span) return null;
  let [south, north] = [90, -90];
  for (const patch of patches) {
    south = Math.min(south, patch.south);
    north = Math.max(north, patch.north);
  }
  return { west: span[0], east: span[1], south, north };
}

/** Bounds of all that is drawn. Places outside of the selected span count only where nothing lies in it. */
export function extentOf(
  data: MapData,
  points: CountryPoints,
  boxes: CountryBounds,
): Bounds | null {
  const valid = data.places.filter((place) => isPosition(place.lat, place.lon));
  const inSpan = valid.filter((place) => place.in_span);
  const patches = (inSpan.length > 0 ? inSpan : valid).map((place) =>
    around(place.lon, place.lat, place.accuracy_m ?? 0),
  );
  for (const { code } of data.countries) {
    const box = boxes.get(code);
    const point = points[code];
    if (box) patches.push({ span: [box.west, box.east], south: box.south, north: box.north });
    else if (point) patches.push(around(point[0], point[1], 30_000));
  }
  return together(patches) ?? trackExtent(data.track);
}

/** Bounds of the track alone. */
export function trackExtent(track: readonly TrackPoint[] | null): Bounds | null {
  const patches: Patch[] = [];
  let before: number | null = null;
  for (const { lat, lon } of track ?? []) {
    if (!isPosition(lat, lon)) continue;
    before = before === null ? lon : nearest(lon, before);
    patches.push({ span: [before, before], south: lat, north: lat });
  }
  if (patches.length === 0) return null;
  // A track is followed, so its longitudes are continuous already: its own stretch, not the narrowest one.
  const lons = patches.map((patch) => patch.span[0]);
  const [south, north] = [patches.map((p) => p.south), patches.map((p) => p.north)];
  return {
    west: lons.reduce((a, b) => Math.min(a, b)),
    east: lons.reduce((a, b) => Math.max(a, b)),
    south: south.reduce((a, b) => Math.min(a, b)),
    north: north.reduce((a, b) => Math.max(a, b)),
  };
}

/** The largest part of each country of a base map. */
export function boxesOf(basemap: Basemap): CountryBounds {
  const boxes = new Map<string, Bounds>();
  for (const { properties, geometry } of basemap.areas.features) {
    const box = properties.code === undefined ? null : largestPart(geometry);
    if (properties.code !== undefined && box) boxes.set(properties.code, box);
  }
  return boxes;
}
