// The outline's looks: ground and scene as SVG elements. They are those of the layers in ground-layers.ts and place-layers.ts.
import { severities, type StretchKind } from "../features.ts";
import type { Tokens } from "../types.ts";
import type { Ground } from "./ground.ts";
import { LINE_PX, TEXT_PX, type Rect } from "./labels.ts";
import { arrow, circle, polyline } from "./paths.ts";
import {
  MARK_PX,
  UNKNOWN_RADIUS_PX,
  type CountryMark,
  type Dot,
  type GroupMark,
  type Label,
  type Scene,
} from "./scene.ts";
import { make, path, type Attributes } from "./svg.ts";

export const FONT = "system-ui, sans-serif";
/** Lines keep their width while the ground is only stretched. */
const STEADY = { "vector-effect": "non-scaling-stroke" };
/** 24 parts of the ring, so that it closes evenly. */
const RING_DASH = (2 * Math.PI * UNKNOWN_RADIUS_PX) / 24;

const colourOf = (theme: Tokens, colour: number): string =>
  theme.palette[Math.min(colour, theme.palette.length - 1)] ?? theme.dim;

export function paintGround(ground: Ground, theme: Tokens, zoom: number): Element[] {
  const width = 0.5 + (Math.min(8, Math.max(0, zoom)) / 8) * 0.7;
  const tints = ground.marked.flatMap(({ colour, area }) =>
    path(area, { fill: colourOf(theme, colour), "fill-opacity": 0.13, "fill-rule": "evenodd" }),
  );
  const edges = ground.marked.flatMap(({ colour, edge }) =>
    path(edge, {
      ...STEADY,
      fill: "none",
      stroke: colourOf(theme, colour),
      "stroke-opacity": 0.55,
      "stroke-linejoin": "round",
    }),
  );
  return [
    ...path(ground.land, { class: "land", fill: theme.land, "fill-rule": "evenodd" }),
    ...tints,
    ...path(ground.lines, {
      ...STEADY,
      class: "borders",
      fill: "none",
      stroke: theme.border,
      "stroke-width": width,
      "stroke-linejoin": "round",
      "stroke-linecap": "round",
    }),
    ...edges,
  ];
}

/** Everything above the ground, the lowest first. */
export function paintScene(
  scene: Scene,
  theme: Tokens,
  countText: (count: number) => string,
): Element[] {
  return [
    ...scene.names.map((label) => text(label, "name", theme)),
    ...circles(scene.dots, theme),
    ...track(scene, theme),
    ...scene.marks.flatMap((mark) => countryMark(mark, theme)),
    ...rings(scene.dots, theme),
    ...dots(scene.dots, theme),
    ...findings(scene.dots, theme),
    ...scene.groups.map((mark) => group(mark, theme, countText)),
    ...chosen(scene.chosen, theme),
  ];
}

/** Dots by how they look: one element each, however many they are. */
function byLook(dots: readonly Dot[]): { colour: number; inSpan: boolean; dots: Dot[] }[] {
  const looks = new Map<string, { colour: number; inSpan: boolean; dots: Dot[] }>();
  for (const dot of dots) {
    const { colour, in_span: inSpan } = dot.spot.place;
    const key = `${colour} ${inSpan}`;
    const look = looks.get(key);
    if (look) look.dots.push(dot);
    else looks.set(key, { colour, inSpan, dots: [dot] });
  }
  // What is in the span lies above what is not.
  return [...looks.values()].sort((a, b) => Number(a.inSpan) - Number(b.inSpan));
}

const together = (dots: readonly Dot[], shape: (dot: Dot) => string): string =>
  dots.map(shape).join("");

const spanClass = (inSpan: boolean): string => (inSpan ? "in-span" : "out-of-span");

/** Accuracy circles on the ground. */
function circles(all: readonly Dot[], theme: Tokens): Element[] {
  return byLook(all.filter(({ radius }) => radius >= 0)).flatMap(({ colour, inSpan, dots }) => {
    const stroke = colourOf(theme, colour);
    const look = { fill: stroke, stroke, "stroke-opacity": inSpan ? 0.9 : 0.5 };
    const large = dots.filter(({ ring }) => ring !== null);
    const small = dots.filter(({ ring }) => ring === null);
    return [
      ...path(together(large, areaOf), {
        ...look,
        class: `area ${spanClass(inSpan)}`,
        "fill-opacity": inSpan ? 0.12 : 0,
      }),
      ...path(together(small, areaOf), {
        ...look,
        class: `circle ${spanClass(inSpan)}`,
        "fill-opacity": inSpan ? 0.2 : 0,
      }),
    ];
  });
}

/** A place's circle on the ground; nothing where it is not known or all of it is elsewhere. */
function areaOf({ at, radius, ring }: Dot): string {
  if (ring) return ring.length > 2 ? `${polyline(ring)}Z` : "";
  return radius > 0 ? circle(at, Math.max(0.1, radius)) : "";
}

/** Rings of places whose radius nobody gave. */
function rings(all: readonly Dot[], theme: Tokens): Element[] {
  return byLook(all.filter(({ radius }) => radius < 0)).flatMap(({ colour, inSpan, dots }) => {
    const stroke = colourOf(theme, colour);
    return path(
      together(dots, ({ at }) => circle(at, UNKNOWN_RADIUS_PX)),
      {
        class: `unknown ${spanClass(inSpan)}`,
        fill: stroke,
        "fill-opacity": inSpan ? 0.1 : 0,
        stroke,
        "stroke-opacity": inSpan ? 1 : 0.6,
        "stroke-width": 1.25,
        "stroke-dasharray": RING_DASH,
      },
    );
  });
}

