// What one view shows beside the base map, in pixels of the pane: places, clusters, marks, the track, names. Pure.
import type { FeatureCollection, Point } from "geojson";
import { clip, type Box, type XY } from "../clip.ts";
import {
  countryFeatures,
  jumpOf,
  labelSide,
  LARGE_CIRCLE_PX,
  trackFeatures,
  type CountryPoints,
  type Jump,
  type LabelSide,
  type StretchKind,
  type TrackProperties,
} from "../features.ts";
import { geodesicCircle, mercatorX, mercatorY } from "../geodesy.ts";
import type { NameProperties } from "../names.ts";
import type { Country, MapData } from "../types.ts";
import type { Wording } from "../wording.ts";
import type { Gathered, Group, Spot } from "./gather.ts";
import { about, LINE_PX, Room, wrap, type Rect } from "./labels.ts";
import type { Projection } from "./projection.ts";

/** A place, or one copy of it. */
export interface Dot {
  readonly spot: Spot;
  readonly at: XY;
  /** Of its circle in pixels; -1 where unknown. */
  readonly radius: number;
  /** Its circle as points, where it is too large to be round on the plane. */
  readonly ring: readonly XY[] | null;
}

export interface GroupMark {
  readonly group: Group;
  readonly at: XY;
  readonly radius: number;
}

export interface Label {
  readonly lines: readonly string[];
  readonly anchor: "start" | "middle" | "end";
  /** Base line of the first line. */
  readonly at: XY;
  readonly rect: Rect;
}

export interface CountryMark {
  readonly country: Country;
  readonly colour: number;
  readonly at: XY;
  readonly label: Label | null;
}

export interface Stretch {
  readonly from: XY;
  readonly to: XY;
  readonly kind: StretchKind;
  /** Of a jump. */
  readonly jump: Jump | null;
  readonly arrow: boolean;
}

export interface Scene {
  readonly dots: readonly Dot[];
  readonly groups: readonly GroupMark[];
  readonly chosen: readonly Dot[];
  readonly marks: readonly CountryMark[];
  readonly stretches: readonly Stretch[];
  readonly stops: readonly XY[];
  readonly last: readonly XY[];
  readonly names: readonly Label[];
}

export interface Subject {
  readonly data: MapData;
  readonly gathered: Gathered;
  readonly chosen: readonly Spot[];
  readonly points: CountryPoints;
  readonly names: FeatureCollection<Point, NameProperties>;
  readonly words: Wording;
  readonly widthOf: (text: string) => number;
}

export const UNKNOWN_RADIUS_PX = 10.5;
export const MARK_PX = 8;
/** A country's name is wrapped at, and a mark's label. */
const NAME_PX = 88;
const LABEL_PX = 176;
/** Beyond this many, large circles are one colour anyway: they are drawn round. */
const MOST_RINGS = 400;
/** Shorter stretches have no arrow. */
const ARROW_FROM_PX = 24;

export const groupRadius = (places: number): number => {
  if (places >= 10_000) return 13;
  if (places >= 1000) return 17;
  return places >= 100 ? 12 : 9.5;
};

/** What lies within a margin about the view. */
export function sceneOf(subject: Subject, projection: Projection, margin: XY): Scene {
  return new Builder(subject, projection, projection.box(margin)).build();
}

class Builder {
  readonly #subject: Subject;
  readonly #projection: Projection;
  readonly #box: Box;
  readonly #turns: readonly number[];
  readonly #room = new Room();
  #rings = 0;

  constructor(subject: Subject, projection: Projection, box: Box) {
    this.#subject = subject;
    this.#projection = projection;
    this.#box = box;
    this.#turns = projection.turns(box);
  }

