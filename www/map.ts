// The map: what the engine says of places, countries and tracks, drawn over an offline base map. Loaded by a dynamic
// import when a map is first shown; the drawing library comes from its own folder beside this file. Nothing is asked of
// any other host, unless the visitor sets a base map of another host.
import { download } from "./download.ts";
import { buildChrome } from "./map/chrome.ts";
import { fetchBasemap, fetchPoints } from "./map/basemap.ts";
import { baseProblem } from "./map/base/choice.ts";
import { EitherMap, type Ways } from "./map/either.ts";
import { boxesOf } from "./map/extent.ts";
import { adoptStyles, hasLibrary, loadLibrary, webgl2Available } from "./map/library.ts";
import { toGeoJson } from "./map/geojson.ts";
import { MapPane } from "./map/pane.ts";
import { readMessage } from "./map/reading.ts";
import { nextTask } from "./map/turns.ts";
import {
  MapUnavailable,
  type BaseChoice,
  type MapAssets,
  type MapMessage,
  type MapOptions,
  type MapView,
} from "./map/types.ts";
import { NO_LIBRARY, NO_WEBGL2 } from "./map/wording.ts";

export { webgl2Available } from "./map/library.ts";
export { MapUnavailable } from "./map/types.ts";
export type {
  BaseChoice,
  BoundingBox,
  Country,
  Hovered,
  MapData,
  MapMessage,
  MapOptions,
  MapView,
  Picked,
  Place,
  Selection,
  Tokens,
  TrackPoint,
} from "./map/types.ts";

/** Files that lie beside this script. */
const beside: MapAssets = {
  url: (name) => new URL(name, import.meta.url).href,
  read: (name, signal) => fetch(beside.url(name) ?? "", signal ? { signal } : {}),
};

/**
 * Fills the container (which must be in the page and have a size, in a shadow root or not) with a map. Where the library
 * cannot paint it (no WebGL 2, its files missing, no worker, the graphics device lost) it is drawn as an outline instead.
 * Rejects with `MapUnavailable`, whose message is for the visitor, when neither can be had. `options.onUnavailable` is called
 * when that turns out later.
 */
export async function createMap(container: HTMLElement, options: MapOptions): Promise<EitherMap> {
  const assets = options.assets ?? beside;
  const ways: Ways = {
    paint: (options, signal) => paint(container, assets, options, signal),
    outline: (options, signal) => outline(container, assets, options, signal),
  };
  return EitherMap.begin(ways, options);
}

async function paint(
  container: HTMLElement,
  assets: MapAssets,
  options: MapOptions,
  signal: AbortSignal,
): Promise<MapView> {
  if (!hasLibrary(assets)) throw new MapUnavailable(NO_LIBRARY);
  if (!webgl2Available()) throw new MapUnavailable(NO_WEBGL2);
  const loading = new AbortController();
  const dropStyles = adoptStyles(container);
  try {
    const [library, basemap, points] = await Promise.all([
      loadLibrary(assets),
      fetchBasemap(assets, "110m", loading.signal),
      fetchPoints(assets, loading.signal),
    ]);
    // Each of these takes as long as a frame may.
    await nextTask();
    const boxes = boxesOf(basemap);
    await nextTask();
    signal.throwIfAborted();
    const pane = new MapPane({
      library,
      basemap,
      boxes,
      points,
      options,
      fetchFine: (signal) => fetchBasemap(assets, "50m", signal),
      build: (actions) => buildChrome(container, actions),
      dropStyles,
    });
    const stop = (): void => pane.destroy();
    signal.addEventListener("abort", stop);
    await pane.ready;
    await nextTask();
    signal.removeEventListener("abort", stop);
    return pane;
  } catch (error) {
    loading.abort();
    dropStyles();
    throw error;
  }
}

async function outline(
  container: HTMLElement,
  assets: MapAssets,
  options: MapOptions,
  signal: AbortSignal,
): ReturnType<Ways["outline"]> {
  const { prepareOutline } = await import("./map/outline/start.ts").catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MapUnavailable(`The map could not be loaded (${reason}).`);
  });
  return prepareOutline(container, assets, options, signal);
}

/** What is wrong with a choice of a base map, in words for the visitor; null where it can be tried. */
export const whatIsWrong = (choice: BaseChoice): string | null =>
  baseProblem(choice, location.protocol);

/** Saves what the map shows as a file of GeoJSON. */
export async function saveGeoJson(message: MapMessage): Promise<void> {
  const text = JSON.stringify(toGeoJson(await readMessage(message)));
  download(new Blob([text], { type: "application/geo+json" }), "simscope-map.geojson");
}

/** Saves the map as it is seen as a PNG. Rejects with a message for the visitor. */
export async function savePicture(view: MapView): Promise<void> {
  download(await view.picture(), "simscope-map.png");
}
