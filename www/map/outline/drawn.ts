// What was drawn for one view, moved and stretched until it is drawn anew for another. Pure.
import type { XY } from "../clip.ts";
import type { Size } from "../frame.ts";
import type { Projection } from "./projection.ts";

/** What was drawn, and for which view. */
export interface Drawn {
  readonly projection: Projection;
  readonly margin: XY;
}

/** So much beside the view is drawn that a movement does not show its edge at once. */
export const marginOf = ({ width, height }: Size): XY => [
  Math.max(160, width / 2),
  Math.max(160, height / 2),
];

/** Whether what was drawn still fills the view when it is moved, and stretched no more than so much. */
export function covers({ projection, margin }: Drawn, now: Projection, stretch: number): boolean {
  if (projection.size !== now.size) return false;
  const scale = now.world / projection.world;
  if (scale > stretch || scale < 1 / stretch) return false;
  const [drawn, seen] = [projection.box(margin), now.box()];
  return (
    drawn.left <= seen.left &&
    drawn.right >= seen.right &&
    drawn.top <= seen.top &&
    drawn.bottom >= seen.bottom
  );
}

/** How far what was drawn has moved. */
export function offset(drawn: Projection, now: Projection): XY {
  return [(drawn.x - now.x) * now.world, (drawn.y - now.y) * now.world];
}

/** The transform that puts what was drawn where it belongs now. */
export function shift(drawn: Projection, now: Projection): string {
  const scale = now.world / drawn.world;
  const [dx, dy] = offset(drawn, now);
  const { width, height } = now.size;
  const x = dx + (width / 2) * (1 - scale);
  const y = dy + (height / 2) * (1 - scale);
  return `translate(${x} ${y}) scale(${scale})`;
}
