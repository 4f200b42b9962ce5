// When a canvas's picture is there: what is drawn is only queued at first, and a page that shows it too early waits for it. And a
// copy of it, which can be had only while it is drawn.
import type { Map as LibreMap } from "maplibre-gl";

const ASK_AGAIN_MS = 20;

/** Resolves when all that was drawn on a WebGL 2 canvas until now is painted, or cannot be any more. */
export async function painted(canvas: HTMLCanvasElement): Promise<void> {
  // The one that the canvas has already.
  const gl = canvas.getContext("webgl2");
  const fence = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!gl || !fence) return;
  gl.flush();
  while (!gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  gl.deleteSync(fence);
}

/** Draws a map anew and copies it, before the browser takes the picture out of its canvas. */
export function copyPainted(
  map: LibreMap,
  to: CanvasRenderingContext2D,
  width: number,
  height: number,
): void {
  let isThere = false;
  const copying = map.on("render", () => {
    to.drawImage(map.getCanvas(), 0, 0, width, height);
    isThere = true;
  });
  map.redraw();
  copying.unsubscribe();
  if (!isThere) {
    throw new Error(
      "The map's graphics device is away for the moment. Try again in a few seconds.",
    );
  }
}
