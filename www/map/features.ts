// The engine's map data as GeoJSON for the map library. Pure: no DOM, no map library, no clock.
import type {
  Feature,
  FeatureCollection,
  Geometry,
  LineString,
  Point,
  Polygon,
  Position as GeoPosition,
} from "geojson";
import { geodesicCircle, isPosition, nearest, pixelsAtZoom0 } from "./geodesy.ts";
import type { Country, Place, Selection, TrackPoint } from "./types.ts";

/** Circles at least this wide on the screen are polygons: those stay when their centre leaves the view. */
export const LARGE_CIRCLE_PX = 64;
/** Beyond this zoom places are never gathered. */
export const CLUSTER_MAX_ZOOM = 14;
export const CLUSTER_RADIUS_PX = 40;
/** So many places together are drawn as one. */
export const CLUSTER_LEAST = 3;
/** More marks than this would hide the map they are to point out. */
const MOST_CHOSEN = 30;
/** Room for a country mark's label, in pixels. */
const LABEL_PX = 120;
/** Clusters know this many colours; the rest count as "other". */
export const CLUSTER_COLOURS = 8;

/** Short names: there may be 100,000 of these. */
export interface PlaceProperties {
  /** The place's id. */
  i: number;
  /** Colour index. */
  c: number;
  /** Slot among the clusters' colours, -1 for "other". */
  k: number;
  /** 1 where in the selected span. */
  s: number;
  /** Radius in pixels at zoom 0; -1 where unknown. */
  r: number;
  /** Sessions. */
  m: number;
  /** How much what stands out in its SIMs matters: 1 to 3, 0 where nothing does. */
  f: number;
}

/** The least first. */
export const severities = ["notice", "warning", "critical"] as const;

const collection = <G extends Geometry, P>(features: Feature<G, P>[]): FeatureCollection<G, P> => ({
  type: "FeatureCollection",
  features,
});

export const EMPTY: FeatureCollection = collection([]);

/** The colours that most places have, first the most frequent: those a cluster can tell apart. */
export function clusterColours(places: readonly Place[]): number[] {
  const counts = new Map<number, number>();
  for (const place of places) {
    // A colour that is only outside of the span still needs a slot, after those inside.
    counts.set(place.colour, (counts.get(place.colour) ?? 0) + (place.in_span ? 1 : 1e-6));
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, CLUSTER_COLOURS)
    .map(([colour]) => colour);
}

/** The places as points. What has no position on the globe is left out. */
export function placeFeatures(
  places: readonly Place[],
  colours: readonly number[],
): FeatureCollection<Point, PlaceProperties> {
  const slots = new Map(colours.map((colour, slot) => [colour, slot]));
  const features: Feature<Point, PlaceProperties>[] = [];
  for (const place of places) {
    if (!isPosition(place.lat, place.lon)) continue;
    features.push({
      type: "Feature",
      // What is added to a source must have one.
      id: place.id,
      geometry: { type: "Point", coordinates: [place.lon, place.lat] },
      properties: {
        i: place.id,
        c: place.colour,
        k: slots.get(place.colour) ?? -1,
        s: place.in_span ? 1 : 0,
        r: radiusAtZoom0(place),
        m: place.sessions,
        f: place.finding ? severities.indexOf(place.finding) + 1 : 0,
      },
    });
  }
  return collection(features);
}

/** Radius of a place's circle in pixels at zoom 0; -1 where nobody gave one. */
export function radiusAtZoom0(place: Place): number {
  if (place.accuracy_m === null || !(place.accuracy_m > 0)) return -1;
  return pixelsAtZoom0(place.accuracy_m, place.lat);
}

export interface AreaProperties {
  i: number;
  c: number;
  s: number;
}

/** The circles of places whose radius is known, in metres on the ground. */
export function areaFeatures(places: readonly Place[]): FeatureCollection<Polygon, AreaProperties> {
  const features: Feature<Polygon, AreaProperties>[] = [];
  for (const place of places) {
    if (!isPosition(place.lat, place.lon) || place.accuracy_m === null || !(place.accuracy_m > 0)) {
      continue;
    }
    features.push({
      type: "Feature",
      geometry: {
        type: "Polygon",
        coordinates: [geodesicCircle(place.lon, place.lat, place.accuracy_m)],
      },
      properties: { i: place.id, c: place.colour, s: place.in_span ? 1 : 0 },
    });
  }
  return collection(features);
}

/** Places of the selection: those of its session, else those of its SIM. */
export function chosenPlaces(places: readonly Place[], selection: Selection | null): Place[] {
  if (selection?.session !== undefined) {
    const ofSession = places.filter((place) => place.session === selection.session);
    if (ofSession.length > 0) return ofSession;
  }
  if (selection?.sim === undefined) return [];
  return places.filter((place) => place.sim === selection.sim);
}

