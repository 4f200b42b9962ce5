// Work that can wait, a piece in each task: a map has much to hand to its library at once, and none of it may hold up the
// page. No map library, no DOM.

/** Resolves in a task of its own, after what waits already: hands, frames, messages. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

export class Turns {
  readonly #waiting = new Map<string, () => void>();
  readonly #failed: (error: unknown) => void;
  readonly #rested: () => void;
  #running: Promise<void> | undefined;

  /** `failed` hears what a piece throws; those after it are done all the same. `rested` hears when none is left. */
  constructor(failed: (error: unknown) => void, rested: () => void) {
    this.#failed = failed;
    this.#rested = rested;
  }

  /** Whether anything waits. */
  get isBusy(): boolean {
    return this.#waiting.size > 0;
  }

  /** Whether something waits under that name. */
  has(name: string): boolean {
    return this.#waiting.has(name);
  }

  /** Does it in its turn, in place of what waits under that name. */
  add(name: string, work: () => void): void {
    this.#waiting.set(name, work);
    this.#running ??= this.#run();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#waiting.clear();
  }

  async #run(): Promise<void> {
    while (this.#waiting.size > 0) {
      await nextTask();
      const next = this.#waiting.entries().next();
      if (next.done) break;
      const [name, work] = next.value;
      this.#waiting.delete(name);
      try {
        work();
      } catch (error) {
        this.#failed(error);
      }
    }
    this.#running = undefined;
    this.#rested();
  }
}
