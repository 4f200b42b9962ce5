// How places, their circles, clusters, the track and the selection look. Pure.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { LARGE_CIRCLE_PX } from "./features.ts";
import { ARROW, BLANK } from "./icons.ts";
import { colourIndex, FONT, paletteColour } from "./look.ts";
import type { Tokens } from "./types.ts";

const CLUSTERED: ExpressionSpecification = ["has", "point_count"];
const SINGLE: ExpressionSpecification = ["!", ["has", "point_count"]];
const UNKNOWN_RADIUS: ExpressionSpecification = ["all", SINGLE, ["<", ["get", "r"], 0]];
/** Circles small enough to be drawn about their point; `r` doubles with each zoom. */
const SMALL_CIRCLE: ExpressionSpecification = [
  "all",
  SINGLE,
  [">=", ["get", "r"], 0],
  ["<", ["*", ["get", "r"], ["^", 2, ["zoom"]]], LARGE_CIRCLE_PX],
];
/** A length in pixels at zoom 0 at the zoom of the moment. */
const METRES: ExpressionSpecification = [
  "interpolate",
  ["exponential", 2],
  ["zoom"],
  0,
  ["get", "r"],
  24,
  ["*", ["get", "r"], 2 ** 24],
];
const part = (name: string): ExpressionSpecification => ["==", ["get", "part"], name];
/** Inside the selected span things are filled, outside of it hollow. */
const inSpan = <T>(yes: T, no: T): ExpressionSpecification =>
  ["case", ["==", ["get", "s"], 1], yes, no] as ExpressionSpecification;

/** The colour that most of a cluster's places in the span have; dim where none is in it. */
function clusterColour(theme: Tokens, slots: readonly number[]): ExpressionSpecification | string {
  if (slots.length === 0) return theme.dim;
  const counts = slots.map((_, slot): ExpressionSpecification => ["get", `k${slot}`]);
  const most = ["max", ...counts];
  const branches = slots.flatMap((colour, slot) => [
    ["==", ["get", `k${slot}`], most],
    theme.palette[colour] ?? theme.dim,
  ]);
  return [
    "case",
    ["==", most, 0],
    theme.dim,
    ...branches,
    theme.dim,
  ] as unknown as ExpressionSpecification;
}

function clusterText(locale: string): ExpressionSpecification {
  const count: ExpressionSpecification = [
    "case",
    [">", ["get", "n"], 0],
    ["get", "n"],
    ["get", "point_count"],
  ];
  return [
    "case",
    ["<", count, 10_000],
    ["number-format", count, { locale }],
    ["concat", ["number-format", ["round", ["/", count, 1000]], { locale }], "k"],
  ];
}

/** The selected SIM's way in time order, gaps dashed, jumps dotted in the colour of what is wrong. */
export function trackLayers(theme: Tokens): LayerSpecification[] {
  return [
    {
      id: "track-gap",
      type: "line",
      source: "track",
      filter: part("gap"),
      paint: {
        "line-color": theme.accent,
        "line-width": 1.25,
        "line-dasharray": [3, 3],
        "line-opacity": 0.8,
      },
    },
    {
      id: "track-leg",
      type: "line",
      source: "track",
      filter: part("leg"),
      layout: { "line-cap": "round" },
      paint: { "line-color": theme.accent, "line-width": 1.75 },
    },
    {
      id: "track-jump",
      type: "line",
      source: "track",
      filter: part("jump"),
      layout: { "line-cap": "round" },
      paint: { "line-color": theme.bad, "line-width": 2, "line-dasharray": [0.1, 2.5] },
    },
    {
      id: "track-arrow",
      type: "symbol",
      source: "track",
      filter: ["any", part("leg"), part("gap"), part("jump")],
      layout: {
        "symbol-placement": "line-center",
        "icon-image": ARROW,
        "icon-padding": 6,
        "icon-rotation-alignment": "map",
      },
    },
    {
      id: "track-stop",
      type: "circle",
      source: "track",
      filter: ["any", part("stop"), part("last")],
      paint: {
        "circle-radius": ["case", ["==", ["get", "part"], "last"], 4, 2],
        "circle-color": theme.accent,
        "circle-stroke-color": theme.land,
        "circle-stroke-width": ["case", ["==", ["get", "part"], "last"], 1.5, 0],
      },
    },
  ];
}

