// Reads a case. What comes in may be damaged, cut off, of another program, or made to do harm: whatever it is, it ends with
// what of it holds, or with a `CaseError`.
import { BlobSink, Turns } from "./blob-sink.ts";
import type { CaseDocument, Confirmation } from "./content.ts";
import { CaseError } from "./error.ts";
import { type CaseContent, type ListedDocument, manifestName, readManifest } from "./format.ts";
import { mostManifestBytes, tooLarge } from "./limits.ts";
import { Notes, quoted } from "./notes.ts";
import { canUnpack, type FileEntry } from "./zip.ts";
import { openZip, type ZipFiles } from "./zip-files.ts";

/** What a case held, and what of it was left out, in words for the visitor. */
export interface ReadCase {
  content: CaseContent;
  notes: string[];
}

/** The text of `case.json`. */
async function manifestOf(zip: ZipFiles, turns: Turns): Promise<string> {
  const entry = zip.files.get(manifestName);
  if (!entry) {
    throw new CaseError(
      "This is a ZIP file, but no case saved by simscope. Unpack it and open what is inside.",
    );
  }
  if (entry.encrypted) {
    throw new CaseError(
      "This case is locked with a password. Unpack it with the program that locked it, and open the documents that are inside.",
    );
  }
  if (entry.uncompressedSize > mostManifestBytes) throw tooLarge("its case.json is far too long");
  const text = await zip.unpack(entry, new BlobSink(mostManifestBytes, turns));
  if (text === null) {
    throw new CaseError(
      "This case is damaged: its case.json cannot be unpacked. Copy or download the file again.",
    );
  }
  return text.text();
}

/** Why a document cannot be taken, or null. */
function wrongWith(entry: FileEntry | undefined, { bytes }: ListedDocument): string | null {
  if (!entry) return "is not in the case";
  if (entry.encrypted) return "is locked with a password";
  return entry.uncompressedSize === bytes ? null : "is of another size than it was";
}

/** How many documents are unpacked at a time: of small ones most of the time is waiting. */
const atATime = 8;

/** The documents by their places; null where one was left out. */
async function documentsOf(
  zip: ZipFiles,
  list: (ListedDocument | null)[],
  notes: Notes,
  turns: Turns,
): Promise<(CaseDocument | null)[]> {
  const found: (CaseDocument | null)[] = list.map(() => null);
  const wrong: (string | null)[] = list.map(() => null);
  const taken = new Set<string>();
  const rest = list.entries();
  const takeOne = async (at: number, listed: ListedDocument) => {
    const { path, bytes, options } = listed;
    // A file that is named again and again would be far more than is in the case.
    const entry = path === manifestName || taken.has(path) ? undefined : zip.files.get(path);
    taken.add(path);
    wrong[at] = wrongWith(entry, listed);
    if (!entry || wrong[at] !== null) return;
    const blob = await zip.unpack(entry, new BlobSink(bytes, turns));
    if (blob) found[at] = { blob, options };
    else wrong[at] = "is damaged";
  };
  const takeSome = async () => {
    for (const [at, listed] of rest) {
      if (listed) await takeOne(at, listed);
      await turns.next();
    }
  };
  await Promise.all(Array.from({ length: atATime }, takeSome));
  for (const [at, text] of wrong.entries()) {
    if (text !== null) {
      notes.add(`${quoted(list[at]?.options.name ?? "")} ${text}, and was left out.`);
    }
  }
  return found;
}

/** Confirmations by the places of the documents that are left. */
function moved(confirmed: Confirmation[], documents: (CaseDocument | null)[]): Confirmation[] {
  /** How many before each place are left. */
  const before = [0];
  for (const document of documents) before.push((before.at(-1) ?? 0) + (document ? 1 : 0));
  const placeOf = (place: number) => (documents[place] ? (before[place] ?? null) : null);
  return confirmed
    .map(({ after, documents: places, observed }) => ({
      after: before[after] ?? 0,
      documents: places.map(placeOf).filter((place) => place !== null),
      observed,
    }))
    .filter(({ documents: left }) => left.length > 0);
}

/**
 * Reads a case. A document that is damaged, missing or of another size than the case says is left out and noted.
 *
 * Rejects with a `CaseError` where it is no case, cannot be read as a whole, is locked, of a newer version or far too large.
 */
export async function readCase(blob: Blob): Promise<ReadCase> {
  if (!canUnpack()) {
    throw new CaseError(
      "This browser cannot unpack cases. Use Firefox 113, Safari 16.4, Chrome or Edge 94, or a newer one.",
    );
  }
  const turns = new Turns();
  const notes = new Notes();
  const zip = await openZip(blob, turns);
  const manifest = readManifest(await manifestOf(zip, turns), notes);
  const documents = await documentsOf(zip, manifest.documents, notes, turns);
  const content = {
    documents: documents.filter((document) => document !== null),
    confirmed: moved(manifest.confirmed, documents),
    view: manifest.view,
    masked: manifest.masked,
    saved: manifest.saved ?? zip.modified(manifestName),
  };
  return { content, notes: notes.list };
}
