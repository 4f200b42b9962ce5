// Timing, the same for every part.

/** With a collected heap. */
export function collected(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

/** Milliseconds that some work takes, with a collected heap before. */
export function time(work: () => void): number {
  collected();
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** Lets the browser show what was painted; frames follow each other as they do on a screen. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Asks for a pixel, so that work that the canvas has put off is part of the time. */
export function readBack(canvas: HTMLCanvasElement): void {
  canvas.getContext("2d")?.getImageData(0, 0, 1, 1);
}

export interface Size {
  width: number;
  height: number;
}

/** An empty canvas on the page, and nothing else. */
export function freshCanvas({ width, height }: Size): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  document.body.replaceChildren(canvas);
  return canvas;
}

/** Milliseconds of each frame of `paint`, after some that do not count. */
export async function framesOf(
  frames: number,
  warmUp: number,
  paint: (frame: number) => void,
): Promise<number[]> {
  collected();
  const times: number[] = [];
  for (let frame = -warmUp; frame < frames; frame += 1) {
    await nextFrame();
    const begun = performance.now();
    paint(frame + warmUp);
    if (frame >= 0) times.push(performance.now() - begun);
  }
  return times;
}

/** The same pixels as the canvas holds, put again and again: what a canvas of that size costs at least. */
export async function bare(size: Size, frames: number): Promise<number[]> {
  const canvas = freshCanvas(size);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the canvas has no 2d context");
  const pixels = Uint32Array.from({ length: size.width * size.height }, (_, at) => {
    // Opaque, and no two neighbours alike.
    return 0xff00_0000 + ((at * 2_654_435) & 0xff_ffff);
  });
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), size.width, size.height);
  return framesOf(frames, 10, (frame) => {
    // One pixel differs, so that no frame is the one before.
    pixels[frame] = 0xff00_0000 + frame;
    context.putImageData(image, 0, 0);
    readBack(canvas);
  });
}
