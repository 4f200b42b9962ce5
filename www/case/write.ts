// Writes a case: a ZIP of `case.json` and the documents, piece by piece.
import { BlobSink, Turns } from "./blob-sink.ts";
import { CaseError } from "./error.ts";
import { type CaseContent, type CaseDocument, manifestName, manifestText } from "./format.ts";
import { mostBytes, mostDocuments, mostManifestBytes } from "./limits.ts";
import { quoted } from "./notes.ts";
import { documentPaths } from "./paths.ts";
import { BlobReader, ZipWriter } from "./zip.ts";

/** Nothing is written that could not be read again. */
function refuseTooLarge({ documents }: CaseContent, manifest: Blob): void {
  const bytes = documents.reduce((sum, { blob }) => sum + blob.size, 0);
  const fits =
    documents.length <= mostDocuments && bytes <= mostBytes && manifest.size <= mostManifestBytes;
  if (fits) return;
  throw new CaseError(
    `There is too much for one case: ${documents.length.toLocaleString("en")} documents of ${(bytes / 1024 ** 3).toFixed(1)} GiB in all, where ${mostDocuments.toLocaleString("en")} and ${mostBytes / 1024 ** 3} GiB are the most. Clear, open or fetch less, and save again.`,
  );
}

/** How many small documents are packed at a time: of these most of the time is waiting. What is packed beside another is held. */
const atATime = 8;
const smallBytes = 256 * 1024;

/** The documents' places, in groups that are packed together. */
function groupsOf({ documents }: CaseContent): number[][] {
  const groups: number[][] = [];
  for (const [at, { blob }] of documents.entries()) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    const joins =
      first !== undefined &&
      blob.size <= smallBytes &&
      (documents[first]?.blob.size ?? 0) <= smallBytes;
    if (group && joins && group.length < atATime) group.push(at);
    else groups.push([at]);
  }
  return groups;
}

async function addDocument(zip: ZipWriter<unknown>, path: string, document: CaseDocument) {
  try {
    await zip.add(path, new BlobReader(document.blob));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new CaseError(
      `${quoted(document.options.name)} cannot be read any more, perhaps because the file was changed or moved. Open it again, and save then.`,
      { cause: error },
    );
  }
}

/**
 * A case as a file (`application/zip`).
 *
 * Rejects with a `CaseError` where there is too much, or where a file that was opened cannot be read any more.
 */
export async function writeCase(content: CaseContent): Promise<Blob> {
  const { documents, saved } = content;
  const paths = documentPaths(documents.map(({ options }) => options.name));
  const manifest = new Blob([manifestText(content, paths)]);
  refuseTooLarge(content, manifest);
  const turns = new Turns();
  const sink = new BlobSink(Number.POSITIVE_INFINITY, turns);
  const zip = new ZipWriter(sink.writable, {
    lastModDate: new Date(saved),
    extendedTimestamp: true,
  });
  await zip.add(manifestName, new BlobReader(manifest));
  for (const group of groupsOf(content)) {
    const added = group.map((at) => {
      const document = documents[at];
      return document && addDocument(zip, paths[at] ?? "", document);
    });
    await Promise.all(added);
    await turns.next();
  }
  await zip.close();
  return sink.blob("application/zip");
}
