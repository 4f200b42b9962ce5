// What the layers have in common: the face of the text, and colours that features choose by index. Pure.
import type { ExpressionSpecification } from "maplibre-gl";
import type { Tokens } from "./types.ts";

/** CSS font families: text is drawn by the browser, there is no glyph server. */
export const FONT = ["system-ui", "sans-serif"];

/** A feature's colour index, kept within the palette. */
export const colourIndex = (theme: Tokens): ExpressionSpecification => [
  "min",
  ["get", "c"],
  Math.max(0, theme.palette.length - 1),
];

/** The colour of a feature's index `c`. */
export function paletteColour(theme: Tokens): ExpressionSpecification {
  const palette = theme.palette.length > 0 ? [...theme.palette] : [theme.dim];
  return ["to-color", ["at", colourIndex(theme), ["literal", palette]]];
}
