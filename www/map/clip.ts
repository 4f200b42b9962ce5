// What of the base map lies in a box of the Web Mercator plane, in which the world is one wide and one high. Pure.
import type { Position as GeoPosition } from "geojson";
import { boundsOf, mercatorX, mercatorY } from "./geodesy.ts";

export type XY = readonly [x: number, y: number];
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Boxes of rings and lines seen before: most are outside of most views. */
const reaches = new WeakMap<GeoPosition[], Box>();

/** The box of a line or ring. */
export function reachOf(ring: GeoPosition[]): Box {
  const known = reaches.get(ring);
  if (known) return known;
  const box = boundsOf(ring);
  const reach = {
    left: mercatorX(box.west),
    right: mercatorX(box.east),
    top: mercatorY(box.north),
    bottom: mercatorY(box.south),
  };
  reaches.set(ring, reach);
  return reach;
}

/** A ring, moved by whole worlds, inside a box (Sutherland-Hodgman). */
export function clip(ring: GeoPosition[], turn: number, box: Box): XY[] {
  let points = ring.map(([lon = 0, lat = 0]): XY => [mercatorX(lon) + turn, mercatorY(lat)]);
  const sides: [axis: 0 | 1, limit: number, sign: 1 | -1][] = [
    [0, box.left, 1],
    [0, box.right, -1],
    [1, box.top, 1],
    [1, box.bottom, -1],
  ];
  for (const [axis, limit, sign] of sides) {
    const kept: XY[] = [];
    let before = points[points.length - 1];
    for (const point of points) {
      if (!before) break;
      const [here, there] = [(point[axis] - limit) * sign, (before[axis] - limit) * sign];
      if (here >= 0 !== there >= 0) {
        const share = there / (there - here);
        kept.push([
          before[0] + share * (point[0] - before[0]),
          before[1] + share * (point[1] - before[1]),
        ]);
      }
      if (here >= 0) kept.push(point);
      before = point;
    }
    points = kept;
  }
  return points;
}
