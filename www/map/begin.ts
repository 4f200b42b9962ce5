// How the library's map begins: with nothing that turns or tilts, and with our limits of the view.
import type { Map as LibreMap, StyleSpecification } from "maplibre-gl";
import { constrain, MAX_ZOOM, repeats, worldCamera, type Size } from "./frame.ts";
import type { Library } from "./library.ts";
import { KEYS } from "./wording.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Beginning {
  readonly library: Library;
  readonly container: HTMLElement;
  readonly style: StyleSpecification;
  /** Of the container, whenever it is asked. */
  readonly sizeOf: () => Size;
  /** An area was picked, between two points of the container; where absent, that zooms to it. */
  readonly onBox: ((from: Point, to: Point) => void) | undefined;
}

export function beginMap({ library, container, style, sizeOf, onBox }: Beginning): LibreMap {
  const size = sizeOf();
  const world = worldCamera(size);
  const map = new library.Map({
    container,
    style,
    // It is of this build; checking it takes as long as everything else about it.
    validateStyle: false,
    center: [world.lon, world.lat],
    zoom: world.zoom,
    minZoom: -2,
    maxZoom: MAX_ZOOM,
    maxPitch: 0,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    renderWorldCopies: repeats(size, world.zoom),
    locale: { "Map.Title": KEYS },
    boxZoom: onBox ? { boxZoomEnd: (_, from, to) => onBox(from, to) } : true,
    transformConstrain: (center, zoom) => {
      const camera = constrain({ lon: center.lng, lat: center.lat, zoom }, sizeOf());
      return { center: new library.LngLat(camera.lon, camera.lat), zoom: camera.zoom };
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  return map;
}