/** The places of the selection that are pointed out: the newest. */
export function newestChosen(places: readonly Place[], selection: Selection | null): Place[] {
  return chosenPlaces(places, selection)
    .sort((a, b) => (b.at_ms ?? 0) - (a.at_ms ?? 0))
    .slice(0, MOST_CHOSEN);
}

/** A stretch of a track, one of which nothing is known, or one that nothing could have gone in the time. */
export type StretchKind = "leg" | "gap" | "jump";

export interface TrackProperties {
  /** A stretch; `stop`: a point; `last`: the newest point. */
  part: StretchKind | "stop" | "last";
  /** Of a jump: its length in metres and its time in milliseconds. */
  m?: number;
  ms?: number;
}

/** What is to be known of a jump on a track. */
export interface Jump {
  readonly metres: number;
  readonly ms: number;
}

/** The jump that a stretch is; null where it is none. */
export function jumpOf({ part, m, ms }: TrackProperties): Jump | null {
  return part === "jump" && m !== undefined && ms !== undefined ? { metres: m, ms } : null;
}

function stretchProperties(point: TrackPoint, before: TrackPoint): TrackProperties {
  if (point.jump_m === null) return { part: point.gap ? "gap" : "leg" };
  return { part: "jump", m: point.jump_m, ms: point.at_ms - before.at_ms };
}

/**
 * The track as stretches in time order and its points. It takes the short way over the 180° meridian, so longitudes
 * may run past ±180°. Stretches of no length are left out.
 */
export function trackFeatures(
  track: readonly TrackPoint[] | null,
): FeatureCollection<LineString | Point, TrackProperties> {
  const stretches: Feature<LineString, TrackProperties>[] = [];
  const stops = new Map<string, Feature<Point, TrackProperties>>();
  let before: GeoPosition | null = null;
  let former: TrackPoint | null = null;
  for (const point of track ?? []) {
    if (!isPosition(point.lat, point.lon)) continue;
    const lon: number = before ? nearest(point.lon, before[0] ?? 0) : point.lon;
    const at: GeoPosition = [lon, point.lat];
    if (before && former && (before[0] !== lon || before[1] !== point.lat)) {
      stretches.push({
        type: "Feature",
        geometry: { type: "LineString", coordinates: [before, at] },
        properties: stretchProperties(point, former),
      });
    }
    stops.set(`${point.lon},${point.lat}`, {
      type: "Feature",
      geometry: { type: "Point", coordinates: [point.lon, point.lat] },
      properties: { part: "stop" },
    });
    before = at;
    former = point;
  }
  if (before) {
    stops.set("last", {
      type: "Feature",
      geometry: { type: "Point", coordinates: before },
      properties: { part: "last" },
    });
  }
  return collection<LineString | Point, TrackProperties>([...stretches, ...stops.values()]);
}

/** alpha-2 -> [longitude, latitude, zoom from which the name is drawn]. */
export type CountryPoints = Readonly<Record<string, readonly [number, number, number]>>;

/** Which side of a mark its label may go to. */
export type LabelSide = "left" | "right" | "any";

/** The label of a mark near an edge of the view goes to the side that is in it. */
export function labelSide(x: number, width: number): LabelSide {
  if (x < LABEL_PX) return "right";
  return x > width - LABEL_PX ? "left" : "any";
}

export interface CountryProperties {
  code: string;
  c: number;
  /** Name and number of SIMs. */
  label: string;
  side: LabelSide;
}

/** A mark for each country of which no more is known; a code without a point (no ISO 3166 code) has none. */
export function countryFeatures(
  countries: readonly Country[],
  points: CountryPoints,
  labelOf: (country: Country) => string,
  sideOf: (lon: number, lat: number) => LabelSide,
): FeatureCollection<Point, CountryProperties> {
  const features: Feature<Point, CountryProperties>[] = [];
  for (const country of countries) {
    const { code, colour } = country;
    const point = points[code];
    if (!point) continue;
    features.push({
      type: "Feature",
      geometry: { type: "Point", coordinates: [point[0], point[1]] },
      properties: {
        code,
        c: colour,
        label: labelOf(country),
        side: sideOf(point[0], point[1]),
      },
    });
  }
  return collection(features);
}

/** The outline of an area as lines, without the edges along the cut at ±180° and without Antarctica's lower edge. */
export function outline(geometry: Geometry): GeoPosition[][] {
  const polygons =
    geometry.type === "Polygon"
      ? [geometry.coordinates]
      : geometry.type === "MultiPolygon"
        ? geometry.coordinates
        : [];
  const onCut = (point: GeoPosition): boolean =>
    Math.abs(point[0] ?? 0) > 179.97 || (point[1] ?? 0) < -89.9;
  const lines: GeoPosition[][] = [];
  for (const ring of polygons.flat()) {
    let line: GeoPosition[] = [];
    for (const point of ring) {
      const last = line[line.length - 1];
      if (last && onCut(last) && onCut(point)) {
        if (line.length > 1) lines.push(line);
        line = [];
      }
      line.push(point);
    }
    if (line.length > 1) lines.push(line);
  }
  return lines;
}
