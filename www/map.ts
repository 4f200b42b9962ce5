// The map: what the engine says of places, countries and tracks, drawn over an offline base map. Loaded by a dynamic
// import when a map is first shown; the drawing library comes from its own folder beside this file. Nothing is asked of
// any other host.
import { buildChrome } from "./map/chrome.ts";
import { fetchBasemap, fetchPoints } from "./map/basemap.ts";
import { boxesOf } from "./map/extent.ts";
import { adoptStyles, loadLibrary, webgl2Available } from "./map/library.ts";
import { toGeoJson } from "./map/geojson.ts";
import { MapPane } from "./map/pane.ts";
import { nextTask } from "./map/turns.ts";
import { MapUnavailable, type MapData, type MapOptions, type MapView } from "./map/types.ts";
import { NO_WEBGL2 } from "./map/wording.ts";

export { webgl2Available } from "./map/library.ts";
export { MapUnavailable } from "./map/types.ts";
export type {
  BoundingBox,
  Country,
  Hovered,
  MapData,
  MapOptions,
  MapView,
  Picked,
  Place,
  Selection,
  Tokens,
  TrackPoint,
} from "./map/types.ts";

function folder(base: string | URL | undefined): URL {
  const url = new URL(base ?? "./", import.meta.url);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

/**
 * Fills the container (which must be in the page and have a size, in a shadow root or not) with a map.
 * Rejects with `MapUnavailable`, whose message is for the visitor, when the map cannot be shown: no WebGL 2, or files
 * missing. `options.onUnavailable` is called when it stops later.
 */
export async function createMap(container: HTMLElement, options: MapOptions): Promise<MapView> {
  if (!webgl2Available()) throw new MapUnavailable(NO_WEBGL2);
  const base = folder(options.assetBase);
  const loading = new AbortController();
  const dropStyles = adoptStyles(container);
  try {
    const [library, basemap, points] = await Promise.all([
      loadLibrary(base),
      fetchBasemap(base, "110m", loading.signal),
      fetchPoints(base, loading.signal),
    ]);
    // Each of these takes as long as a frame may.
    await nextTask();
    const boxes = boxesOf(basemap);
    await nextTask();
    const pane = new MapPane({
      library,
      basemap,
      boxes,
      points,
      options,
      fetchFine: (signal) => fetchBasemap(base, "50m", signal),
      build: (actions) => buildChrome(container, actions),
      dropStyles,
    });
    await pane.ready;
    await nextTask();
    return pane;
  } catch (error) {
    loading.abort();
    dropStyles();
    throw error;
  }
}

/** Saves what the map shows as a file of GeoJSON. */
export function saveGeoJson(data: MapData): void {
  const text = JSON.stringify(toGeoJson(data));
  const url = URL.createObjectURL(new Blob([text], { type: "application/geo+json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "simscope-map.geojson";
  link.click();
  // The browser has opened it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
