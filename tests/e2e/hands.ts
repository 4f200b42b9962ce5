// Hands on the timeline: places of the canvas, the instants below them, and fingers.
import type { CDPSession } from "@playwright/test";
import { expect } from "./guard.ts";
import type { Scope } from "./scope.ts";

/** A place of the canvas, CSS pixels from its upper left corner. */
export interface Place {
  x: number;
  y: number;
}

export class Hands {
  readonly scope: Scope;
  #fingers: Promise<CDPSession> | undefined;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  /** Where the canvas lies on the page, inside its border. */
  async box(): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.scope.canvas.boundingBox();
    if (!box) throw new Error("the canvas is not on the page");
    return { x: box.x + 1, y: box.y, width: box.width - 1, height: box.height };
  }

  /** Moves the mouse to a place of the canvas. */
  async point({ x, y }: Place, steps = 1): Promise<void> {
    const box = await this.box();
    await this.scope.page.mouse.move(box.x + x, box.y + y, { steps });
  }

  /** Presses at one place and lets go at another. */
  async drag(from: Place, to: Place): Promise<void> {
    await this.point(from);
    await this.scope.page.mouse.down();
    await this.point(to, 6);
    await this.scope.page.mouse.up();
  }

  /** The instant below the pointer, as the axis says it: epoch milliseconds. */
  async time(place?: Place): Promise<number> {
    if (place) await this.point(place);
    const shown = this.scope.element.locator(".pointer-time");
    return Date.parse((await shown.getAttribute("datetime")) ?? "");
  }

  /** Milliseconds for a pixel. */
  async scale(): Promise<number> {
    const [a, b] = [await this.time({ x: 100, y: 60 }), await this.time({ x: 500, y: 60 })];
    return (b - a) / 400;
  }

  /** Edges of the chosen span, as the inspector says them: epoch milliseconds, to the second. */
  async span(): Promise<[number, number]> {
    const text = await this.scope.inspector.locator("p.dim").first().innerText();
    const [from = "", to = ""] = text.match(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g) ?? [];
    return [Date.parse(`${from.replace(" ", "T")}Z`), Date.parse(`${to.replace(" ", "T")}Z`)];
  }

  /** The span that the page was told of last, milliseconds since the epoch, once nothing more is told. */
  async chosen(): Promise<{ from: number | null; to: number | null }> {
    let last = await this.#told();
    for (;;) {
      await this.scope.page.waitForTimeout(200);
      const now = await this.#told();
      if (now.from === last.from && now.to === last.to) return now;
      last = now;
    }
  }

  #told(): Promise<{ from: number | null; to: number | null }> {
    return this.scope.page.evaluate(() => {
      const { lastChoice } = window as {
        lastChoice?: { span: { from: string; to: string } | null };
      };
      const at = (edge: string | undefined) => (edge === undefined ? null : Date.parse(edge));
      return { from: at(lastChoice?.span?.from), to: at(lastChoice?.span?.to) };
    });
  }

  /** Listens to what is chosen from now on. */
  async listen(): Promise<void> {
    await this.scope.element.evaluate((element) => {
      element.addEventListener("simscope-select", (event) => {
        Object.assign(window, { lastChoice: (event as CustomEvent).detail as unknown });
      });
    });
  }

  /** Puts fingers onto the canvas, moves them, or takes them off. */
  async touch(type: "touchStart" | "touchMove" | "touchEnd", places: Place[]): Promise<void> {
    const { page } = this.scope;
    const [fingers, box] = await Promise.all([
      (this.#fingers ??= page.context().newCDPSession(page)),
      this.box(),
    ]);
    const touchPoints = places.map(({ x, y }, id) => ({ x: box.x + x, y: box.y + y, id }));
    await fingers.send("Input.dispatchTouchEvent", { type, touchPoints });
  }

  /** A finger that comes and goes: at once, or a page that is busy in between would take it for a long press. */
  async tap(place: Place): Promise<void> {
    await Promise.all([this.touch("touchStart", [place]), this.touch("touchEnd", [])]);
  }

  /** Moves fingers in steps and leaves them down. */
  async slide(from: Place[], to: Place[], steps = 8): Promise<void> {
    for (let step = 1; step <= steps; step += 1) {
      const share = step / steps;
      const places = from.map(({ x, y }, at) => {
        const end = to[at] ?? { x, y };
        return { x: x + (end.x - x) * share, y: y + (end.y - y) * share };
      });
      await this.touch("touchMove", places);
      await this.scope.page.waitForTimeout(16);
    }
  }

  /** Waits until what is in view rests. */
  async rest(): Promise<void> {
    let last = "";
    await expect
      .poll(
        async () => {
          const now = JSON.stringify(await this.scope.window());
          const same = now === last;
          last = now;
          return same;
        },
        { intervals: [120] },
      )
      .toBe(true);
  }
}
