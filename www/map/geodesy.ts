// The Earth's shape as far as the map needs it: circles in metres, Web Mercator, and views that may cross the 180° meridian.

/** Mean radius of the Earth in metres (IUGG). */
const EARTH_RADIUS_M = 6_371_008.8;
/** Circumference of the sphere of Web Mercator in metres. */
const MERCATOR_CIRCUMFERENCE_M = 40_075_016.686;
/** Edge of the world at zoom 0 in CSS pixels. */
export const WORLD_PX = 512;
/** Web Mercator ends here. */
export const MAX_LATITUDE = 85.051129;

const RADIANS = Math.PI / 180;

export type Position = [lon: number, lat: number];

/** Finite, on the globe, and not the 0,0 that stands for "no position" in several vendors' records. */
export function isPosition(lat: number, lon: number): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0);
}

/** Mercator x of a longitude: 0 at -180°, 1 at 180°; not clamped, so unwrapped longitudes stay apart. */
export const mercatorX = (lon: number): number => (lon + 180) / 360;

/** Mercator y of a latitude: 0 at the northern edge, 1 at the southern. */
export function mercatorY(lat: number): number {
  const clamped = Math.min(MAX_LATITUDE, Math.max(-MAX_LATITUDE, lat));
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (clamped * RADIANS) / 2)) / (2 * Math.PI);
}

/** Latitude of a Mercator y. */
export const latitudeOf = (y: number): number =>
  (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) / RADIANS;

/** Pixels at zoom 0 that a length on the ground has at this latitude; doubles with each zoom. */
export function pixelsAtZoom0(metres: number, lat: number): number {
  const scale = Math.cos(Math.min(MAX_LATITUDE, Math.abs(lat)) * RADIANS);
  return (metres / MERCATOR_CIRCUMFERENCE_M / scale) * WORLD_PX;
}

/**
 * A closed ring of points at one distance from a centre, on the sphere. Longitudes run on past ±180° where the circle
 * crosses the meridian, so that no edge jumps; a circle that holds a pole is closed over it.
 */
export function geodesicCircle(
  lon: number,
  lat: number,
  radius_m: number,
  points = 144,
): Position[] {
  const distance = Math.min(radius_m / EARTH_RADIUS_M, Math.PI * 0.999);
  const sinLat = Math.sin(lat * RADIANS);
  const cosLat = Math.cos(lat * RADIANS);
  const ring: Position[] = [];
  let before = lon;
  for (let i = 0; i < points; i += 1) {
    // Counter-clockwise, as GeoJSON wants outer rings.
    const bearing = (-i / points) * 2 * Math.PI;
    const sin = sinLat * Math.cos(distance) + cosLat * Math.sin(distance) * Math.cos(bearing);
    const east = Math.sin(bearing) * Math.sin(distance) * cosLat;
    const north = Math.cos(distance) - sinLat * sin;
    const at = nearest(lon + Math.atan2(east, north) / RADIANS, before);
    ring.push([at, Math.asin(Math.min(1, Math.max(-1, sin))) / RADIANS]);
    before = at;
  }
  const first = ring[0] ?? [lon, lat];
  const end = nearest(first[0], before);
  if (Math.abs(end - first[0]) > 180) {
    const pole = lat < 0 ? -90 : 90;
    ring.push([end, first[1]], [end, pole], [first[0], pole]);
  }
  ring.push([first[0], first[1]]);
  return ring;
}

/** The copy of a longitude (±360°) that lies nearest to another. */
export function nearest(lon: number, to: number): number {
  return lon - Math.round((lon - to) / 360) * 360;
}

/** A longitude from -180° up to 180°. */
export const wrapped = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180;

/** Stretch of longitudes, west <= east; east may exceed 180. */
export type Span = readonly [west: number, east: number];

/** The narrowest stretch that holds all given ones: the complement of the widest gap round the Earth. Null where there are none. */
export function narrowestSpan(spans: readonly Span[]): Span | null {
  const sorted = [...spans].sort((a, b) => a[0] - b[0]);
  const first = sorted[0];
  if (!first) return null;
  let reach = first[1];
  let widest = 0;
  let west = first[0];
  let east: number | null = null;
  for (const [start, end] of sorted) {
    if (start - reach > widest) {
      widest = start - reach;
      west = start;
      east = reach + 360;
    }
    reach = Math.max(reach, end);
  }
  const closing = first[0] + 360 - reach;
  return east === null || closing >= widest
    ? [first[0], Math.min(reach, first[0] + 360)]
    : [west, east];
}

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** The bounds of a ring or line that does not cross the 180° meridian. */
export function boundsOf(ring: readonly (readonly number[])[]): Bounds {
  const box = { west: 180, south: 90, east: -180, north: -90 };
  for (const [lon = 0, lat = 0] of ring) {
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}

export interface Room {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly padding: number;
}

export interface Camera {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}

/** Centre and zoom that bring bounds into a room; `maxZoom` keeps a single place from filling it. */
export function cameraFor(bounds: Bounds, room: Room, maxZoom: number): Camera {
  const width = Math.max(1, room.width - 2 * room.padding);
  const height = Math.max(1, room.height - 2 * room.padding);
  const top = mercatorY(bounds.north);
  const bottom = mercatorY(bounds.south);
  const across = mercatorX(bounds.east) - mercatorX(bounds.west);
  const zoom = Math.min(
    maxZoom,
    Math.log2(width / (WORLD_PX * Math.max(across, 1e-9))),
    Math.log2(height / (WORLD_PX * Math.max(bottom - top, 1e-9))),
  );
  return { lon: (bounds.west + bounds.east) / 2, lat: latitudeOf((top + bottom) / 2), zoom };
}