  /** In the order in which they take their room. */
  build(): Scene {
    const groups = this.#groups();
    const dots = this.#dots(this.#subject.gathered.singles);
    const chosen = this.#dots(this.#subject.chosen);
    const marks = this.#marks();
    const track = this.#track();
    return { groups, dots, chosen, marks, ...track, names: this.#names() };
  }

  /** Where a point is in each copy of the world, with as much of a reach about it in the box. */
  #copies(x: number, y: number, reach_px: number): { at: XY; turn: number }[] {
    const reach = reach_px / this.#projection.world;
    const { left, right, top, bottom } = this.#box;
    if (y + reach < top || y - reach > bottom) return [];
    return this.#turns
      .filter((turn) => x + turn + reach >= left && x + turn - reach <= right)
      .map((turn) => ({ at: this.#projection.pixels(x + turn, y), turn }));
  }

  #groups(): GroupMark[] {
    return this.#subject.gathered.groups.flatMap((group) => {
      const radius = groupRadius(group.spots.length);
      return this.#copies(group.x, group.y, radius).map(({ at }) => {
        this.#room.take(about(at, radius + 4));
        return { group, at, radius };
      });
    });
  }

  #dots(spots: readonly Spot[]): Dot[] {
    const scale = 2 ** this.#projection.camera.zoom;
    return spots.flatMap((spot) => {
      const radius = spot.r < 0 ? -1 : spot.r * scale;
      return this.#copies(spot.x, spot.y, Math.max(radius, UNKNOWN_RADIUS_PX)).map(
        ({ at, turn }) => {
          this.#room.take(about(at, radius < 0 ? 12 : 5));
          return { spot, at, radius, ring: this.#ring(spot, radius, turn) };
        },
      );
    });
  }

  #ring({ place }: Spot, radius: number, turn: number): XY[] | null {
    if (radius < LARGE_CIRCLE_PX || place.accuracy_m === null || this.#rings >= MOST_RINGS) {
      return null;
    }
    this.#rings += 1;
    const ring = geodesicCircle(place.lon, place.lat, place.accuracy_m);
    return clip(ring, turn, this.#box).map(([x, y]) => this.#projection.pixels(x, y));
  }

  #marks(): CountryMark[] {
    const { data, points, words } = this.#subject;
    const found = countryFeatures(data.countries, points, words.label, () => "any");
    const byCode = new Map(data.countries.map((country) => [country.code, country]));
    const placed = found.features.flatMap(({ geometry, properties }) => {
      const country = byCode.get(properties.code);
      const [lon = 0, lat = 0] = geometry.coordinates;
      if (!country) return [];
      return this.#copies(mercatorX(lon), mercatorY(lat), MARK_PX).map(({ at }) => {
        this.#room.take(about(at, MARK_PX + 1));
        return { country, colour: properties.c, at, text: properties.label };
      });
    });
    // After all marks: a label must not cover any of them.
    return placed.map(({ text, ...mark }) => ({ ...mark, label: this.#label(text, mark.at) }));
  }

  #label(text: string, at: XY): Label | null {
    const { width, height } = this.#projection.size;
    // Half a label at the edge of the view would tell nothing.
    if (at[0] < 0 || at[0] > width || at[1] < 0 || at[1] > height) return null;
    const { widthOf } = this.#subject;
    const lines = [...wrap(text, LABEL_PX, widthOf), "country only"];
    const side = labelSide(at[0], width);
    return this.#place(
      anchorsOf(side).map((anchor) => labelAt(lines, at, anchor, widthOf)),
      2,
    );
  }

  #track(): Pick<Scene, "stretches" | "stops" | "last"> {
    const stretches: Stretch[] = [];
    const stops: XY[] = [];
    const last: XY[] = [];
    for (const { geometry, properties } of trackFeatures(this.#subject.data.track).features) {
      if (geometry.type === "LineString") {
        const [from = [0, 0], to = [0, 0]] = geometry.coordinates;
        stretches.push(...this.#stretches(from, to, properties));
      } else {
        const [lon = 0, lat = 0] = geometry.coordinates;
        const x = mercatorX(lon);
        const copies = this.#copies(x - Math.floor(x), mercatorY(lat), 4).map(({ at }) => at);
        (properties.part === "last" ? last : stops).push(...copies);
      }
    }
    return { stretches, stops, last };
  }

  #stretches(
    from: readonly number[],
    to: readonly number[],
    properties: TrackProperties,
  ): Stretch[] {
    const jump = jumpOf(properties);
    const kind = jump ? "jump" : properties.part === "gap" ? "gap" : "leg";
    const [x1, x2] = [mercatorX(from[0] ?? 0), mercatorX(to[0] ?? 0)];
    const [y1, y2] = [mercatorY(from[1] ?? 0), mercatorY(to[1] ?? 0)];
    const { left, right, top, bottom } = this.#box;
    if (Math.max(y1, y2) < top || Math.min(y1, y2) > bottom) return [];
    // A track that went round lies in another copy than its first point.
    const home = Math.floor(Math.min(x1, x2));
    return [...this.#turns, (this.#turns[0] ?? 0) - 1].flatMap((copy) => {
      const turn = copy - home;
      if (Math.max(x1, x2) + turn < left || Math.min(x1, x2) + turn > right) return [];
      const ends: [XY, XY] = [
        this.#projection.pixels(x1 + turn, y1),
        this.#projection.pixels(x2 + turn, y2),
      ];
      return [{ from: ends[0], to: ends[1], kind, jump, arrow: this.#hasArrow(...ends) }];
    });
  }

  #hasArrow([x1, y1]: XY, [x2, y2]: XY): boolean {
    if (Math.hypot(x2 - x1, y2 - y1) < ARROW_FROM_PX) return false;
    const rect = about([(x1 + x2) / 2, (y1 + y2) / 2], 9);
    if (!this.#room.isFree(rect)) return false;
    this.#room.take(rect);
    return true;
  }

  #names(): Label[] {
    const { names, widthOf } = this.#subject;
    const sorted = [...names.features].sort((a, b) => a.properties.rank - b.properties.rank);
    return sorted.flatMap(({ geometry, properties }) => {
      const [lon = 0, lat = 0] = geometry.coordinates;
      const lines = wrap(properties.name, NAME_PX, widthOf);
      return this.#copies(mercatorX(lon), mercatorY(lat), NAME_PX).flatMap(({ at }) => {
        const label = this.#place([labelAt(lines, at, "centre", widthOf)], 6);
        return label ? [label] : [];
      });
    });
  }

  /** The first that has room. */
  #place(labels: readonly Label[], padding: number): Label | null {
    for (const label of labels) {
      const { left, top, right, bottom } = label.rect;
      const rect = {
        left: left - padding,
        top: top - padding,
        right: right + padding,
        bottom: bottom + padding,
      };
      if (!this.#room.isFree(rect)) continue;
      this.#room.take(rect);
      return label;
    }
    return null;
  }
}

