// What the map shows as GeoJSON for others (RFC 7946). Pure: no DOM, no map library.
import type {
  Feature,
  FeatureCollection,
  Geometry,
  LineString,
  MultiLineString,
  MultiPolygon,
  Point,
  Polygon,
  Position,
} from "geojson";
import { geodesicCircle, isPosition, nearest } from "./geodesy.ts";
import type { Country, MapData, Place, TrackPoint } from "./types.ts";

/** Points of a circle: its edge is then nowhere more than a thousandth of the radius inside. */
const CIRCLE_POINTS = 72;
/** Digits behind the point that are kept: about a centimetre. */
const DIGITS = 7;

type Properties = Record<string, string | number | boolean | null | readonly string[]>;
type Out = Feature<Geometry | null, Properties>;

/**
 * A `place` is a tower's estimate at an instant, never a device; its `accuracy` is the circle in which it is believed to
 * be, as a polygon of its own with the same `place`. A `country` of which no more is known has no geometry. The `track`
 * is the chosen SIM's, in time order, with an instant for each of its points; `jumps_at` lists those to which nothing could have
 * come in the time. What crosses the 180° meridian is cut there.
 */
export function toGeoJson(data: MapData): FeatureCollection<Geometry | null, Properties> {
  const track = data.track ? trackFeature(data.track) : null;
  return {
    type: "FeatureCollection",
    features: [
      ...data.places.flatMap(placeFeatures),
      ...data.countries.map(countryFeature),
      ...(track ? [track] : []),
    ],
  };
}

const instant = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();

function placeFeatures(place: Place): Out[] {
  const { lat, lon, accuracy_m } = place;
  if (!isPosition(lat, lon)) return [];
  const about = {
    place: place.id,
    place_kind: place.kind,
    accuracy_m,
    place_at: instant(place.at_ms),
    in_span: place.in_span,
    operator: place.title,
    cell: place.detail,
    sims: place.sims,
    sessions: place.sessions,
  };
  const point: Point = { type: "Point", coordinates: rounded([lon, lat]) };
  const out: Out[] = [feature(point, { role: "place", ...about })];
  if (accuracy_m !== null && accuracy_m > 0) {
    out.push(feature(circle(lon, lat, accuracy_m), { role: "accuracy", ...about }));
  }
  return out;
}

function countryFeature({ code, sims, sessions, title }: Country): Out {
  return feature(null, { role: "country", country: code, operator: title, sims, sessions });
}

function feature<G extends Geometry | null>(geometry: G, properties: Properties): Out {
  return { type: "Feature", geometry, properties };
}

function rounded([lon = 0, lat = 0]: Position): Position {
  return [Number(lon.toFixed(DIGITS)), Number(lat.toFixed(DIGITS))];
}

/** The circle about a point, outer rings counter-clockwise. */
function circle(lon: number, lat: number, radius_m: number): Polygon | MultiPolygon {
  const ring = geodesicCircle(lon, lat, radius_m, CIRCLE_POINTS);
  const parts = worlds(ring).flatMap((world) => {
    const [west, east] = [-180 + 360 * world, 180 + 360 * world];
    const within = cut(cut(ring, west, 1), east, -1);
    const moved = within.map(([x = 0, y = 0]) => rounded([x - 360 * world, y]));
    return moved.length > 3 ? [[counterClockwise(moved)]] : [];
  });
  const [only, another] = parts;
  return only && !another
    ? { type: "Polygon", coordinates: only }
    : { type: "MultiPolygon", coordinates: parts };
}

/** The copies of the world that a line lies in; it never jumps. */
function worlds(line: readonly Position[]): number[] {
  const of = (lon: number): number => Math.floor((lon + 180) / 360);
  const lons = line.map(([lon = 0]) => lon);
  const first = of(Math.min(...lons));
  return Array.from({ length: of(Math.max(...lons)) - first + 1 }, (_, at) => first + at);
}

/** The part of a closed ring on one side of a meridian: `side` 1 is east of it, -1 west. */
function cut(ring: readonly Position[], meridian: number, side: 1 | -1): Position[] {
  const out: Position[] = [];
  const depth = ([lon = 0]: Position): number => side * (lon - meridian);
  ring.slice(1).forEach((to, at) => {
    const from = ring[at] ?? to;
    const [before, after] = [depth(from), depth(to)];
    if (before >= 0) out.push(from);
    if ((before > 0 && after < 0) || (before < 0 && after > 0)) {
      const share = before / (before - after);
      const lat = (from[1] ?? 0) + ((to[1] ?? 0) - (from[1] ?? 0)) * share;
      out.push([meridian, lat]);
    }
  });
  const first = out[0];
  if (first) out.push(first);
  return out;
}

function counterClockwise(ring: Position[]): Position[] {
  let area = 0;
  ring.slice(1).forEach(([x = 0, y = 0], at) => {
    const [beforeX = 0, beforeY = 0] = ring[at] ?? [];
    area += beforeX * y - x * beforeY;
  });
  return area < 0 ? ring.reverse() : ring;
}

/** The track in time order, on the short way over the 180° meridian. Null where it has no two points. */
function trackFeature(track: readonly TrackPoint[]): Out | null {
  const lines: Position[][] = [];
  const instants: string[][] = [];
  const jumps: string[] = [];
  let before: Position | null = null;
  for (const { lat, lon, at_ms, jump_m } of track) {
    if (!isPosition(lat, lon)) continue;
    const at: Position = [lon, lat];
    const time = new Date(at_ms).toISOString();
    if (jump_m !== null) jumps.push(time);
    const crossing: Position | null = before && crossed(before, at);
    if (before && crossing) {
      lines.at(-1)?.push(rounded(crossing));
      instants.at(-1)?.push(time);
      lines.push([rounded([-(crossing[0] ?? 0), crossing[1] ?? 0])]);
      instants.push([time]);
    } else if (!before) {
      lines.push([]);
      instants.push([]);
    }
    lines.at(-1)?.push(rounded(at));
    instants.at(-1)?.push(time);
    before = at;
  }
  const kept = lines.filter((line) => line.length > 1);
  const properties = {
    role: "track",
    place_at: instants.filter((times) => times.length > 1).flat(),
    jumps_at: jumps,
  };
  const [only, another] = kept;
  if (!only) return null;
  const geometry: LineString | MultiLineString = another
    ? { type: "MultiLineString", coordinates: kept }
    : { type: "LineString", coordinates: only };
  return feature(geometry, properties);
}

/** Where the short way from one point to another meets the 180° meridian, on the side of the first; null where it does not. */
function crossed(from: Position, to: Position): Position | null {
  const [west = 0, south = 0] = from;
  const [lon = 0, north = 0] = to;
  const east = nearest(lon, west);
  const edge = east > 180 ? 180 : east < -180 ? -180 : null;
  if (edge === null || edge === west) return edge === null ? null : [edge, south];
  return [edge, south + ((north - south) * (edge - west)) / (east - west)];
}
