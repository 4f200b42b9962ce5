// Saved views as they are stored and exchanged: versioned JSON, read with care. What is not as it should be is left out and told, and
// the rest holds.
import type { SavedView, ViewState } from "../api/types.ts";
import { readState } from "../view-state.ts";

/** The present version. */
export const savedVersion = 1;

export const mostViews = 200;
/** Characters of a name. */
const longestName = 80;
/** Characters of a file: more than the most views ever need. */
const longestText = 8_000_000;
/** More than that tells nobody anything. */
const mostNotes = 6;

/** The saved views in their order, and the name of the one to start with. */
export interface Saved {
  views: SavedView[];
  start: string | null;
}

/** What was read, and what of it was left out, in words for the visitor. */
export interface ReadSaved {
  saved: Saved;
  notes: string[];
}

type Fields = Record<string, unknown>;

/** From each former version to the next. The states in it have versions of their own. */
const upgraders: Record<number, (former: Fields) => Fields> = {};

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A name as it is kept: one line, without spaces around it. Undefined for what cannot be one. */
export function nameOf(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > 10 * longestName) return undefined;
  const name = value
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .replace(/\p{Cs}/gu, "")
    .trim();
  const length = [...name].length;
  return length >= 1 && length <= longestName ? name : undefined;
}

/** The name, or the first of “name (2)”, “name (3)”, … that no view has. */
export function freeName(name: string, views: readonly SavedView[]): string {
  const known = new Set(views.map((view) => view.name));
  for (let number = 1; ; number += 1) {
    const end = number === 1 ? "" : ` (${number})`;
    const room = longestName - end.length;
    const tried = `${[...name].slice(0, room).join("").trim()}${end}`;
    if (!known.has(tried)) return tried;
  }
}

/** What of a state says how to look: not at which rows, nor which data. */
export function lookOf(state: ViewState): ViewState {
  const { demo: _, sim: __, session: ___, event: ____, ...look } = state;
  return look;
}

function viewOf(value: unknown, at: number): { view?: SavedView; notes: string[] } {
  const number = `View ${at + 1}`;
  if (!isObject(value)) return { notes: [`${number} is left out: it is no view.`] };
  const name = nameOf(value["name"]);
  if (name === undefined) {
    return { notes: [`${number} is left out: its name is not 1 to 80 characters long.`] };
  }
  const given = value["state"];
  const { state, notes } = readState(given);
  const told = notes.map((note) => `“${name}”: ${note}`);
  // A state without a version is none: nothing of it was read.
  const isState = isObject(given) && Number.isInteger(given["version"]);
  if (!isState || (given["version"] as number) < 1) return { notes: told };
  const saved = instantOf(value["saved"]);
  return { view: { name, state: lookOf(state), ...(saved && { saved }) }, notes: told };
}

function instantOf(value: unknown): string | undefined {
  const at = typeof value === "string" && value.length < 40 ? Date.parse(value) : NaN;
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined;
}

/** The first notes, and how many more there are. */
function fewNotes(notes: string[]): string[] {
  const more = notes.length - mostNotes;
  return more > 0 ? [...notes.slice(0, mostNotes), `And ${more} more like these.`] : notes;
}

/** Reads saved views of any version. Never throws. */
export function readSaved(value: unknown): ReadSaved {
  const nothing: Saved = { views: [], start: null };
  if (!isObject(value)) return { saved: nothing, notes: ["It holds no saved views."] };
  let fields = value;
  let of = value["version"];
  if (typeof of !== "number" || !Number.isInteger(of) || of < 1) {
    return { saved: nothing, notes: ["It says no version, so nothing of it was taken over."] };
  }
  for (; of < savedVersion; of += 1) fields = upgraders[of]?.(fields) ?? fields;
  const notes: string[] = [];
  if (of > savedVersion) {
    notes.push("It is of a newer simscope: what this one does not know of it is left out.");
  }
  const list = fields["views"];
  if (!Array.isArray(list)) return { saved: nothing, notes: [...notes, "It holds no list."] };
  const views: SavedView[] = [];
  for (const [at, item] of list.slice(0, mostViews).entries()) {
    const read = viewOf(item, at);
    notes.push(...read.notes);
    if (read.view) views.push({ ...read.view, name: freeName(read.view.name, views) });
  }
  const surplus = list.length - mostViews;
  if (surplus > 0) {
    notes.push(`${surplus} are left out: ${mostViews} views are kept at most.`);
  }
  const start = nameOf(fields["start"]) ?? null;
  return { saved: { views, start }, notes: fewNotes(notes) };
}

/** Reads the text of a store or a file. Never throws. */
export function readSavedText(text: string): ReadSaved {
  const nothing: Saved = { views: [], start: null };
  if (text.length > longestText) {
    return { saved: nothing, notes: ["It is too long to be saved views."] };
  }
  try {
    return readSaved(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch {
    return { saved: nothing, notes: ["It is damaged: it is no JSON."] };
  }
}

/** As it is stored. */
export const storedText = ({ views, start }: Saved): string =>
  JSON.stringify({ version: savedVersion, views, start });

/** As a file, which `readSavedText` reads; its head tells what it is. */
export const fileText = ({ views }: Saved): string =>
  `${JSON.stringify({ simscope: "views", version: savedVersion, views }, null, 2)}\n`;
