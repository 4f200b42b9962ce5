// Hands something to the visitor as a file.

export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has opened it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Begins a CSV file: without it spreadsheets take UTF-8 for the letters of their own country. */
const byteOrderMark = "\u{FEFF}";

/** Saves a text as a file. */
export function saveText(name: string, mime: string, text: string): void {
  const parts = mime === "text/csv" ? [byteOrderMark, text] : [text];
  download(new Blob(parts, { type: `${mime};charset=utf-8` }), name);
}
