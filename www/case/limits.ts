// How large a case may be. A few bytes of ZIP can claim to be petabytes, so all of these are held while unpacking, whatever
// the file says of itself; and nothing is written that could not be read again.
import { CaseError } from "./error.ts";

const MiB = 1024 ** 2;

/** A fleet of some thousand SIMs, asked every minute for a day, is within it. */
export const mostDocuments = 100_000;
/** Files in the ZIP: whoever packs it anew may add folders and notes. */
export const mostEntries = mostDocuments * 2;
/** All documents, unpacked. */
export const mostBytes = 4096 * MiB;
/** `case.json`: some 300 bytes for each document, and a list of places for each time that something was confirmed. */
export const mostManifestBytes = 128 * MiB;

/** Why a case that large is refused. */
export function tooLarge(what: string): CaseError {
  return new CaseError(
    `This case is too large: ${what}. simscope reads cases of up to ${mostDocuments.toLocaleString("en")} documents and ${mostBytes / 1024 ** 3} GiB. If you trust it, unpack it and open what you need of it.`,
  );
}
