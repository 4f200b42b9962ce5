// Where text goes so that nothing overlaps: what comes first keeps its place, what has none is left out. Pure but for the measuring of text.
import type { XY } from "../clip.ts";

export const TEXT_PX = 11;
export const LINE_PX = 13;

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const about = ([x, y]: XY, half: number): Rect => ({
  left: x - half,
  right: x + half,
  top: y - half,
  bottom: y + half,
});

/** Squares of the plane that rectangles are looked up by. */
const CELL_PX = 64;

/** What is taken already. */
export class Room {
  readonly #cells = new Map<string, Rect[]>();

  take(rect: Rect): void {
    for (const key of keys(rect)) {
      const cell = this.#cells.get(key);
      if (cell) cell.push(rect);
      else this.#cells.set(key, [rect]);
    }
  }

  isFree(rect: Rect): boolean {
    return keys(rect).every((key) =>
      (this.#cells.get(key) ?? []).every(
        (other) =>
          rect.right <= other.left ||
          rect.left >= other.right ||
          rect.bottom <= other.top ||
          rect.top >= other.bottom,
      ),
    );
  }
}

function keys({ left, top, right, bottom }: Rect): string[] {
  const found: string[] = [];
  for (let x = Math.floor(left / CELL_PX); x <= right / CELL_PX; x += 1) {
    for (let y = Math.floor(top / CELL_PX); y <= bottom / CELL_PX; y += 1) found.push(`${x} ${y}`);
  }
  return found;
}

/** Lines of whole words, none wider than `most` where words let it. */
export function wrap(text: string, most: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widthOf(longer) <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Width of text as it will be drawn; a guess where nothing can measure it. */
export function measurer(font: string): (text: string) => number {
  const context = document.createElement("canvas").getContext("2d");
  if (context) context.font = font;
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text) ?? context?.measureText(text).width ?? text.length * 6;
    known.set(text, width);
    return width;
  };
}
