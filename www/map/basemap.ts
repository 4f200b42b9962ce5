// The base map: countries, borders, coast and country points, fetched from beside the module and decoded.
import type { Feature, FeatureCollection, GeoJsonProperties, Geometry } from "geojson";
import { feature } from "topojson-client";
import type { GeometryObject, Topology } from "topojson-specification";
import { MapUnavailable, type MapAssets } from "./types.ts";
import type { CountryPoints } from "./features.ts";
import { nextTask } from "./turns.ts";

export type Detail = "110m" | "50m";

/** From this zoom the finer coast is worth its bytes. */
export const FINE_ZOOM = 2.5;
/** How long the map rests before it fetches the finer coast: it is large, and nothing waits for it. */
export const FINE_AFTER_MS = 1500;

export interface CountryAreaProperties {
  /** alpha-2; absent where ISO 3166 has none for the area. */
  code?: string;
}

/** As the topology's own type has it; topojson-client's asks for properties that are never null. */
type Shape = GeometryObject<GeoJsonProperties>;

export interface Basemap {
  readonly areas: FeatureCollection<Geometry, CountryAreaProperties>;
  /** Coast, and borders between countries. */
  readonly lines: FeatureCollection<Geometry, { kind: "coast" | "border" }>;
}

async function fetchJson(assets: MapAssets, name: string, signal: AbortSignal): Promise<unknown> {
  let reply: Response;
  try {
    reply = await assets.read(name, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    throw new MapUnavailable(
      `The base map could not be fetched (${name}). Check the connection, or whether the page's policy allows it.`,
    );
  }
  if (!reply.ok) {
    throw new MapUnavailable(
      `The base map could not be fetched (${name}: ${reply.status}). Copy the basemap folder beside the module.`,
    );
  }
  return reply.json();
}

export async function fetchPoints(assets: MapAssets, signal: AbortSignal): Promise<CountryPoints> {
  return (await fetchJson(assets, "basemap/points.json", signal)) as CountryPoints;
}

export async function fetchBasemap(
  assets: MapAssets,
  detail: Detail,
  signal: AbortSignal,
): Promise<Basemap> {
  const name = `basemap/countries-${detail}.json`;
  const topology = (await fetchJson(assets, name, signal)) as Topology;
  // The fine one is large: each step in a task of its own.
  await nextTask();
  const areas = decodeAreas(topology);
  await nextTask();
  return { areas, lines: decodeLines(topology) };
}

/** TopoJSON as made by tools/basemap to GeoJSON. */
export function decode(topology: Topology): Basemap {
  return { areas: decodeAreas(topology), lines: decodeLines(topology) };
}

function decodeAreas(topology: Topology): Basemap["areas"] {
  const areas = features(topology, shape(topology, "countries")).map(({ id, geometry }) => ({
    type: "Feature" as const,
    properties: id === undefined ? {} : { code: String(id) },
    geometry,
  }));
  return { type: "FeatureCollection", features: areas };
}

function decodeLines(topology: Topology): Basemap["lines"] {
  const line = (name: string, kind: "coast" | "border") =>
    features(topology, shape(topology, name)).map(({ geometry }) => ({
      type: "Feature" as const,
      properties: { kind },
      geometry,
    }));
  return {
    type: "FeatureCollection",
    features: [...line("coast", "coast"), ...line("borders", "border")],
  };
}

function shape(topology: Topology, name: string): Shape {
  const found = topology.objects[name];
  if (!found) {
    throw new MapUnavailable(
      "The base map file is not one of simscope's. Copy the basemap folder again.",
    );
  }
  return found;
}

function features(topology: Topology, object: Shape): Feature[] {
  const decoded: Feature | FeatureCollection = feature(topology, object as GeometryObject);
  return decoded.type === "FeatureCollection" ? decoded.features : [decoded];
}
