// A page whose clock runs fast. The pace that is kept to, waits before another try and rounds of watching are all of the page's own
// clock: with it they take a test less time, and nothing about them is changed.
import type { Page } from "../guard.ts";

/** How much faster. An answer is given up after 30 seconds of the page, so it must not be much more. */
export const speed = 10;

/** Makes the clock of every page that is opened from now on run fast: `Date` and timers. Workers keep their own. */
export const hurry = (page: Page): Promise<unknown> =>
  page.addInitScript((speed) => {
    const begun = Date.now();
    const RealDate = Date;
    const now = () => Math.floor(begun + (RealDate.now() - begun) * speed);
    class FastDate extends RealDate {
      static override now = now;
      constructor(...given: []) {
        // Called with or without arguments, as any date is.
        super(...(given.length === 0 ? ([now()] as unknown as []) : given));
      }
    }
    globalThis.Date = FastDate as DateConstructor;
    const setTimer = globalThis.setTimeout;
    const fast = (work: TimerHandler, ms = 0, ...rest: unknown[]) =>
      setTimer(work, ms / speed, ...rest);
    globalThis.setTimeout = fast as typeof setTimeout;
  }, speed);
