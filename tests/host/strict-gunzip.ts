// A stand-in for node's DecompressionStream that does what browsers' do: bytes after the first member are an error.
import { gunzipSync, inflateRawSync } from "node:zlib";

/** The length of the header that node's own compressor writes. */
const headerBytes = 10;
const trailerBytes = 8;

/** Where the first member ends. Throws where it is cut off. */
function memberEnd(bytes: Uint8Array): number {
  const options = { info: true } as const;
  const { engine } = inflateRawSync(bytes.subarray(headerBytes), options) as unknown as {
    engine: { bytesWritten: number };
  };
  return headerBytes + engine.bytesWritten + trailerBytes;
}

export class StrictGunzip extends TransformStream<Uint8Array, Uint8Array> {
  constructor() {
    const pieces: Uint8Array[] = [];
    super({
      transform: (piece) => void pieces.push(piece),
      flush: (controller) => {
        const bytes = Buffer.concat(pieces);
        if (memberEnd(bytes) < bytes.length) {
          throw new TypeError("Junk found after end of compressed data.");
        }
        controller.enqueue(new Uint8Array(gunzipSync(bytes)));
      },
    });
  }
}
