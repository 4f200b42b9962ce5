// zip.js as cases need it: on the page, with the browser's own streams, and no worker, no WebAssembly and nothing fetched, as the
// policy of the page has it.
import { configure } from "@zip.js/zip.js/lib/zip-core-custom.js";

export {
  BlobReader,
  ERR_ENCRYPTED,
  ERR_EOCDR_NOT_FOUND,
  ERR_UNSUPPORTED_ENCRYPTION,
  ZipReader,
  ZipWriter,
  type FileEntry,
} from "@zip.js/zip.js/lib/zip-core-custom.js";

// Of one piece in the browser makes up to a thousand times as much, at one go.
configure({
  ...{ useWebWorkers: false, useCompressionStream: true, chunkSize: 64 * 1024 },
  // Without workers, how many files are worked on at a time.
  maxWorkers: 8,
});

/** Whether this browser can unpack: Firefox can from 113 on. Where it cannot pack either, files are put in as they are. */
export const canUnpack = () => typeof DecompressionStream !== "undefined";
