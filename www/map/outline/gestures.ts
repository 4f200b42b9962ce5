// Hands on the outline: drag, pinch, wheel, double click, Shift+drag, keys. Says what is meant; moves nothing itself.
import type { XY } from "../clip.ts";
import { takes } from "../keys.ts";

export interface Handlers {
  /** A gesture begins: what moves by itself must stop. */
  grab(): void;
  pan(by: XY): void;
  /** Zooms by a number of levels, at once, keeping what is at a pixel there. */
  zoomBy(levels: number, about: XY): void;
  /** One step, smoothly. */
  step(levels: number, about: XY | null): void;
  stepPan(by: XY): void;
  fit(): void;
  /** The area that Shift+drag spans so far, and at its end. */
  span(from: XY, to: XY, isDone: boolean): void;
  giveUpSpan(): void;
  /** The pointer rests or moves with no button down; null: it left. */
  hover(at: XY | null): void;
  click(at: XY, isTouch: boolean): void;
}

/** A press that moves less is a click. */
const CLICK_PX = 3;
const TOUCH_CLICK_PX = 8;
const PAN_STEP_PX = 100;
/** Levels per pixel of a wheel's turn. A wheel with notches turns far at a time, a touchpad little by little. */
const WHEEL_LEVELS = 1 / 450;
const PAD_LEVELS = 1 / 100;
const NOTCH_PX = 4;
const LINE_PX = 40;

/** Listens until the signal. */
export function listen(surface: SVGSVGElement, handlers: Handlers, signal: AbortSignal): void {
  const pointers = new Pointers(surface, handlers);
  const on = <Name extends keyof SVGElementEventMap>(
    name: Name,
    act: (event: SVGElementEventMap[Name]) => void,
  ): void => surface.addEventListener(name, act, { signal, passive: false });
  on("pointerdown", (event) => pointers.down(event));
  on("pointermove", (event) => pointers.move(event));
  on("pointerup", (event) => pointers.up(event));
  on("pointercancel", (event) => pointers.cancel(event));
  on("pointerleave", () => handlers.hover(null));
  on("click", (event) => pointers.click(event));
  on("dblclick", (event) => {
    event.preventDefault();
    handlers.step(event.shiftKey ? -1 : 1, place(surface, event));
  });
  on("wheel", (event) => {
    event.preventDefault();
    const levels = wheelLevels(event);
    if (levels !== 0) handlers.zoomBy(levels, place(surface, event));
  });
  on("keydown", (event) => key(event, handlers));
}

function place(surface: Element, { clientX, clientY }: MouseEvent): XY {
  const { left, top } = surface.getBoundingClientRect();
  return [clientX - left, clientY - top];
}

function wheelLevels({ deltaY, deltaMode, shiftKey }: WheelEvent): number {
  const pixels = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? deltaY : deltaY * LINE_PX;
  const levels = -pixels * (Math.abs(pixels) > NOTCH_PX ? WHEEL_LEVELS : PAD_LEVELS);
  return Math.max(-2, Math.min(2, shiftKey ? levels / 4 : levels));
}

const ARROWS: Readonly<Record<string, XY>> = {
  ArrowLeft: [PAN_STEP_PX, 0],
  ArrowRight: [-PAN_STEP_PX, 0],
  ArrowUp: [0, PAN_STEP_PX],
  ArrowDown: [0, -PAN_STEP_PX],
};

function key(event: KeyboardEvent, handlers: Handlers): void {
  if (!takes(event)) return;
  // The element's own shortcuts must not act on it as well, and the page must not scroll.
  event.stopPropagation();
  event.preventDefault();
  const by = ARROWS[event.key];
  if (by) handlers.stepPan(by);
  else if (event.key === "0") handlers.fit();
  else handlers.step(event.key === "+" || event.key === "=" ? 1 : -1, null);
}

class Pointers {
  readonly #surface: SVGSVGElement;
  readonly #handlers: Handlers;
  readonly #down = new Map<number, XY>();
  /** Where the press began that may still become a click. */
  #pressed: XY | null = null;
  #spanFrom: XY | null = null;
  /** The click that follows the end of a drag is none. */
  #dragged = false;

  constructor(surface: SVGSVGElement, handlers: Handlers) {
    this.#surface = surface;
    this.#handlers = handlers;
  }

  down(event: PointerEvent): void {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    const at = place(this.#surface, event);
    this.#surface.setPointerCapture(event.pointerId);
    this.#down.set(event.pointerId, at);
    this.#handlers.grab();
    if (this.#down.size > 1) {
      this.#drag();
      this.#giveUpSpan();
      return;
    }
    this.#dragged = false;
    this.#pressed = at;
    if (event.shiftKey && event.pointerType === "mouse") this.#spanFrom = at;
  }

  move(event: PointerEvent): void {
    const at = place(this.#surface, event);
    const before = this.#down.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.#handlers.hover(at);
      return;
    }
    if (this.#pressed) {
      const slack = event.pointerType === "touch" ? TOUCH_CLICK_PX : CLICK_PX;
      if (distance(this.#pressed, at) <= slack) return;
      this.#drag();
    }
    const others = [...this.#down].filter(([id]) => id !== event.pointerId);
    this.#down.set(event.pointerId, at);
    const other = others[0]?.[1];
    if (this.#spanFrom) this.#handlers.span(this.#spanFrom, at, false);
    else if (other) this.#pinch(before, at, other);
    else this.#handlers.pan([at[0] - before[0], at[1] - before[1]]);
  }

  up(event: PointerEvent): void {
    this.#down.delete(event.pointerId);
    this.#pressed = null;
    const from = this.#spanFrom;
    this.#spanFrom = null;
    if (from && this.#dragged) this.#handlers.span(from, place(this.#surface, event), true);
  }

  cancel(event: PointerEvent): void {
    this.#down.delete(event.pointerId);
    this.#pressed = null;
    this.#giveUpSpan();
  }

  click(event: MouseEvent): void {
    if (this.#dragged) return;
    const isTouch = "pointerType" in event && event.pointerType === "touch";
    this.#handlers.click(place(this.#surface, event), isTouch);
  }

  #drag(): void {
    this.#pressed = null;
    this.#dragged = true;
    this.#handlers.hover(null);
  }

  #giveUpSpan(): void {
    if (!this.#spanFrom) return;
    this.#spanFrom = null;
    this.#handlers.giveUpSpan();
  }

  /** One finger moves while the other is where it was: the middle pans, the distance zooms. */
  #pinch(before: XY, at: XY, other: XY): void {
    const middle: XY = [(at[0] + other[0]) / 2, (at[1] + other[1]) / 2];
    this.#handlers.pan([(at[0] - before[0]) / 2, (at[1] - before[1]) / 2]);
    const [was, is] = [distance(before, other), distance(at, other)];
    if (was > 0 && is > 0) this.#handlers.zoomBy(Math.log2(is / was), middle);
  }
}

const distance = (a: XY, b: XY): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
