// Unpacks gzip with the browser's own decompressor. That one stops at the end of the first member and calls what follows
// junk; a file may well hold several members (`cat a.gz b.gz`, block compressors), so they are told apart here.

type Pieces = AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>;

/** How many possible ends of one member are tried: a false one turns up about once in 100 MB. */
const endsTried = 8;

/** The file is damaged or cut off; what comes before that was handed out. */
export class DamagedGzip extends Error {}

/** The bytes of a stream, piece by piece; leaving the loop cancels it. */
export async function* piecesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Pieces {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // A stream that failed cannot be cancelled any more; its failure is already on its way to the caller.
    await reader.cancel().catch(() => undefined);
  }
}

/** Positions after `start` where the bytes look like a member's header. */
async function memberStarts(blob: Blob, start: number): Promise<number[]> {
  const found: number[] = [];
  let held = new Uint8Array(0);
  let base = start;
  for await (const piece of piecesOf(blob.slice(start).stream())) {
    const bytes = new Uint8Array(held.length + piece.length);
    bytes.set(held);
    bytes.set(piece, held.length);
    for (let at = bytes.indexOf(0x1f); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
      const flags = bytes[at + 3];
      const header = bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && flags !== undefined;
      if (header && flags < 0x20 && base + at > start) found.push(base + at);
    }
    // A header may lie across two pieces.
    held = bytes.slice(Math.max(0, bytes.length - 3));
    base += bytes.length - held.length;
  }
  return found;
}

/** What the member from `start` to `end` holds beyond its first `skip` bytes. */
async function* member(
  blob: Blob,
  [start, end]: [number, number],
  skip: number,
  onRead: (read: number) => void,
): Pieces {
  let read = start;
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      read += piece.length;
      onRead(read);
      controller.enqueue(piece);
    },
  });
  const packed = blob.slice(start, end).stream().pipeThrough(counting);
  for await (const piece of piecesOf(packed.pipeThrough(new DecompressionStream("gzip")))) {
    const fresh = piece.subarray(Math.min(skip, piece.length));
    skip -= piece.length - fresh.length;
    if (fresh.length) yield fresh;
  }
}

/**
 * The unpacked bytes of a gzip file. `onRead` hears how many bytes of the file were read; it may hear of an earlier
 * position again.
 *
 * Throws `DamagedGzip`, or the browser's `DOMException` where the file cannot be read.
 */
export async function* unpack(blob: Blob, onRead: (read: number) => void): Pieces {
  // Almost every file is one member, so others are looked for only once that has failed.
  let starts: number[] | undefined;
  let ends = [blob.size];
  let start = 0;
  let given = 0;
  while (start < blob.size) {
    const end = ends.shift();
    if (end === undefined) throw new DamagedGzip();
    try {
      for await (const piece of member(blob, [start, end], given, onRead)) {
        given += piece.length;
        yield piece;
      }
    } catch (error) {
      if (error instanceof DOMException) throw error;
      if (starts === undefined) {
        starts = await memberStarts(blob, start);
        ends = starts.slice(0, endsTried);
      }
      continue;
    }
    start = end;
    given = 0;
    starts = starts?.filter((at) => at > end);
    ends = [...(starts ?? []), blob.size].slice(0, endsTried);
  }
}
