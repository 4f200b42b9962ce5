// The map as it is seen, as a PNG: with its scale and with the credits, which the licences of what it shows ask for wherever it goes.
import type { Size } from "./frame.ts";
import type { Tokens } from "./types.ts";

/** What surrounds the drawing and belongs to it. */
export interface Foot {
  readonly credits: string;
  readonly scale: { readonly text: string; readonly width: number };
}

export interface PictureParts {
  readonly size: Size;
  /** Pixels of the picture for one of the page. */
  readonly ratio: number;
  readonly theme: Tokens;
  readonly foot: Foot;
  /** Draws what is seen; one unit is one pixel of the page. */
  readonly draw: (context: CanvasRenderingContext2D) => void;
}

const FONT = "11px system-ui, sans-serif";
const LINE = 14;
const EDGE = 8;
const INSET = 4;

/** Rejects, with a message for the visitor, where no picture can be had. */
export async function takePicture(parts: PictureParts): Promise<Blob> {
  const { size, ratio, theme, foot, draw } = parts;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  const context = canvas.getContext("2d");
  if (!context) throw new Error(NO_CANVAS);
  context.scale(canvas.width / size.width, canvas.height / size.height);
  context.fillStyle = theme.sea;
  context.fillRect(0, 0, size.width, size.height);
  draw(context);
  drawFoot(context, size, theme, foot);
  try {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob) return blob;
  } catch (error) {
    throw error instanceof DOMException && error.name === "SecurityError"
      ? new Error(TAINTED)
      : error;
  }
  throw new Error(NO_CANVAS);
}

const NO_CANVAS =
  "This browser made no picture of it: it may be too large. Make the map smaller, and try again.";
const TAINTED =
  "The base map holds pictures that the page may not read. Set the built-in base map, and try again.";

function drawFoot(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  theme: Tokens,
  { credits, scale }: Foot,
): void {
  context.font = FONT;
  context.textBaseline = "middle";
  const bottom = height - INSET;
  const right = width - EDGE;
  const room = Math.max(80, right - scale.width - 12 - EDGE - 2 * INSET);
  const lines = wrapped(credits, room, (text) => context.measureText(text).width);
  const widest = Math.max(0, ...lines.map((line) => context.measureText(line).width));
  const top = bottom - lines.length * LINE - 2;
  veil(context, theme, [EDGE - INSET, top, widest + 2 * INSET, bottom - top]);
  context.fillStyle = theme.dim;
  lines.forEach((line, at) => context.fillText(line, EDGE, top + 1 + (at + 0.5) * LINE));
  if (scale.width === 0) return;
  const [left, upper] = [right - scale.width, bottom - LINE - 1];
  veil(context, theme, [left, upper, scale.width, bottom - upper]);
  context.strokeStyle = theme.dim;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left + 0.5, upper);
  context.lineTo(left + 0.5, bottom - 0.5);
  context.lineTo(right - 0.5, bottom - 0.5);
  context.lineTo(right - 0.5, upper);
  context.stroke();
  context.fillStyle = theme.dim;
  context.fillText(scale.text, left + INSET + 1, upper + LINE / 2, scale.width - 2 * INSET);
}

/** So that text can be read over anything. */
function veil(
  context: CanvasRenderingContext2D,
  theme: Tokens,
  rect: readonly [number, number, number, number],
): void {
  context.save();
  context.globalAlpha = 0.78;
  context.fillStyle = theme.sea;
  context.fillRect(...rect);
  context.restore();
}

/** Lines no wider than that, broken at spaces. */
export function wrapped(
  text: string,
  most: number,
  widthOf: (text: string) => number,
): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer) > most) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}
