// What the pointer meets: finds the place, cluster or country under it and says so; a click selects or zooms in.
import type { GeoJSONSource, Map as LibreMap, MapGeoJSONFeature, MapMouseEvent } from "maplibre-gl";
import { HIT_LAYERS, type SourceId } from "./layers.ts";
import type { Country, Hovered, Picked, Place } from "./types.ts";
import type { Wording } from "./wording.ts";

/** Pixels around the pointer (or finger) in which a mark still counts as met. */
const REACH_PX = { mouse: 3, touch: 10 };

export interface Catalogue {
  place(id: number): Place | undefined;
  country(code: string): Country | undefined;
}

export interface Listeners {
  hover(hovered: Hovered | null): void;
  select(picked: Picked | null): void;
  failed(error: unknown): void;
}

type Target =
  | { kind: "place"; place: Place }
  | { kind: "country"; country: Country }
  | { kind: "cluster"; feature: MapGeoJSONFeature };

const number = (value: unknown): number => (typeof value === "number" ? value : 0);

function targetOf(feature: MapGeoJSONFeature, catalogue: Catalogue): Target | null {
  const properties = feature.properties;
  if (properties["cluster"] === true) return { kind: "cluster", feature };
  if (feature.source === "marks") {
    const country = catalogue.country(String(properties["code"]));
    return country ? { kind: "country", country } : null;
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
): Target | null {
  const features = map.queryRenderedFeatures(
    [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ],
    // A map that has just come has not all of them yet.
    { layers: HIT_LAYERS.filter((id) => map.getLayer(id)) },
  );
  let best: { target: Target; rank: number; size: number } | null = null;
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

function describe(target: Target, x: number, y: number, words: Wording): Hovered {
  switch (target.kind) {
    case "place": {
      const { place } = target;
      return {
        x,
        y,
        sim: place.sim,
        session: place.session,
        title: place.title,
        lines: words.place(place),
      };
    }
    case "country": {
      const { country } = target;
      return {
        x,
        y,
        country: country.code,
        title: country.title || words.country(country.code),
        lines: words.mark(country),
      };
    }
    case "cluster": {
      const { point_count, n, sessions } = target.feature.properties;
      return { x, y, ...words.cluster(number(point_count), number(n), number(sessions)) };
    }
  }
}

async function zoomInto(map: LibreMap, feature: MapGeoJSONFeature): Promise<void> {
  const source = map.getSource<GeoJSONSource>("places" satisfies SourceId);
  const { geometry, properties } = feature;
  if (!source || geometry.type !== "Point") return;
  const zoom = await source.getClusterExpansionZoom(number(properties["cluster_id"]));
  const [lon = 0, lat = 0] = geometry.coordinates;
  // A cluster may part in two only just: a step that is felt, at least.
  const wanted = Math.max(zoom + 0.3, map.getZoom() + 1.5);
  map.easeTo({ center: [lon, lat], zoom: Math.min(map.getMaxZoom(), wanted) });
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
      zoomInto(map, target.feature).catch((error: unknown) => listeners.failed(error));
      return;
    }
    if (touch) show(target ? describe(target, point.x, point.y, words) : null);
    if (target?.kind === "country") listeners.select({ country: target.country.code });
    else if (target) listeners.select({ sim: target.place.sim, session: target.place.session });
    else listeners.select(null);
  });
}
