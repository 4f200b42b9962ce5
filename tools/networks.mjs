// The names of networks by MCC and MNC, out of the npm package `mcc-mnc-list` (MIT; its data are from Wikipedia,
// CC BY-SA). `npm run build` writes them into dist/networks.txt, which is fetched where a vendor tells codes and no name:
//
//   # Network names: Wikipedia, CC BY-SA 4.0, by mcc-mnc-list 1.1.11
//   20201 Cosmote
//
// A line for each network, in the order of its code: MCC and MNC without anything between them (the MCC has three digits, so
// `01` and `001` stay apart), a space, the name. The list's countries are left out: a vendor, or the MCC, tells them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);

/** The best first: of several rows of one network the first kind counts, of several of a kind the first row. */
const states = ["Operational", "Temporary operational", "Unknown"];
/** What was never in use comes before what is not any more. */
const rank = ({ status }) => {
  const at = states.indexOf(status);
  if (at >= 0) return at;
  return status === "Not operational" ? states.length + 1 : states.length;
};

/** Longer ones are no names. */
const mostLetters = 80;

/**
 * What a row's network is called: by its brand, else its operator; null where neither is told. Without characters that cannot be
 * seen (controls, marks of direction, other blanks than the space).
 */
export function nameOf({ brand, operator }) {
  const clean = (text) =>
    (text ?? "")
      .normalize("NFC")
      .replaceAll(/[\p{Z}\p{Cc}]+/gu, " ")
      .replaceAll(/\p{C}/gu, "")
      .trim();
  const name = clean(brand) || clean(operator);
  return name === "" || name.length > mostLetters ? null : name;
}

/**
 * The MNCs of a row, two or three digits each: of a range (`100 - 190`) all. None of one that is not assigned yet (`?`), and none
 * of a part of a network (`50144` is 44 of 501: no vendor tells so much).
 */
export function mncsOf({ mnc }) {
  if (/^\d{2,3}$/.test(mnc)) return [mnc];
  const range = /^(\d{2,3}) ?[-–] ?(\d{2,3})$/.exec(mnc);
  if (!range || range[1].length !== range[2].length) return [];
  const [from, to] = [Number(range[1]), Number(range[2])];
  const digits = range[1].length;
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) =>
    String(from + at).padStart(digits, "0"),
  );
}

/** Names by code (MCC and MNC, joined), from the rows of the package. */
export function namesOf(rows) {
  const best = new Map();
  for (const row of rows) {
    const name = nameOf(row);
    if (name === null || !/^(?!000)\d{3}$/.test(row.mcc)) continue;
    // A network that has a row of its own is not one of a range.
    const own = rank(row) + (/^\d+$/.test(row.mnc) ? 0 : 0.5);
    for (const mnc of mncsOf(row)) {
      const code = row.mcc + mnc;
      const known = best.get(code);
      if (!known || own < known.rank) best.set(code, { name, rank: own });
    }
  }
  const codes = [...best.keys()].sort((a, b) => order(a) - order(b));
  return new Map(codes.map((code) => [code, best.get(code).name]));
}

/** MCC, then how long the MNC is, then the MNC: as the engine looks codes up. */
const order = (code) => Number(code.slice(0, 3)) * 1e5 + code.length * 1e4 + Number(code.slice(3));

/** Names by code of the package's list. */
export function networkNames() {
  const list = readFileSync(require.resolve("mcc-mnc-list/mcc-mnc-list.json"), "utf8");
  return namesOf(JSON.parse(list));
}

/** The file as it is shipped. */
export function networksFile() {
  const { version } = require("mcc-mnc-list/package.json");
  const lines = [...networkNames()].map(([code, name]) => `${code} ${name}\n`);
  return `# Network names: Wikipedia, CC BY-SA 4.0, by mcc-mnc-list ${version}\n${lines.join("")}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(networksFile());
}
