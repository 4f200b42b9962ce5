// Marks that the map library cannot draw by itself: the dashed ring of a place without a radius, the arrow on a track.
// Drawn into canvases of our own, so nothing is fetched.
import type { Map as LibreMap } from "maplibre-gl";
import type { Tokens } from "./types.ts";

const RATIO = 2;

/** Image name of a place whose radius is unknown. */
export const unknownRing = (colour: number, inSpan: boolean): string =>
  `unknown-${colour}-${inSpan ? 1 : 0}`;
export const ARROW = "arrow";
/** Nothing, but as large as a dot: keeps names away. */
export const BLANK = "blank";

/** Diameter of the ring of unknown radius in CSS pixels. */
export const UNKNOWN_PX = 24;

function draw(size: number, paint: (context: CanvasRenderingContext2D) => void): ImageData | null {
  const canvas = document.createElement("canvas");
  canvas.width = size * RATIO;
  canvas.height = size * RATIO;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.scale(RATIO, RATIO);
  paint(context);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function ring(colour: string, inSpan: boolean): ImageData | null {
  return draw(UNKNOWN_PX, (context) => {
    const middle = UNKNOWN_PX / 2;
    const radius = middle - 1.5;
    context.beginPath();
    context.arc(middle, middle, radius, 0, 2 * Math.PI);
    if (inSpan) {
      context.fillStyle = colour;
      context.globalAlpha = 0.1;
      context.fill();
    }
    context.globalAlpha = inSpan ? 1 : 0.6;
    context.strokeStyle = colour;
    context.lineWidth = 1.25;
    // A whole number of dashes, so that the ring closes evenly.
    const dash = (2 * Math.PI * radius) / 24;
    context.setLineDash([dash, dash]);
    context.stroke();
  });
}

function arrow(colour: string): ImageData | null {
  return draw(12, (context) => {
    context.strokeStyle = colour;
    context.lineWidth = 1.75;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.beginPath();
    context.moveTo(4, 2.5);
    context.lineTo(8, 6);
    context.lineTo(4, 9.5);
    context.stroke();
  });
}

/** Adds all images to the map, or replaces them after a change of theme. */
export function putImages(map: LibreMap, theme: Tokens): void {
  const put = (name: string, image: ImageData | null): void => {
    if (!image) return;
    if (map.hasImage(name)) map.updateImage(name, image);
    else map.addImage(name, image, { pixelRatio: RATIO });
  };
  theme.palette.forEach((colour, index) => {
    put(unknownRing(index, true), ring(colour, true));
    put(unknownRing(index, false), ring(colour, false));
  });
  put(ARROW, arrow(theme.accent));
  put(
    BLANK,
    draw(10, () => undefined),
  );
}
