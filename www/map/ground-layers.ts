// How the base map and the marks of country-only positions look. Pure.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { BLANK } from "./icons.ts";
import { FONT, paletteColour } from "./look.ts";
import type { Tokens } from "./types.ts";

/**
 * Sea, land, coast, borders and names, which an own base map has of its own; countries that are marked (by their colour index) are
 * tinted and outlined over any.
 */
export function groundLayers(
  theme: Tokens,
  colours: ReadonlyMap<string, number>,
  overOwn: boolean,
): LayerSpecification[] {
  const visibility = overOwn ? "none" : "visible";
  const codes = [...colours.keys()];
  const tint = [
    "match",
    ["get", "code"],
    ...[...colours].flatMap(([code, colour]) => [code, theme.palette[colour] ?? theme.dim]),
    theme.land,
  ] as unknown as ExpressionSpecification;
  const marked: ExpressionSpecification = ["in", ["get", "code"], ["literal", codes]];
  return [
    {
      id: "sea",
      type: "background",
      layout: { visibility },
      paint: { "background-color": theme.sea },
    },
    {
      id: "land",
      type: "fill",
      source: "land",
      layout: { visibility },
      paint: { "fill-color": theme.land, "fill-antialias": false },
    },
    {
      id: "tint",
      type: "fill",
      source: "land",
      filter: marked,
      paint: {
        "fill-color": codes.length > 0 ? tint : theme.land,
        "fill-opacity": 0.13,
        "fill-antialias": false,
      },
    },
    {
      id: "lines",
      type: "line",
      source: "lines",
      layout: { "line-join": "round", "line-cap": "round", visibility },
      paint: {
        "line-color": theme.border,
        "line-width": ["interpolate", ["linear"], ["zoom"], 0, 0.5, 4, 0.9, 8, 1.2],
      },
    },
    {
      id: "outlines",
      type: "line",
      source: "outlines",
      layout: { "line-join": "round" },
      paint: { "line-color": paletteColour(theme), "line-width": 1, "line-opacity": 0.55 },
    },
    {
      id: "names",
      type: "symbol",
      source: "names",
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": 11,
        "text-max-width": 8,
        "text-padding": 6,
        "symbol-sort-key": ["get", "rank"],
        visibility,
      },
      paint: {
        "text-color": theme.dim,
        "text-halo-color": theme.land,
        "text-halo-width": 1.25,
      },
    },
  ];
}

/** A hollow ring at the country's point, with its name and "country only". */
export function markLayers(theme: Tokens, overOwn: boolean): LayerSpecification[] {
  // The anchor is the side of the text that touches the mark.
  const toTheRight = ["left", [1.1, 0]];
  const toTheLeft = ["right", [-1.1, 0]];
  const aboveAndBelow = ["top", [0, 1], "bottom", [0, -1]];
  return [
    {
      id: "mark",
      type: "circle",
      source: "marks",
      paint: {
        "circle-radius": 8,
        "circle-color": paletteColour(theme),
        "circle-opacity": 0.08,
        "circle-stroke-color": paletteColour(theme),
        "circle-stroke-width": 1.25,
      },
    },
    {
      id: "mark-room",
      type: "symbol",
      source: "marks",
      layout: { "icon-image": BLANK, "icon-allow-overlap": true, "icon-padding": 3 },
    },
    {
      id: "mark-name",
      type: "symbol",
      source: "marks",
      layout: {
        "text-field": [
          "format",
          ["get", "label"],
          {},
          "\n",
          {},
          "country only",
          { "font-scale": 0.9 },
        ],
        "text-font": FONT,
        "text-size": 11,
        "text-max-width": 16,
        "text-justify": "auto",
        // Left out, not put last: the library keeps a label where it was while that is still one of its places.
        "text-variable-anchor-offset": [
          "match",
          ["get", "side"],
          "left",
          ["literal", [...toTheLeft, "top-right", [0.7, 0.9], "bottom-right", [0.7, -0.9]]],
          "right",
          ["literal", [...toTheRight, "top-left", [-0.7, 0.9], "bottom-left", [-0.7, -0.9]]],
          ["literal", [...toTheRight, ...toTheLeft, ...aboveAndBelow]],
        ],
        "text-padding": 2,
      },
      paint: {
        // Anything may lie under it there.
        "text-color": overOwn ? theme.text : theme.dim,
        "text-halo-color": theme.land,
        "text-halo-width": overOwn ? 1.75 : 1.25,
      },
    },
  ];
}
