// Writes a case: a ZIP of `case.json` and the documents, piece by piece.
import { BlobSink, Turns } from "./blob-sink.ts";
import { CaseError } from "./error.ts";
import { type CaseContent, manifestName, manifestText } from "./format.ts";
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
  for (const [at, { blob, options }] of documents.entries()) {
    try {
      await zip.add(paths[at] ?? "", new BlobReader(blob));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      throw new CaseError(
        `${quoted(options.name)} cannot be read any more, perhaps because the file was changed or moved. Open it again, and save then.`,
        { cause: error },
      );
    }
    await turns.next();
  }
  await zip.close();
  return sink.blob("application/zip");
}
