// Where the documents lie in a case: by names that every system can unpack, and that still tell what is what.

/** Code points; of any script, within the 255 bytes that file systems have. */
const longestName = 48;
/** Of these at the end, where the kind of file stands. */
const longestEnd = 10;

/** Letters, digits and what joins them, of any script: no separator, no control, nothing that turns the direction of a text. */
function safeName(name: string): string {
  const plain = name.normalize("NFC").replace(/[^\p{L}\p{M}\p{N} ._()+-]/gu, "_");
  const letters = [...plain];
  const short =
    letters.length > longestName
      ? [...letters.slice(0, longestName - longestEnd - 1), "_", ...letters.slice(-longestEnd)]
      : letters;
  // Windows drops dots and spaces at the end of a name; two dots are nobody's name.
  const kept = short.join("").replace(/\.{2,}/g, ".");
  return kept.replace(/^[. ]+|[. ]+$/g, "") || "document";
}

/** The paths of documents of these names: their numbers make each its own. */
export function documentPaths(names: string[]): string[] {
  const digits = Math.max(3, String(names.length).length);
  return names.map(
    (name, at) => `documents/${String(at + 1).padStart(digits, "0")}-${safeName(name)}`,
  );
}
