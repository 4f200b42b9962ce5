// Reads CSV as RFC 4180 has it, and refuses what is not quite that: rows that do not end in CR LF or are not of one length, quotes
// inside of cells.
import { parse } from "csv-parse/sync";

/** The cells of each row. */
export function readCsv(text: string): string[][] {
  if (!text.endsWith("\r\n")) throw new Error("the last row has no end");
  return parse(text, { record_delimiter: "\r\n" });
}

/** The rows of a file that was saved: it begins with the mark by which spreadsheets know UTF-8. */
export function savedCsv(text: string): string[][] {
  if (!text.startsWith("\u{FEFF}")) throw new Error("no byte order mark begins the file");
  return readCsv(text.slice(1));
}

/** The rows below the head row, by its names. */
export function recordsOf([head = [], ...body]: string[][]): Record<string, string>[] {
  return body.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ""])));
}