/** Circles of known radius: large ones from their own source, small ones about their points. */
export function areaLayers(theme: Tokens): LayerSpecification[] {
  const colour = paletteColour(theme);
  return [
    {
      id: "area",
      type: "fill",
      source: "areas",
      paint: { "fill-color": colour, "fill-opacity": inSpan(0.12, 0), "fill-antialias": false },
    },
    {
      id: "area-line",
      type: "line",
      source: "areas",
      paint: { "line-color": colour, "line-width": 1, "line-opacity": inSpan(0.9, 0.5) },
    },
    {
      id: "place-circle",
      type: "circle",
      source: "places",
      filter: SMALL_CIRCLE,
      paint: {
        "circle-radius": METRES,
        "circle-color": colour,
        "circle-opacity": inSpan(0.2, 0),
        "circle-stroke-color": colour,
        "circle-stroke-width": 1,
        "circle-stroke-opacity": inSpan(0.9, 0.5),
      },
    },
  ];
}

/** Single places and clusters. */
export function placeLayers(
  theme: Tokens,
  colours: readonly number[],
  locale: string,
): LayerSpecification[] {
  const colour = paletteColour(theme);
  return [
    {
      id: "place-unknown",
      type: "symbol",
      source: "places",
      filter: UNKNOWN_RADIUS,
      layout: {
        "icon-image": [
          "concat",
          "unknown-",
          ["to-string", colourIndex(theme)],
          "-",
          ["to-string", ["get", "s"]],
        ],
        "icon-allow-overlap": true,
        "icon-padding": 0,
      },
    },
    {
      // Circles do not keep names away; an invisible mark about them does.
      id: "place-room",
      type: "symbol",
      source: "places",
      filter: SINGLE,
      layout: { "icon-image": BLANK, "icon-allow-overlap": true, "icon-padding": 0 },
    },
    {
      id: "place-dot",
      type: "circle",
      source: "places",
      filter: SINGLE,
      paint: {
        "circle-radius": inSpan(3, 2.5),
        "circle-color": inSpan(colour, theme.sea as unknown as ExpressionSpecification),
        "circle-stroke-color": colour,
        "circle-stroke-width": inSpan(0.5, 1.25),
      },
    },
    {
      // About a place with a SIM in which something stands out.
      id: "place-finding",
      type: "circle",
      source: "places",
      filter: ["all", SINGLE, [">", ["get", "f"], 0]],
      paint: {
        "circle-radius": 6.5,
        "circle-opacity": 0,
        "circle-stroke-color": ["match", ["get", "f"], 3, theme.bad, 2, theme.warning, theme.dim],
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "cluster",
      type: "circle",
      source: "places",
      filter: CLUSTERED,
      paint: {
        "circle-radius": ["step", ["get", "point_count"], 9.5, 100, 12, 1000, 17, 10_000, 13],
        "circle-color": theme.sea,
        "circle-stroke-color": clusterColour(theme, colours),
        "circle-stroke-width": ["case", [">", ["get", "n"], 0], 2.5, 1],
      },
    },
    {
      id: "cluster-count",
      type: "symbol",
      source: "places",
      filter: CLUSTERED,
      layout: {
        "text-field": clusterText(locale),
        "text-font": FONT,
        "text-size": 11,
        "text-allow-overlap": true,
        "text-padding": 5,
      },
      paint: { "text-color": ["case", [">", ["get", "n"], 0], theme.text, theme.dim] },
    },
  ];
}

/** The places of the selection, above all else. */
export function chosenLayers(theme: Tokens): LayerSpecification[] {
  const colour = paletteColour(theme);
  return [
    {
      id: "chosen-area",
      type: "fill",
      source: "chosen-areas",
      paint: { "fill-color": theme.accent, "fill-opacity": 0.14, "fill-antialias": false },
    },
    {
      id: "chosen-area-line",
      type: "line",
      source: "chosen-areas",
      paint: { "line-color": theme.accent, "line-width": 1.5 },
    },
    {
      id: "chosen-halo",
      type: "circle",
      source: "chosen",
      paint: {
        "circle-radius": 6.5,
        "circle-color": theme.tint,
        "circle-opacity": 0.8,
        "circle-stroke-color": theme.accent,
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "chosen-dot",
      type: "circle",
      source: "chosen",
      paint: {
        "circle-radius": 3.5,
        "circle-color": inSpan(colour, theme.sea as unknown as ExpressionSpecification),
        "circle-stroke-color": colour,
        "circle-stroke-width": 1.25,
      },
    },
  ];
}