type Anchor = "centre" | "right" | "left" | "above" | "below" | Corner;
type Corner = "right below" | "right above" | "left below" | "left above";

function anchorsOf(side: LabelSide): Anchor[] {
  if (side === "left") return ["left", "left below", "left above"];
  if (side === "right") return ["right", "right below", "right above"];
  return ["right", "left", "below", "above"];
}

/** From a mark's middle to its label beside it, and above or below. */
const BESIDE_PX = 12;
const CORNER_PX = 8;

function labelAt(
  lines: readonly string[],
  [x, y]: XY,
  anchor: Anchor,
  widthOf: (text: string) => number,
): Label {
  const width = Math.max(...lines.map(widthOf));
  const height = lines.length * LINE_PX;
  const isCorner = anchor.includes(" ");
  const beside = isCorner ? CORNER_PX : BESIDE_PX;
  let left = x - width / 2;
  if (anchor.startsWith("right")) left = x + beside;
  if (anchor.startsWith("left")) left = x - beside - width;
  let top = y - height / 2;
  if (anchor.endsWith("below")) top = y + (isCorner ? 10 : 11);
  if (anchor.endsWith("above")) top = y - (isCorner ? 10 : 11) - height;
  const right = left + width;
  const sided = anchor.startsWith("right") ? "start" : anchor.startsWith("left") ? "end" : "middle";
  const textX = sided === "start" ? left : sided === "end" ? right : x;
  return {
    lines,
    anchor: sided,
    at: [textX, top + LINE_PX - 3],
    rect: { left, top, right, bottom: top + height },
  };
}
