// The same frames with the engine in a worker: from the command to the pixels in the animation frame after the answer.
import type { Outgoing } from "simscope-core";
import { startViews, type BenchPainter } from "./core.ts";
import { windowOf } from "./fleet.mjs";
import type { Load } from "./frames.ts";
import { styled } from "./rig.ts";
import { freshCanvas, nextFrame, readBack, type Size } from "./timing.ts";

const panPx = 7;
const warmUp = 32;

export interface WorkerTimings {
  /** Milliseconds from the command until its answer is at hand. */
  answered: number[];
  /** Milliseconds from the command until the answer is painted, in the next animation frame. */
  painted: number[];
}

/** Resolves when a message came that `wanted` says yes to. */
function message(worker: Worker, wanted: (data: unknown) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => {
      if (wanted(data)) resolve();
    };
  });
}

export async function throughWorker(
  load: Load,
  { size, frames, rowPx }: { size: Size; frames: number; rowPx: number },
): Promise<WorkerTimings> {
  const views = await startViews();
  const canvas = freshCanvas(size);
  const painter: BenchPainter = new views.BenchPainter(canvas, styled());
  const worker = new Worker("worker.js", { type: "module" });
  const isFrame = (data: unknown) => {
    const { body, buffers } = data as Outgoing;
    return painter.take(body, buffers) === "frame";
  };
  const loaded = message(worker, (data) => data === "loaded");
  worker.postMessage(load);
  await loaded;

  const window = windowOf(load, size.width);
  const msPerPx = (window.to - window.from) / size.width;
  const timings: WorkerTimings = { answered: [], painted: [] };
  worker.postMessage(painter.settings(rowPx, ""));
  for (let frame = -warmUp; frame < frames; frame += 1) {
    await nextFrame();
    const shift = (frame + warmUp) * panPx * msPerPx;
    const [from, to] = [window.from + shift, window.to + shift];
    const found = message(worker, isFrame);
    const begun = performance.now();
    worker.postMessage(painter.timeline(from, to, 0));
    await found;
    const answered = performance.now() - begun;
    await nextFrame();
    painter.paint(from, to, 0);
    readBack(canvas);
    const painted = performance.now() - begun;
    if (frame < 0) continue;
    timings.answered.push(answered);
    timings.painted.push(painted);
  }
  worker.terminate();
  painter.free();
  return timings;
}
