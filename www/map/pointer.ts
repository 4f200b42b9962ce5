// What the pointer meets: finds the place, cluster or country under it and says so; a click selects or zooms in.
import type { GeoJSONSource, Map as LibreMap, MapGeoJSONFeature, MapMouseEvent } from "maplibre-gl";
import { jumpOf, type TrackProperties } from "./features.ts";
import { HIT_LAYERS, type SourceId } from "./layers.ts";
import { describe, pickedOf, REACH_PX, zoomInto, type Target } from "./target.ts";
import type { Country, Hovered, Picked, Place } from "./types.ts";
import type { Wording } from "./wording.ts";

export interface Catalogue {
  place(id: number): Place | undefined;
  country(code: string): Country | undefined;
}

export interface Listeners {
  hover(hovered: Hovered | null): void;
  select(picked: Picked | null): void;
  failed(error: unknown): void;
}

type Found = Target<MapGeoJSONFeature>;

const number = (value: unknown): number => (typeof value === "number" ? value : 0);

function targetOf(feature: MapGeoJSONFeature, catalogue: Catalogue): Found | null {
  const properties = feature.properties;
  if (properties["cluster"] === true) {
    const { point_count, n, sessions } = properties;
    return {
      kind: "cluster",
      group: feature,
      places: number(point_count),
      inSpan: number(n),
      sessions: number(sessions),
    };
  }
  if (feature.source === "marks") {
    const country = catalogue.country(String(properties["code"]));
    return country ? { kind: "country", country } : null;
  }
  if (feature.source === "track") {
    const jump = jumpOf(properties as TrackProperties);
    return jump && { kind: "jump", jump };
  }
  const place = catalogue.place(number(properties["i"]));
  return place ? { kind: "place", place } : null;
}

/** The most specific target: by layer, then the smallest circle. */
function find(
  map: LibreMap,
  x: number,
  y: number,
  reach: number,
  catalogue: Catalogue,
): Found | null {
  const features = map.queryRenderedFeatures(
    [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ],
    // A map that has just come has not all of them yet.
    { layers: HIT_LAYERS.filter((id) => map.getLayer(id)) },
  );
  let best: { target: Found; rank: number; size: number } | null = null;
  for (const feature of features) {
    const rank = (HIT_LAYERS as readonly string[]).indexOf(feature.layer.id);
    const target = targetOf(feature, catalogue);
    if (!target) continue;
    const size = target.kind === "place" ? (target.place.accuracy_m ?? 0) : 0;
    if (!best || rank < best.rank || (rank === best.rank && size < best.size)) {
      best = { target, rank, size };
    }
  }
  return best?.target ?? null;
}

async function part(map: LibreMap, feature: MapGeoJSONFeature): Promise<void> {
  const source = map.getSource<GeoJSONSource>("places" satisfies SourceId);
  const { geometry, properties } = feature;
  if (!source || geometry.type !== "Point") return;
  const zoom = await source.getClusterExpansionZoom(number(properties["cluster_id"]));
  const [lon = 0, lat = 0] = geometry.coordinates;
  map.easeTo({
    center: [lon, lat],
    zoom: zoomInto(zoom, map.getZoom(), map.getMaxZoom()),
  });
}

/** Starts listening; the map's own removal ends it. */
export function listen(
  map: LibreMap,
  catalogue: Catalogue,
  words: Wording,
  listeners: Listeners,
): void {
  let frame = 0;
  let shown = false;
  const show = (hovered: Hovered | null): void => {
    if (!hovered && !shown) return;
    shown = hovered !== null;
    map.getCanvas().style.cursor = hovered ? "pointer" : "";
    listeners.hover(hovered);
  };
  const leave = (): void => {
    cancelAnimationFrame(frame);
    show(null);
  };

  map.on("mousemove", ({ point }: MapMouseEvent) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      // The graphics context, and with it the style, may be gone for the moment.
      if (!map.style || map.isMoving()) return;
      const target = find(map, point.x, point.y, REACH_PX.mouse, catalogue);
      show(target ? describe(target, point.x, point.y, words) : null);
    });
  });
  map.on("mouseout", leave);
  map.on("movestart", leave);
  map.on("remove", leave);

  map.on("click", ({ point, originalEvent }: MapMouseEvent) => {
    if (!map.style) return;
    const touch = "pointerType" in originalEvent && originalEvent.pointerType === "touch";
    const reach = touch ? REACH_PX.touch : REACH_PX.mouse;
    const target = find(map, point.x, point.y, reach, catalogue);
    if (target?.kind === "cluster") {
      part(map, target.group).catch((error: unknown) => listeners.failed(error));
      return;
    }
    if (touch) show(target ? describe(target, point.x, point.y, words) : null);
    if (target?.kind !== "jump") listeners.select(pickedOf(target));
  });
}
