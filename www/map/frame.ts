// The view's limits and first position: one world at most, never empty space above or below it while it fills the pane.
import {
  cameraFor,
  latitudeOf,
  mercatorX,
  mercatorY,
  nearest,
  wrapped,
  WORLD_PX,
  type Bounds,
  type Camera,
} from "./geodesy.ts";
import type { BoundingBox } from "./types.ts";

export const MAX_ZOOM = 17;
/** How close "fit" goes: to several places, and to a single one, which the base map locates only by coast and borders. */
const FIT_MAX_ZOOM = { several: 10, single: 4.8 };
/** Places this close together count as one, degrees. */
const SINGLE_EXTENT = 0.05;

/** Camera that brings bounds into the pane, with some space around them. */
export function fitCamera(bounds: Bounds, size: Size): Camera {
  const padding = Math.min(44, size.width / 6, size.height / 6);
  const extent = Math.max(bounds.north - bounds.south, bounds.east - bounds.west);
  const maxZoom = extent < SINGLE_EXTENT ? FIT_MAX_ZOOM.single : FIT_MAX_ZOOM.several;
  return constrain(cameraFor(bounds, { ...size, padding }, maxZoom), size);
}

/** The inhabited latitudes: what "the whole world" means here. */
const WORLD = { west: -180, south: -56, east: 180, north: 76 };

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Camera that shows the whole world. */
export const worldCamera = (size: Size): Camera =>
  cameraFor(WORLD, { ...size, padding: 0 }, MAX_ZOOM);

/** A little less than the whole world's zoom, so that marks at its edges have room; the map library accepts none below -2. */
export const leastZoom = (size: Size): number => Math.max(-2, worldCamera(size).zoom - 0.4);

/** Whether the world is wide enough to be repeated sideways without showing anything twice. */
export const repeats = (size: Size, zoom: number): boolean =>
  WORLD_PX * 2 ** zoom >= size.width - 0.5;

/** The nearest allowed camera. */
export function constrain(camera: Camera, size: Size): Camera {
  const zoom = Math.min(MAX_ZOOM, Math.max(leastZoom(size), camera.zoom));
  const world = WORLD_PX * 2 ** zoom;
  const y = within(mercatorY(camera.lat), size.height / world);
  if (repeats(size, zoom)) return { lon: camera.lon, lat: latitudeOf(y), zoom };
  const x = within(mercatorX(nearest(camera.lon, 0)), size.width / world);
  return { lon: x * 360 - 180, lat: latitudeOf(y), zoom };
}

/** A centre (0 to 1) such that a view of this size lies inside the world; the world's middle where it is too large for that. */
function within(centre: number, view: number): number {
  if (view >= 1) return 0.5;
  return Math.min(1 - view / 2, Math.max(view / 2, centre));
}

/** What is seen, as it is told: longitudes may run past ±180° in, and not out. */
export function boxOf(west: number, south: number, east: number, north: number): BoundingBox {
  if (east - west >= 359.99) return [-180, south, 180, north];
  return [wrapped(west), south, wrapped(east), north];
}
