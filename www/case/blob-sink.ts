// Gathers a stream into a `Blob`. It never holds more than a few megabytes itself, and lets the page do other things meanwhile.

/** What is handed to the browser at once, which may keep it on disk. */
const bytesPerPart = 8 * 1024 ** 2;
/** How long is worked at a stretch, milliseconds. */
const stretch = 16;

/** There came more than the sink takes. */
export class SinkFull extends Error {}

/** Leaves the page to itself where it has had no turn for a while. */
export class Turns {
  #since = performance.now();

  /** Null where it may go on at once: then nothing is to be waited for. */
  next(): Promise<void> | null {
    if (performance.now() - this.#since < stretch) return null;
    return new Promise((resolve) => {
      setTimeout(() => {
        this.#since = performance.now();
        resolve();
      });
    });
  }
}

export class BlobSink {
  /** Where the stream goes. It fails with `SinkFull` when there comes more than `most` bytes. */
  readonly writable: WritableStream<Uint8Array<ArrayBuffer>>;
  #parts: Blob[] = [];
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #held = 0;
  #size = 0;

  constructor(most: number, turns: Turns) {
    this.writable = new WritableStream({
      write: async (piece) => {
        this.#size += piece.length;
        if (this.#size > most) throw new SinkFull();
        this.#pieces.push(piece);
        this.#held += piece.length;
        if (this.#held >= bytesPerPart) this.#flush();
        await turns.next();
      },
    });
  }

  #flush(): void {
    this.#parts.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#held = 0;
  }

  /** What came, once all has. */
  blob(type = ""): Blob {
    this.#flush();
    return new Blob(this.#parts, { type });
  }
}
