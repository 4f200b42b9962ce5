// When a canvas's picture is there: what is drawn is only queued at first, and a page that shows it too early waits for it.
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
