// The files of a ZIP that came from outside: listed and unpacked with all the checks there are. What lies in them is not
// looked at here.
import type { BlobSink, Turns } from "./blob-sink.ts";
import { CaseError } from "./error.ts";
import { mostEntries, tooLarge } from "./limits.ts";
import { BlobReader, ERR_EOCDR_NOT_FOUND, type FileEntry, ZipReader } from "./zip.ts";

/** What every ZIP begins with that holds a file. */
const signature = [0x50, 0x4b, 0x03, 0x04];

const again = "Copy or download the file again.";

async function beginsAsZip(blob: Blob): Promise<boolean> {
  const bytes = new Uint8Array(await blob.slice(0, signature.length).arrayBuffer());
  return signature.every((byte, at) => bytes[at] === byte);
}

/** The browser cannot read the file: it is no matter of what is in it. */
function unreadable(error: unknown): CaseError | null {
  const isFile = error instanceof DOMException && error.name.startsWith("Not");
  if (!isFile) return null;
  const text =
    "The file cannot be read, perhaps because it was changed or moved meanwhile. Open it again.";
  return new CaseError(text, { cause: error });
}

/** Why a file cannot be opened as a ZIP. */
function noZip(error: unknown, begins: boolean): CaseError {
  if (error instanceof CaseError) return error;
  const file = unreadable(error);
  if (file) return file;
  const isCut = error instanceof Error && error.message === ERR_EOCDR_NOT_FOUND;
  const text = isCut
    ? "This ZIP file is cut off: its end is missing."
    : "This ZIP file is damaged.";
  const other =
    "This is no case saved by simscope: it is not a ZIP file, or its beginning is damaged. Open it as a document if it is a vendor's answer; otherwise copy or download it again.";
  return new CaseError(begins ? `${text} ${again}` : other, { cause: error });
}

export class ZipFiles {
  /** By their paths; of several of one path the first. */
  readonly files: ReadonlyMap<string, FileEntry>;

  constructor(files: ReadonlyMap<string, FileEntry>) {
    this.files = files;
  }

  /**
   * What a file holds, gathered in `sink`; null where it is damaged, or where there is more than the sink takes.
   *
   * Rejects with a `CaseError` where the browser cannot read the ZIP any more.
   */
  async unpack(entry: FileEntry, sink: BlobSink): Promise<Blob | null> {
    try {
      await entry.getData(sink.writable, { checkSignature: true, checkOverlappingEntry: true });
      return sink.blob();
    } catch (error) {
      const file = unreadable(error);
      if (file) throw file;
      return null;
    }
  }

  /** When a file was changed last, RFC 3339; the epoch where that is no date. */
  modified(path: string): string {
    const date = this.files.get(path)?.lastModDate ?? new Date(0);
    return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString();
  }
}

/** Lists what is in a ZIP. Rejects with a `CaseError`. */
export async function openZip(blob: Blob, turns: Turns): Promise<ZipFiles> {
  const files = new Map<string, FileEntry>();
  let count = 0;
  let begins = false;
  try {
    begins = await beginsAsZip(blob);
    for await (const entry of new ZipReader(new BlobReader(blob)).getEntriesGenerator()) {
      count += 1;
      if (count > mostEntries) throw tooLarge(`it has more than ${mostEntries} files`);
      if (!entry.directory && !files.has(entry.filename)) files.set(entry.filename, entry);
      await turns.next();
    }
  } catch (error) {
    throw noZip(error, begins);
  }
  return new ZipFiles(files);
}
