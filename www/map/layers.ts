// The map library's sources and layers as a function of the theme and of what is marked. Pure.
import type { GeoJSONSourceSpecification, LayerSpecification } from "maplibre-gl";
import {
  CLUSTER_COLOURS,
  CLUSTER_LEAST,
  CLUSTER_MAX_ZOOM,
  CLUSTER_RADIUS_PX,
  EMPTY,
} from "./features.ts";
import { groundLayers, markLayers } from "./ground-layers.ts";
import { areaLayers, chosenLayers, placeLayers, trackLayers } from "./place-layers.ts";
import type { Tokens } from "./types.ts";

export type SourceId =
  | "land"
  | "lines"
  | "names"
  | "outlines"
  | "marks"
  | "areas"
  | "track"
  | "places"
  | "chosen-areas"
  | "chosen";

/** What the layers depend on beside the theme. */
export interface Shown {
  /** Colour index of each cluster slot. */
  readonly clusterColours: readonly number[];
  /** Marked countries and their colour index. */
  readonly marked: ReadonlyMap<string, number>;
  readonly locale: string;
  /** An own base map lies under everything: sea, land, lines and names of the built-in one are not drawn. */
  readonly overOwn: boolean;
}

/** Layers that answer to the pointer, the most specific first. */
export const HIT_LAYERS = [
  "chosen-dot",
  "cluster",
  "place-dot",
  "place-unknown",
  "mark",
  "mark-name",
  "place-circle",
  "area",
  "track-jump",
] as const;

export function sources(): Record<SourceId, GeoJSONSourceSpecification> {
  const plain = (
    options: Partial<GeoJSONSourceSpecification> = {},
  ): GeoJSONSourceSpecification => ({
    type: "geojson",
    data: EMPTY,
    ...options,
  });
  const clusterProperties: Record<string, unknown> = {
    n: ["+", ["get", "s"]],
    sessions: ["+", ["get", "m"]],
  };
  for (let slot = 0; slot < CLUSTER_COLOURS; slot += 1) {
    clusterProperties[`k${slot}`] = ["+", ["case", ["==", ["get", "k"], slot], ["get", "s"], 0]];
  }
  return {
    land: plain({ maxzoom: 8 }),
    lines: plain({ maxzoom: 8, tolerance: 0.2 }),
    names: plain({ maxzoom: 8 }),
    outlines: plain({ maxzoom: 8, tolerance: 0.2 }),
    marks: plain(),
    areas: plain({ tolerance: 0.1 }),
    track: plain(),
    places: plain({
      cluster: true,
      clusterRadius: CLUSTER_RADIUS_PX,
      clusterMaxZoom: CLUSTER_MAX_ZOOM,
      clusterMinPoints: CLUSTER_LEAST,
      clusterProperties,
    }),
    "chosen-areas": plain({ tolerance: 0.1 }),
    chosen: plain(),
  };
}

/** All layers, the lowest first. */
export function layers(theme: Tokens, shown: Shown): LayerSpecification[] {
  return [
    ...groundLayers(theme, shown.marked, shown.overOwn),
    ...areaLayers(theme),
    ...trackLayers(theme),
    ...markLayers(theme, shown.overOwn),
    ...placeLayers(theme, shown.clusterColours, shown.locale),
    ...chosenLayers(theme),
  ];
}
