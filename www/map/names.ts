// Which countries are named, and where: at the country's own point while that is in view, else in the middle of what is
// seen of the country, so that a close view still says where it is. Pure.
import type { Feature, FeatureCollection, Geometry, Point } from "geojson";
import type { CountryAreaProperties } from "./basemap.ts";
import { clip, reachOf, type Box, type XY } from "./clip.ts";
import type { CountryPoints } from "./features.ts";
import { latitudeOf, mercatorX, mercatorY, wrapped, WORLD_PX } from "./geodesy.ts";

/** What is seen: degrees; longitudes may run past ±180. */
export interface Sight {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly zoom: number;
}

export interface NameProperties {
  name: string;
  /** The lower, the more important. */
  rank: number;
}

/** A visible part at least this wide (as a square, in pixels) gets a name of its own. */
const LEAST_PART_PX = 60;
/** Names keep this far from the edge of the view. */
const EDGE_PX = 28;

/** The names for one view, as points. `marked` countries carry their name at their mark. */
export function nameFeatures(
  areas: FeatureCollection<Geometry, CountryAreaProperties>,
  points: CountryPoints,
  nameOf: (code: string) => string,
  sight: Sight,
  marked: ReadonlySet<string>,
): FeatureCollection<Point, NameProperties> {
  const scale = WORLD_PX * 2 ** sight.zoom;
  const view = boxOf(sight, EDGE_PX / scale);
  const features: Feature<Point, NameProperties>[] = [];
  const seen = new Set<string>();
  const add = (code: string, at: XY, rank: number): void => {
    seen.add(code);
    const lon = wrapped(at[0] * 360 - 180);
    features.push({
      type: "Feature",
      geometry: { type: "Point", coordinates: [lon, latitudeOf(at[1])] },
      properties: { name: nameOf(code), rank },
    });
  };
  for (const [code, [lon, lat, zoom]] of Object.entries(points)) {
    const y = mercatorY(lat);
    const x = [-1, 0, 1].map((turn) => mercatorX(lon) + turn).find((at) => inBox([at, y], view));
    if (x === undefined || marked.has(code)) continue;
    seen.add(code);
    if (sight.zoom >= zoom) add(code, [x, y], zoom);
  }
  for (const { properties, geometry } of areas.features) {
    const { code } = properties;
    if (code === undefined || seen.has(code) || marked.has(code)) continue;
    const part = largestVisible(geometry, view);
    if (!part || Math.sqrt(part.area) * scale < LEAST_PART_PX) continue;
    add(code, roomiest(part.ring), 10 - Math.sqrt(part.area) * scale * 1e-3);
  }
  return { type: "FeatureCollection", features };
}

function boxOf({ west, south, east, north }: Sight, edge: number): Box {
  const [left, right] = [mercatorX(west) + edge, mercatorX(east) - edge];
  const [top, bottom] = [mercatorY(north) + edge, mercatorY(south) - edge];
  return { left, right: Math.max(left, right), top, bottom: Math.max(top, bottom) };
}

const inBox = ([x, y]: XY, { left, top, right, bottom }: Box): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;

interface Part {
  readonly ring: readonly XY[];
  readonly area: number;
}

function largestVisible(geometry: Geometry, view: Box): Part | null {
  const polygons =
    geometry.type === "Polygon"
      ? [geometry.coordinates]
      : geometry.type === "MultiPolygon"
        ? geometry.coordinates
        : [];
  let best: Part | null = null;
  for (const [outer] of polygons) {
    if (!outer) continue;
    const reach = reachOf(outer);
    for (const turn of [-1, 0, 1]) {
      const apart =
        reach.right + turn < view.left ||
        reach.left + turn > view.right ||
        reach.bottom < view.top ||
        reach.top > view.bottom;
      if (apart) continue;
      const clipped = clip(outer, turn, view);
      const area = areaOf(clipped);
      if (area > (best?.area ?? 0)) best = { ring: clipped, area };
    }
  }
  return best;
}

function areaOf(ring: readonly XY[]): number {
  let twice = 0;
  let before = ring[ring.length - 1];
  for (const point of ring) {
    if (before) twice += before[0] * point[1] - point[0] * before[1];
    before = point;
  }
  return Math.abs(twice / 2);
}

/** Points per side of the grid on which a name's place is sought. */
const GRID = 12;

/** The point of a grid over the ring that is inside and farthest from its edges. */
function roomiest(ring: readonly XY[]): XY {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b)), xs.reduce((a, b) => Math.max(a, b))];
  const [top, bottom] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  let best: XY = [(left + right) / 2, (top + bottom) / 2];
  let most = -Infinity;
  for (let i = 0; i < GRID; i += 1) {
    for (let j = 0; j < GRID; j += 1) {
      const at: XY = [
        left + ((i + 0.5) / GRID) * (right - left),
        top + ((j + 0.5) / GRID) * (bottom - top),
      ];
      const room = roomAt(ring, at);
      if (room > most) [best, most] = [at, room];
    }
  }
  return best;
}

/** Distance to the nearest edge, negative outside. */
function roomAt(ring: readonly XY[], [x, y]: XY): number {
  let inside = false;
  let nearest = Infinity;
  let before = ring[ring.length - 1];
  for (const point of ring) {
    if (before) {
      const [dx, dy] = [point[0] - before[0], point[1] - before[1]];
      if (before[1] > y !== point[1] > y && x < before[0] + ((y - before[1]) / dy) * dx)
        inside = !inside;
      const length = dx * dx + dy * dy;
      const along = length > 0 ? ((x - before[0]) * dx + (y - before[1]) * dy) / length : 0;
      const share = Math.min(1, Math.max(0, along));
      // A name is wider than high: room to the sides counts for less.
      const away = Math.hypot((x - before[0] - share * dx) * 0.6, y - before[1] - share * dy);
      nearest = Math.min(nearest, away);
    }
    before = point;
  }
  return inside ? nearest : -nearest;
}