function dots(all: readonly Dot[], theme: Tokens): Element[] {
  return byLook(all).flatMap(({ colour, inSpan, dots }) => {
    const stroke = colourOf(theme, colour);
    return path(
      together(dots, ({ at }) => circle(at, inSpan ? 3.25 : 3.1)),
      {
        class: `dot ${spanClass(inSpan)}`,
        fill: inSpan ? stroke : theme.sea,
        stroke,
        "stroke-width": inSpan ? 0.5 : 1.25,
      },
    );
  });
}

/** Rings about places with a SIM in which something stands out. */
function findings(all: readonly Dot[], theme: Tokens): Element[] {
  const colours = { notice: theme.dim, warning: theme.warning, critical: theme.bad };
  return severities.flatMap((severity) => {
    const dots = all.filter(({ spot }) => spot.place.finding === severity);
    return path(
      together(dots, ({ at }) => circle(at, 7.25)),
      {
        class: `finding ${severity}`,
        fill: "none",
        stroke: colours[severity],
        "stroke-width": 1.5,
      },
    );
  });
}

function group(
  { group: { spots, inSpan, colour }, at: [x, y], radius }: GroupMark,
  theme: Tokens,
  countText: (count: number) => string,
): Element {
  const width = inSpan > 0 ? 2.5 : 1;
  return make("g", { class: `group ${spanClass(inSpan > 0)}` }, [
    make("circle", {
      cx: x,
      cy: y,
      r: radius + width / 2,
      fill: theme.sea,
      stroke: colour === null ? theme.dim : colourOf(theme, colour),
      "stroke-width": width,
    }),
    make(
      "text",
      {
        x,
        y: y + 4,
        fill: inSpan > 0 ? theme.text : theme.dim,
        "text-anchor": "middle",
        "font-family": FONT,
        "font-size": TEXT_PX,
      },
      [countText(inSpan > 0 ? inSpan : spots.length)],
    ),
  ]);
}

function countryMark({ colour, at, label }: CountryMark, theme: Tokens): Element[] {
  const stroke = colourOf(theme, colour);
  return [
    ...path(circle(at, MARK_PX + 0.6), {
      class: "mark",
      fill: stroke,
      "fill-opacity": 0.08,
      stroke,
      "stroke-width": 1.25,
    }),
    ...(label ? [text(label, "mark-name", theme)] : []),
  ];
}

function text({ lines, anchor, at: [x, y] }: Label, name: string, theme: Tokens): Element {
  const rows = lines.map((line, index) => make("tspan", { x, y: y + index * LINE_PX }, [line]));
  const look: Attributes = {
    class: name,
    fill: theme.dim,
    stroke: theme.land,
    "stroke-width": 2.5,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
    "text-anchor": anchor,
    "font-family": FONT,
    "font-size": TEXT_PX,
  };
  return make("text", look, rows);
}

function track({ stretches, stops, last }: Scene, theme: Tokens): Element[] {
  const line = (kind: StretchKind): string => {
    const all = stretches.filter((stretch) => stretch.kind === kind);
    return all.map(({ from, to }) => polyline([from, to])).join("");
  };
  const arrows = stretches.filter((stretch) => stretch.arrow);
  const stroke = { fill: "none", stroke: theme.accent };
  return [
    ...path(line("gap"), {
      ...stroke,
      class: "track gap",
      "stroke-width": 1.25,
      "stroke-dasharray": "3.75 3.75",
      "stroke-opacity": 0.8,
    }),
    ...path(line("jump"), {
      ...stroke,
      stroke: theme.bad,
      class: "track jump",
      "stroke-width": 2,
      "stroke-dasharray": "0.2 5",
      "stroke-linecap": "round",
    }),
    ...path(line("leg"), {
      ...stroke,
      class: "track leg",
      "stroke-width": 1.75,
      "stroke-linecap": "round",
    }),
    ...path(arrows.map(({ from, to }) => arrow(from, to)).join(""), {
      ...stroke,
      class: "track arrow",
      "stroke-width": 1.75,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }),
    ...path(stops.map((at) => circle(at, 2)).join(""), { class: "track stop", fill: theme.accent }),
    ...path(last.map((at) => circle(at, 4.75)).join(""), {
      class: "track last",
      fill: theme.accent,
      stroke: theme.land,
      "stroke-width": 1.5,
    }),
  ];
}

/** The places of the selection, above all else. */
function chosen(all: readonly Dot[], theme: Tokens): Element[] {
  return [
    ...path(together(all, areaOf), {
      class: "chosen area",
      fill: theme.accent,
      "fill-opacity": 0.14,
      stroke: theme.accent,
      "stroke-width": 1.5,
    }),
    ...path(
      together(all, ({ at }) => circle(at, 7.25)),
      {
        class: "chosen halo",
        fill: theme.tint,
        "fill-opacity": 0.8,
        stroke: theme.accent,
        "stroke-width": 1.5,
      },
    ),
    ...byLook(all).flatMap(({ colour, inSpan, dots }) => {
      const stroke = colourOf(theme, colour);
      return path(
        together(dots, ({ at }) => circle(at, 4)),
        {
          class: `chosen dot ${spanClass(inSpan)}`,
          fill: inSpan ? stroke : theme.sea,
          stroke,
          "stroke-width": 1.25,
        },
      );
    }),
  ];
}

/** The area that Shift+drag has spanned. */
export function areaBox({ left, top, right, bottom }: Rect, theme: Tokens): Element {
  return make("rect", {
    class: "area-box",
    x: left,
    y: top,
    width: right - left,
    height: bottom - top,
    fill: theme.tint,
    "fill-opacity": 0.5,
    stroke: theme.accent,
  });
}
