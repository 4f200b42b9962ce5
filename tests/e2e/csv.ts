// Reads CSV as RFC 4180 has it, and refuses what is not quite that.

/** The rows of a file that was saved: it begins with the mark by which spreadsheets know UTF-8, and all rows are of one length. */
export function savedCsv(text: string): string[][] {
  if (!text.startsWith("\u{FEFF}")) throw new Error("no byte order mark begins the file");
  const rows = readCsv(text.slice(1));
  const odd = rows.find((row) => row.length !== rows[0]?.length);
  if (odd) throw new Error(`not as long as the head: ${odd.join()}`);
  return rows;
}

/** The cells of each row. Throws where the text is no strict CSV: rows end in CR LF, quotes stand only around whole cells. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [cell, next] = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(cell);
    if (text[next] === ",") {
      at = next + 1;
      continue;
    }
    if (text.slice(next, next + 2) !== "\r\n") throw new Error(`no cell ends at ${next}`);
    rows.push(row);
    row = [];
    at = next + 2;
  }
  if (row.length > 0) throw new Error("the last row has no end");
  return rows;
}

function quoted(text: string, from: number): [string, number] {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new Error(`the quote at ${from} has no end`);
    if (text[quote + 1] !== '"') {
      return [text.slice(from + 1, quote).replaceAll('""', '"'), quote + 1];
    }
    at = quote + 2;
  }
}

function plain(text: string, from: number): [string, number] {
  const end = /[,\r\n"]/g;
  end.lastIndex = from;
  const found = end.exec(text)?.index ?? text.length;
  return [text.slice(from, found), found];
}

/** The rows below the head row, by its names. Throws where a row has not as many cells. */
export function recordsOf([head = [], ...body]: string[][]): Record<string, string>[] {
  return body.map((cells) => {
    if (cells.length !== head.length) throw new Error(`${cells.length} cells: ${cells.join()}`);
    return Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ""]));
  });
}
