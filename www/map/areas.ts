// Which accuracy circles are drawn as polygons: those so large that they reach into the view while their centre is far
// from it, where the library would no longer draw a circle about the centre.
import type { Map as LibreMap } from "maplibre-gl";
import { CLUSTER_MAX_ZOOM, LARGE_CIRCLE_PX, radiusAtZoom0 } from "./features.ts";
import { isPosition, mercatorX, mercatorY, nearest, WORLD_PX } from "./geodesy.ts";
import type { SourceId } from "./layers.ts";
import type { Place } from "./types.ts";

/** Beyond this many, circles of this size are one colour anyway. */
const MOST_AREAS = 400;

export class AreaPicker {
  readonly #map: LibreMap;
  readonly #draw: (places: Place[]) => void;
  #drawn: readonly Place[] = [];

  constructor(map: LibreMap, draw: (places: Place[]) => void) {
    this.#map = map;
    this.#draw = draw;
  }

  /** Redraws where the set has changed. To be called when the map has come to rest. */
  update(places: readonly Place[], byId: (id: number) => Place | undefined): void {
    const zoom = Math.floor(this.#map.getZoom());
    const least = LARGE_CIRCLE_PX / 2 ** zoom;
    const wanted = new Set<Place>();
    for (const place of this.#single(least, byId)) wanted.add(place);
    // Where nothing is gathered into clusters, places far outside of the view count too.
    if (zoom > CLUSTER_MAX_ZOOM)
      for (const place of this.#reaching(places, least)) wanted.add(place);
    const picked = [...wanted].slice(0, MOST_AREAS);
    if (
      picked.length === this.#drawn.length &&
      picked.every((place, i) => place === this.#drawn[i])
    ) {
      return;
    }
    this.#drawn = picked;
    this.#draw(picked);
  }

  /** Places in or near the view that no cluster holds, with a large circle. */
  #single(least: number, byId: (id: number) => Place | undefined): Place[] {
    const found = this.#map.querySourceFeatures("places" satisfies SourceId, {
      filter: ["all", ["!", ["has", "point_count"]], [">=", ["get", "r"], least]],
    });
    const ids = new Set(found.map(({ properties }) => Number(properties["i"])));
    return [...ids].sort((a, b) => a - b).flatMap((id) => byId(id) ?? []);
  }

  #reaching(places: readonly Place[], least: number): Place[] {
    const bounds = this.#map.getBounds();
    const [west, east] = [mercatorX(bounds.getWest()), mercatorX(bounds.getEast())];
    const [north, south] = [mercatorY(bounds.getNorth()), mercatorY(bounds.getSouth())];
    const middle = bounds.getCenter().lng;
    return places.filter((place) => {
      const radius = radiusAtZoom0(place);
      if (radius < least || !isPosition(place.lat, place.lon)) return false;
      const reach = radius / WORLD_PX;
      const [x, y] = [mercatorX(nearest(place.lon, middle)), mercatorY(place.lat)];
      return x > west - reach && x < east + reach && y > north - reach && y < south + reach;
    });
  }
}
