// A file's bytes in pieces: decompressed when it is gzip, whatever it is called.
import { DamagedGzip, piecesOf, unpack } from "./gzip.ts";

/** A file being read. `compressed` says that the pieces are not the file's own bytes. */
export interface Reading {
  compressed: boolean;
  /** Bytes of the file read so far, as it lies on disk. */
  readonly read: number;
  /** Leaving the loop over them stops reading. */
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>, void, void>;
}

async function isGzip(blob: Blob): Promise<boolean> {
  const head = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Whether a file is a ZIP, as a case file is: it begins with an entry, or with the end of an empty list. False where it cannot be
 * read, which is told when that is tried.
 */
export async function isArchive(blob: Blob): Promise<boolean> {
  try {
    const [p, k, a, b] = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
    return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
  } catch {
    return false;
  }
}

/** Whether a file holds saved views, by its head. False where it cannot be read, which is told when that is tried. */
export async function isSavedViews(blob: Blob): Promise<boolean> {
  try {
    const head = await blob.slice(0, 256).text();
    return /^\uFEFF?\s*\{\s*"simscope"\s*:\s*"views"/.test(head);
  } catch {
    return false;
  }
}

/** Opens a file. Rejects when the browser cannot read it (moved, changed or removed since it was chosen). */
export async function openBlob(blob: Blob): Promise<Reading> {
  let read = 0;
  const compressed = await isGzip(blob);
  const plain = async function* (): Reading["pieces"] {
    for await (const piece of piecesOf(blob.stream())) {
      read += piece.length;
      yield piece;
    }
  };
  return {
    compressed,
    get read() {
      return read;
    },
    pieces: compressed ? unpack(blob, (at) => (read = Math.max(read, at))) : plain(),
  };
}

/** What to tell the visitor when a file cannot be read to its end. */
export function readingProblem(error: unknown): string {
  if (error instanceof DamagedGzip) {
    return "The gzip file is damaged or cut off. Download or compress it again.";
  }
  const why = error instanceof Error ? ` (${error.name})` : "";
  return `The browser could not read the file to its end${why}. It may have been moved or changed: choose it again.`;
}
