// Engine and painter on one thread: what a visitor's move sets off, from the command to the pixels, in one call.
import appCss from "../../www/app.css";
import css from "../../www/simscope.css";
import {
  startEngine,
  startViews,
  type BenchEngine,
  type BenchPainter,
  type Weigh,
} from "./core.ts";
import { freshCanvas, readBack, type Size } from "./timing.ts";

/** Lanes on screen: 100 in 700 pixels. */
const rowPx = 7;
/** After so many calls without the answer that was asked for, there is something wrong. */
const mostSteps = 100;

/** Milliseconds of the parts of one frame. */
export interface Phases {
  /** The command written by the page and read by the engine. */
  ask: number;
  /** The frame built. */
  build: number;
  /** Written by the engine, and read by the page. */
  cross: number;
  /** The pixels composed and put, text included, and read back. */
  paint: number;
}

/** An element in the colours of the page. */
export function styled(): HTMLElement {
  const host = document.createElement("div");
  document.head.append(host);
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [css, appCss].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  const root = document.createElement("div");
  root.className = "simscope";
  shadow.append(root);
  return root;
}

export class Rig {
  readonly canvas: HTMLCanvasElement;
  readonly engine: BenchEngine;
  readonly painter: BenchPainter;
  /** Bytes of the engine's memory. */
  readonly weigh: Weigh;

  private constructor(
    canvas: HTMLCanvasElement,
    engine: BenchEngine,
    painter: BenchPainter,
    weigh: Weigh,
  ) {
    this.canvas = canvas;
    this.engine = engine;
    this.painter = painter;
    this.weigh = weigh;
  }

  static async start(size: Size): Promise<Rig> {
    const { module, weigh } = await startEngine();
    const views = await startViews();
    const canvas = freshCanvas(size);
    const painter = new views.BenchPainter(canvas, styled());
    const rig = new Rig(canvas, new module.Engine(), painter, weigh);
    rig.set("");
    return rig;
  }

  /** Reads one document, in the pieces that it comes in. Milliseconds in the engine. */
  load(document: number, pieces: Iterable<string>): number {
    const encoder = new TextEncoder();
    let spent = 0;
    const measured = (work: () => void) => {
      const begun = performance.now();
      work();
      spent += performance.now() - begun;
    };
    this.engine.begin(document, JSON.stringify({ name: `fleet-${document}.json` }));
    for (const piece of pieces) {
      const bytes = encoder.encode(piece);
      measured(() => this.engine.push(document, bytes));
    }
    measured(() => this.engine.finish(document));
    return spent;
  }

  /** Answers everything that waits. */
  settle(): void {
    while (this.engine.step(1000, Date.now())) this.drain();
    this.drain();
  }

  /** The settings with a filter line. */
  set(filter: string): void {
    this.engine.command(this.painter.settings(rowPx, filter));
  }

  /** Takes all that the engine has to say. */
  drain(): void {
    for (let next = this.engine.take(); next; next = this.engine.take()) {
      this.painter.take(next.body, next.buffers);
    }
  }

  /** Gives the engine time, one view at once, until the answer is there. */
  answered(what: "frame" | "fleet"): { build: number; cross: number } {
    const spent = { build: 0, cross: 0 };
    for (let step = 0; step < mostSteps; step += 1) {
      const begun = performance.now();
      this.engine.step(-1, Date.now());
      const built = performance.now();
      let found = false;
      for (let next = this.engine.take(); next; next = this.engine.take()) {
        found ||= this.painter.take(next.body, next.buffers) === what;
      }
      spent.build += built - begun;
      spent.cross += performance.now() - built;
      if (found) return spent;
    }
    throw new Error(`the engine does not answer with a ${what}`);
  }

  /** A frame of the lanes. With `words: false` without labels and notes, to tell what they cost. */
  frame(from: number, to: number, { words = true, top = 0 } = {}): Phases {
    const begun = performance.now();
    this.engine.command(this.painter.timeline(from, to, top));
    const asked = performance.now();
    const spent = this.answered("frame");
    if (!words) this.painter.drop_labels();
    const painting = performance.now();
    this.painter.paint(from, to, top);
    readBack(this.canvas);
    return { ask: asked - begun, ...spent, paint: performance.now() - painting };
  }

  /** A picture of all lanes at once. */
  fleet(from: number, to: number): Phases {
    const begun = performance.now();
    this.engine.command(this.painter.fleet(from, to));
    const asked = performance.now();
    const spent = this.answered("fleet");
    const painting = performance.now();
    this.painter.paint_fleet(from, to);
    readBack(this.canvas);
    return { ask: asked - begun, ...spent, paint: performance.now() - painting };
  }

  free(): void {
    this.engine.free();
    this.painter.free();
  }
}
