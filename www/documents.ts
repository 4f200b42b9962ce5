// The documents that were opened, as Blobs outside the engine's memory, so that every record's own text stays at hand.

/** How much decompressed text is held in pieces before the browser may move it out of memory. */
const foldBytes = 16 * 1024 * 1024;

/** The text of a document: a Blob that is complete, or that grows piece by piece. */
export class Growing {
  #whole: Blob;
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  #loose = 0;

  constructor(blob: Blob) {
    this.#whole = blob;
  }

  append(bytes: Uint8Array<ArrayBuffer>): void {
    this.#pieces.push(bytes);
    this.#loose += bytes.length;
    if (this.#loose >= foldBytes) this.#fold();
  }

  blob(): Blob {
    this.#fold();
    return this.#whole;
  }

  #fold(): void {
    if (this.#loose === 0) return;
    this.#whole = new Blob([this.#whole, ...this.#pieces]);
    this.#pieces = [];
    this.#loose = 0;
  }
}

export class Documents {
  readonly #kept = new Map<number, Growing>();

  /** Keeps a document; a growing one starts as an empty Blob. */
  keep(document: number, blob: Blob): void {
    this.#kept.set(document, new Growing(blob));
  }

  /** Adds bytes to a growing document. Nothing happens when it was closed meanwhile. */
  append(document: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#kept.get(document)?.append(bytes);
  }

  close(document: number): void {
    this.#kept.delete(document);
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
  }

  /** The documents in the order in which they were kept, unpacked. */
  all(): [number, Blob][] {
    return [...this.#kept].map(([document, kept]) => [document, kept.blob()]);
  }

  /** All of the text; null when the document is not kept. */
  async whole(document: number): Promise<string | null> {
    return (await this.#kept.get(document)?.blob().text()) ?? null;
  }

  /** The text at `offset`, `length` bytes long; null when the document is not kept or is shorter. */
  async text(document: number, offset: number, length: number): Promise<string | null> {
    const blob = this.#kept.get(document)?.blob();
    if (!blob || offset < 0 || offset + length > blob.size) return null;
    return blob.slice(offset, offset + length).text();
  }
}
