// What is told of a place where simscope stopped, to be passed on: where it was and what went wrong, without anything that a
// message may quote of the data. A panic's message can hold a piece of the text that it was about.

/** Words in quotation marks, and runs of digits or hexadecimal digits as identifiers and keys have them. */
const quoted = /`[^`]*`|"[^"]*"|'[^']*'|“[^”]*”/g;
const longRun = /[0-9A-Za-z_-]*\d[0-9A-Za-z_-]*/g;
const place = /^[\w./-]+\.rs$|^[\w./-]+\.(?:js|ts|wasm)$/;

/** The details without quotations and identifiers; source files and line numbers stay. */
export function withoutData(details: string): string {
  return details
    .replace(quoted, (text) => `${text[0] ?? ""}…${text.at(-1) ?? ""}`)
    .split(/(\s+)/)
    .map((word) => {
      const [file = "", ...rest] = word.split(":");
      if (place.test(file)) return [file, ...rest.map((part) => part.slice(0, 8))].join(":");
      return word.replace(longRun, (run) => (run.length > 7 ? "…" : run));
    })
    .join("");
}
