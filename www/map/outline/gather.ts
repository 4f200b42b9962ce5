// Places near each other as one mark with their number. Pure.
import type { XY } from "../clip.ts";
import {
  CLUSTER_COLOURS,
  CLUSTER_LEAST,
  CLUSTER_MAX_ZOOM,
  CLUSTER_RADIUS_PX,
  radiusAtZoom0,
} from "../features.ts";
import { isPosition, mercatorX, mercatorY, WORLD_PX } from "../geodesy.ts";
import type { Place } from "../types.ts";

/** A place on the plane. */
export interface Spot {
  readonly place: Place;
  /** In worlds. */
  readonly x: number;
  readonly y: number;
  /** Radius in pixels at zoom 0; -1 where unknown. */
  readonly r: number;
}

export interface Group {
  readonly x: number;
  readonly y: number;
  readonly spots: readonly Spot[];
  readonly inSpan: number;
  readonly sessions: number;
  /** The colour that most of its places in the span have; null where none is in it, or all are of rare colours. */
  readonly colour: number | null;
}

export interface Gathered {
  readonly singles: readonly Spot[];
  readonly groups: readonly Group[];
}

/** The places that have a position on the globe. */
export function spotsOf(places: readonly Place[]): Spot[] {
  return places
    .filter(({ lat, lon }) => isPosition(lat, lon))
    .map((place) => ({
      place,
      x: mercatorX(place.lon),
      y: mercatorY(place.lat),
      r: radiusAtZoom0(place),
    }));
}

/** Gathers at one whole zoom: what lies within reach of a spot that is still alone joins it. */
export function gather(spots: readonly Spot[], zoom: number, colours: readonly number[]): Gathered {
  if (zoom > CLUSTER_MAX_ZOOM) return { singles: spots, groups: [] };
  const grid = new Grid(spots, CLUSTER_RADIUS_PX / (WORLD_PX * 2 ** zoom));
  const singles: Spot[] = [];
  const groups: Group[] = [];
  spots.forEach((spot, index) => {
    if (grid.isTaken(index)) return;
    const near = grid.near(index);
    if (near.length < CLUSTER_LEAST) {
      grid.take([index]);
      singles.push(spot);
      return;
    }
    grid.take(near);
    groups.push(
      groupOf(
        near.flatMap((at) => spots[at] ?? []),
        colours,
      ),
    );
  });
  return { singles, groups };
}

/** The first whole zoom above another at which a group is no longer one. */
export function partingZoom({ spots }: Group, above: number): number {
  for (let zoom = Math.floor(above) + 1; zoom <= CLUSTER_MAX_ZOOM; zoom += 1) {
    const { singles, groups } = gather(spots, zoom, []);
    if (singles.length + groups.length > 1) return zoom;
  }
  return CLUSTER_MAX_ZOOM + 1;
}

function groupOf(spots: readonly Spot[], colours: readonly number[]): Group {
  const first = spots[0];
  const counts = new Map<number, number>();
  let [x, y, inSpan, sessions] = [0, 0, 0, 0];
  for (const spot of spots) {
    const { place } = spot;
    x += first ? aside(spot.x, first.x) : 0;
    y += spot.y;
    sessions += place.sessions;
    if (!place.in_span) continue;
    inSpan += 1;
    counts.set(place.colour, (counts.get(place.colour) ?? 0) + 1);
  }
  const middle = (first?.x ?? 0) + x / spots.length;
  return {
    x: middle - Math.floor(middle),
    y: y / spots.length,
    spots,
    inSpan,
    sessions,
    colour: mostFrequent(counts, colours.slice(0, CLUSTER_COLOURS)),
  };
}

function mostFrequent(
  counts: ReadonlyMap<number, number>,
  colours: readonly number[],
): number | null {
  let [best, most]: [number | null, number] = [null, 0];
  for (const colour of colours) {
    const count = counts.get(colour) ?? 0;
    if (count > most) [best, most] = [colour, count];
  }
  return best;
}

/** How far one x is from another in worlds, the short way round. */
const aside = (x: number, from: number): number => x - from - Math.round(x - from);

/** Spots by squares a reach wide, so that those near one are found in nine squares; the columns go round the world. */
class Grid {
  readonly #spots: readonly Spot[];
  readonly #reach: number;
  readonly #columns: number;
  readonly #cells = new Map<number, number[]>();
  readonly #taken: Uint8Array;

  constructor(spots: readonly Spot[], reach: number) {
    this.#spots = spots;
    this.#reach = reach;
    this.#columns = Math.max(1, Math.floor(1 / reach));
    this.#taken = new Uint8Array(spots.length);
    spots.forEach((spot, index) => {
      const key = this.#key(...this.#cellOf(spot));
      const cell = this.#cells.get(key);
      if (cell) cell.push(index);
      else this.#cells.set(key, [index]);
    });
  }

  isTaken(index: number): boolean {
    return this.#taken[index] === 1;
  }

  take(indices: readonly number[]): void {
    for (const index of indices) this.#taken[index] = 1;
  }

  /** Those within reach of one that are not taken, itself first. */
  near(index: number): number[] {
    const spot = this.#spots[index];
    if (!spot) return [];
    const found = [index];
    for (const key of this.#around(spot)) {
      const left = (this.#cells.get(key) ?? []).filter((other) => !this.isTaken(other));
      this.#cells.set(key, left);
      for (const other of left) {
        const at = this.#spots[other];
        if (!at || other === index) continue;
        if (Math.hypot(aside(at.x, spot.x), at.y - spot.y) <= this.#reach) found.push(other);
      }
    }
    return found;
  }

  #cellOf({ x, y }: Planar): XY {
    const column = Math.min(this.#columns - 1, Math.floor((x - Math.floor(x)) * this.#columns));
    return [column, Math.floor(y / this.#reach)];
  }

  #key(column: number, row: number): number {
    return row * this.#columns + column;
  }

  /** The nine squares; fewer where the world is only so wide. */
  #around(spot: Planar): Set<number> {
    const [column, row] = this.#cellOf(spot);
    const keys = new Set<number>();
    for (const across of [-1, 0, 1]) {
      const beside = (column + across + this.#columns) % this.#columns;
      for (const down of [-1, 0, 1]) keys.add(this.#key(beside, row + down));
    }
    return keys;
  }
}

interface Planar {
  readonly x: number;
  readonly y: number;
}
