// One movement at a time, from frame to frame.
const easeOut = (share: number): number => 1 - (1 - share) ** 3;

export class Motion {
  #frame = 0;

  get isRunning(): boolean {
    return this.#frame !== 0;
  }

  /** Calls with the share of the way until it is 1. At once where the visitor wants nothing to move. */
  start(duration_ms: number, apply: (share: number) => void): void {
    this.stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      apply(1);
      return;
    }
    const began = performance.now();
    const step = (now: number): void => {
      const share = Math.min(1, Math.max(0, (now - began) / duration_ms));
      this.#frame = share < 1 ? requestAnimationFrame(step) : 0;
      apply(easeOut(share));
    };
    this.#frame = requestAnimationFrame(step);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
