// The base map as path data for one view: land, coast and borders, in every copy of the world that is seen. Pure.
import type { Geometry, Position as GeoPosition } from "geojson";
import type { Basemap } from "../basemap.ts";
import { clip, reachOf, type Box, type XY } from "../clip.ts";
import { outline } from "../features.ts";
import { mercatorX, mercatorY } from "../geodesy.ts";
import { round } from "./paths.ts";
import type { Projection } from "./projection.ts";

/** Points closer than this to the one before are left out, in pixels. */
const STEP_PX = 0.6;

export interface Ground {
  readonly land: string;
  readonly lines: string;
  /** Marked countries. */
  readonly marked: readonly {
    readonly colour: number;
    readonly area: string;
    readonly edge: string;
  }[];
}

/** What is drawn of the base map within a margin about the view. */
export function groundOf(
  { areas, lines }: Basemap,
  colours: ReadonlyMap<string, number>,
  projection: Projection,
  margin: XY,
): Ground {
  const pen = new Pen(projection, projection.box(margin));
  const marked = areas.features.flatMap(({ properties, geometry }) => {
    const colour = properties.code === undefined ? undefined : colours.get(properties.code);
    if (colour === undefined) return [];
    return [{ colour, area: pen.area(geometry), edge: pen.lines(outline(geometry)) }];
  });
  return {
    land: areas.features.map(({ geometry }) => pen.area(geometry)).join(""),
    lines: lines.features.map(({ geometry }) => pen.lines(linesOf(geometry))).join(""),
    marked: marked.filter(({ area }) => area !== ""),
  };
}

function ringsOf(geometry: Geometry): GeoPosition[][] {
  if (geometry.type === "Polygon") return geometry.coordinates;
  return geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : [];
}

function linesOf(geometry: Geometry): GeoPosition[][] {
  if (geometry.type === "LineString") return [geometry.coordinates];
  return geometry.type === "MultiLineString" ? geometry.coordinates : [];
}

const apart = (reach: Box, turn: number, box: Box): boolean =>
  reach.right + turn < box.left ||
  reach.left + turn > box.right ||
  reach.bottom < box.top ||
  reach.top > box.bottom;

const within = (reach: Box, turn: number, box: Box): boolean =>
  reach.left + turn >= box.left &&
  reach.right + turn <= box.right &&
  reach.top >= box.top &&
  reach.bottom <= box.bottom;

/** On which sides of a box a point is outside, as bits. */
const outside = (x: number, y: number, box: Box): number =>
  (x < box.left ? 1 : 0) |
  (x > box.right ? 2 : 0) |
  (y < box.top ? 4 : 0) |
  (y > box.bottom ? 8 : 0);

const plane = ([lon = 0, lat = 0]: GeoPosition, turn: number): XY => [
  mercatorX(lon) + turn,
  mercatorY(lat),
];

class Pen {
  readonly #projection: Projection;
  readonly #box: Box;
  readonly #turns: readonly number[];

  constructor(projection: Projection, box: Box) {
    this.#projection = projection;
    this.#box = box;
    this.#turns = projection.turns(box);
  }

  /** Closed rings, cut at the box. */
  area(geometry: Geometry): string {
    let path = "";
    for (const ring of ringsOf(geometry)) {
      const reach = reachOf(ring);
      for (const turn of this.#turns) {
        if (apart(reach, turn, this.#box)) continue;
        const inside = within(reach, turn, this.#box);
        const points = inside
          ? ring.map((point) => plane(point, turn))
          : clip(ring, turn, this.#box);
        path += this.#trace(points, "Z");
      }
    }
    return path;
  }

  /** Lines, without the stretches that are beside the box. */
  lines(lines: readonly GeoPosition[][]): string {
    let path = "";
    for (const line of lines) {
      const reach = reachOf(line);
      for (const turn of this.#turns) {
        if (!apart(reach, turn, this.#box)) path += this.#line(line, turn);
      }
    }
    return path;
  }

  #line(line: readonly GeoPosition[], turn: number): string {
    let path = "";
    let run: XY[] = [];
    let before: XY | null = null;
    let sides = 0;
    for (const point of line) {
      const at = plane(point, turn);
      const now = outside(at[0], at[1], this.#box);
      if (before && (sides & now) === 0) {
        if (run.length === 0) run.push(before);
        run.push(at);
      } else if (run.length > 0) {
        path += this.#trace(run, "");
        run = [];
      }
      [before, sides] = [at, now];
    }
    return path + this.#trace(run, "");
  }

  /** One run of points; nothing where it is smaller than can be seen. */
  #trace(points: readonly XY[], end: "Z" | ""): string {
    let path = "";
    let drawn = 0;
    let [lastX, lastY] = [NaN, NaN];
    points.forEach(([worldX, worldY], index) => {
      const [x, y] = this.#projection.pixels(worldX, worldY);
      const isLast = end === "" && index === points.length - 1;
      const near = Math.abs(x - lastX) < STEP_PX && Math.abs(y - lastY) < STEP_PX;
      if (near && !isLast) return;
      path += `${drawn === 0 ? "M" : "L"}${round(x)} ${round(y)}`;
      drawn += 1;
      [lastX, lastY] = [x, y];
    });
    return drawn < (end === "Z" ? 3 : 2) ? "" : path + end;
  }
}
