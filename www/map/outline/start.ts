// The map without WebGL 2 and without the map library: fetched and started only where those cannot be had.
import { fetchBasemap, fetchPoints } from "../basemap.ts";
import { buildChrome } from "../chrome.ts";
import { adoptStyles } from "../library.ts";
import type { BoundingBox, MapAssets, MapOptions, MapView } from "../types.ts";
import { OutlinePane } from "./pane.ts";

/** Fetches what the outline needs; what it resolves to puts the outline into the container. */
export async function prepareOutline(
  container: HTMLElement,
  assets: MapAssets,
  options: MapOptions,
  signal: AbortSignal,
): Promise<(view: BoundingBox | null) => MapView> {
  const [basemap, points] = await Promise.all([
    fetchBasemap(assets, "110m", signal),
    fetchPoints(assets, signal),
  ]);
  return (view) =>
    new OutlinePane({
      basemap,
      points,
      options,
      view,
      fetchFine: (aborted) => fetchBasemap(assets, "50m", aborted),
      build: (actions) => buildChrome(container, actions),
      dropStyles: adoptStyles(container),
    });
}
