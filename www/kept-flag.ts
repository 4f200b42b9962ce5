// What of the kept history is known without looking at it: the one note that is read before the visitor acts. It holds no
// identifier and no secret, and is only there where the visitor turned keeping on.

/** A source of which something is kept. */
export interface KeptEntry {
  id: string;
  /** What it was called. */
  label: string;
  /** What is kept of it, in words. */
  text: string;
}

const key = "simscope-history";
const longest = 200;
/** More are not named before the list is opened. */
const most = 20;

const isText = (value: unknown): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= longest;

/** What a note says; nothing where there is none, or it is none of ours. */
export function entriesOf(note: string | null): KeptEntry[] {
  let list: unknown;
  try {
    list = JSON.parse(note ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.slice(0, most).flatMap((entry: Partial<KeptEntry> | null) => {
    const { id, label, text } = entry ?? {};
    return isText(id) && isText(label) && isText(text) ? [{ id, label, text }] : [];
  });
}

/** The sources of which something is kept in this browser. */
export function keptEntries(): KeptEntry[] {
  try {
    return entriesOf(localStorage.getItem(key));
  } catch {
    // Storage is switched off: nothing is kept either.
    return [];
  }
}

/** Writes the note anew; without an entry there is none. */
export function noteKept(entries: readonly KeptEntry[]): void {
  try {
    if (entries.length) localStorage.setItem(key, JSON.stringify(entries));
    else localStorage.removeItem(key);
  } catch {
    // Storage is switched off or full: what is kept is found through its dialog.
  }
}
