// What lies under the pointer on the outline: the most specific thing, then the smallest circle, then the nearest. Pure.
import type { XY } from "../clip.ts";
import type { Target } from "../target.ts";
import type { Group } from "./gather.ts";
import { MARK_PX, UNKNOWN_RADIUS_PX, type Dot, type Scene, type Stretch } from "./scene.ts";

export type Found = Target<Group>;

interface Hit {
  readonly target: Found;
  /** As in the order of the layers that answer to the pointer: the lower, the more specific. */
  readonly rank: number;
  readonly size: number;
  readonly away: number;
}

const placeOf = (dot: Dot): Found => ({ kind: "place", place: dot.spot.place });
const distance = (at: XY, to: XY): number => Math.hypot(at[0] - to[0], at[1] - to[1]);

export function pick(scene: Scene, at: XY, reach: number): Found | null {
  let best: Hit | null = null;
  for (const hit of hits(scene, at, reach)) {
    if (!best || isBefore(hit, best)) best = hit;
  }
  return best?.target ?? null;
}

function isBefore(a: Hit, b: Hit): boolean {
  if (a.rank !== b.rank) return a.rank < b.rank;
  return a.size !== b.size ? a.size < b.size : a.away < b.away;
}

function* hits(scene: Scene, at: XY, reach: number): Generator<Hit> {
  for (const dot of scene.chosen) {
    const away = distance(dot.at, at);
    if (away <= 4 + reach) yield { target: placeOf(dot), rank: 0, size: sizeOf(dot), away };
  }
  for (const { group, at: middle, radius } of scene.groups) {
    const away = distance(middle, at);
    if (away > radius + 2 + reach) continue;
    const { spots, inSpan, sessions } = group;
    const target: Found = { kind: "cluster", group, places: spots.length, inSpan, sessions };
    yield { target, rank: 1, size: 0, away };
  }
  for (const dot of scene.dots) {
    const rank = rankOf(dot, at, reach);
    if (rank === null) continue;
    yield { target: placeOf(dot), rank, size: sizeOf(dot), away: distance(dot.at, at) };
  }
  for (const { country, at: middle, label } of scene.marks) {
    const away = distance(middle, at);
    const isMark = away <= MARK_PX + 1 + reach;
    if (!isMark && !(label && isInside(label.rect, at, reach))) continue;
    yield { target: { kind: "country", country }, rank: isMark ? 4 : 5, size: 0, away };
  }
  for (const stretch of scene.stretches) {
    const away = besides(stretch, at);
    if (!stretch.jump || away > 1 + reach) continue;
    yield { target: { kind: "jump", jump: stretch.jump }, rank: 8, size: 0, away };
  }
}

/** From a point to the nearest of a line. */
function besides({ from, to }: Stretch, at: XY): number {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const along = (at[0] - from[0]) * x + (at[1] - from[1]) * y;
  const share = Math.max(0, Math.min(1, along / (x * x + y * y || 1)));
  return distance([from[0] + share * x, from[1] + share * y], at);
}

const sizeOf = ({ spot }: Dot): number => spot.place.accuracy_m ?? 0;

/** Its dot, its ring of unknown radius, its circle on the ground, or nothing of it. */
function rankOf(dot: Dot, at: XY, reach: number): number | null {
  const away = distance(dot.at, at);
  if (away <= 3.5 + reach) return 2;
  if (dot.radius < 0) return away <= UNKNOWN_RADIUS_PX + 1.5 + reach ? 3 : null;
  const isMet = dot.ring ? isInRing(dot.ring, at) : away <= dot.radius + reach;
  return isMet ? (dot.ring ? 7 : 6) : null;
}

function isInside(
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
  [x, y]: XY,
  reach: number,
): boolean {
  return x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach;
}

function isInRing(ring: readonly XY[], [x, y]: XY): boolean {
  let inside = false;
  let before = ring[ring.length - 1];
  for (const point of ring) {
    if (before && before[1] > y !== point[1] > y) {
      const share = (y - before[1]) / (point[1] - before[1]);
      if (x < before[0] + share * (point[0] - before[0])) inside = !inside;
    }
    before = point;
  }
  return inside;
}
