// `case.json`, which comes first in a case: versioned, as text and back. What comes in is read with care: each field that is not
// as it should be is left out and noted, and the rest holds. Which documents are really there is not known here.
import type { ViewState } from "../api/types.ts";
import { readState } from "../view-state.ts";
import type { CaseContent, Confirmation, DocumentOptions } from "./content.ts";
import { CaseError } from "./error.ts";
import { type Fields, instantOf, isCount, isObject, optionsOf } from "./fields.ts";
import { mostBytes, mostDocuments, tooLarge } from "./limits.ts";
import type { Notes } from "./notes.ts";

export type { CaseContent, CaseDocument, Confirmation, DocumentOptions } from "./content.ts";

/** The present version. */
export const version = 1;
/** What tells a case from any other ZIP with a file of this name. */
const program = "simscope";
export const manifestName = "case.json";

/** A document as it is listed. */
export interface ListedDocument {
  /** In the ZIP. */
  path: string;
  /** Its size, unpacked. */
  bytes: number;
  options: DocumentOptions;
}

/** What `case.json` says. Places are those in `documents`, where null stands for one that cannot be told. */
export interface Manifest {
  documents: (ListedDocument | null)[];
  confirmed: Confirmation[];
  view: ViewState;
  masked: boolean;
  /** RFC 3339; null where it is not said. */
  saved: string | null;
}

/** From each former version to the next. */
const upgraders: Record<number, (former: Fields) => Fields> = {};

/** The text of `case.json`, where the documents lie at `paths`. */
export function manifestText(content: CaseContent, paths: string[]): string {
  const { documents, confirmed, view, masked, saved } = content;
  const listed = documents.map(({ blob, options }, at) => ({
    path: paths[at],
    bytes: blob.size,
    options,
  }));
  const instants = confirmed.map(({ after, documents, observed }) => ({
    after,
    observed: new Date(observed).toISOString(),
    documents,
  }));
  const fields = { program, version, saved, masked, view, documents: listed, confirmed: instants };
  return JSON.stringify(fields);
}

const damaged = () =>
  new CaseError(
    "This case is damaged: what it says of itself cannot be read. Copy or download the file again. The documents in it can be had by unpacking it.",
  );

/** The fields of the present version. */
function fieldsOf(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged();
  }
  if (!isObject(value)) throw damaged();
  if (value["program"] !== program) {
    throw new CaseError(
      "This is a ZIP file, but no case saved by simscope: its case.json is of something else. Unpack it and open what is inside.",
    );
  }
  let of = value["version"];
  if (typeof of !== "number" || !Number.isInteger(of) || of < 1) throw damaged();
  if (of > version) {
    throw new CaseError(
      "This case was saved by a newer simscope than this one. Reload the page, or ask whoever hosts simscope for the present version. The documents in it can be had by unpacking it.",
    );
  }
  for (; of < version; of += 1) {
    const upgrade = upgraders[of];
    if (upgrade) value = upgrade(value as Fields);
  }
  return value as Fields;
}

function documentOf(value: unknown, at: number, notes: Notes): ListedDocument | null {
  const label = `Document ${at + 1}`;
  if (isObject(value)) {
    const { path, bytes } = value;
    if (typeof path === "string" && isCount(bytes, mostBytes)) {
      return { path, bytes, options: optionsOf(value["options"], label, notes) };
    }
  }
  notes.add(`${label} is not told of as it should be, and was left out.`);
  return null;
}

function confirmationOf(value: unknown, count: number): Confirmation | null {
  if (!isObject(value)) return null;
  const { after, documents } = value;
  const observed = instantOf(value["observed"]);
  if (observed === null || !isCount(after, count) || !Array.isArray(documents)) return null;
  const places = documents.every((place): place is number => isCount(place, count - 1));
  return places ? { after, documents, observed } : null;
}

function confirmedOf(value: unknown, count: number, notes: Notes): Confirmation[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  const found = list.map((item) => confirmationOf(item, count)).filter((item) => item !== null);
  if (!Array.isArray(value) || found.length < list.length) {
    notes.add(
      "Some of what was still so when it was asked again cannot be read: some sessions may look as if they ended, or were not known, earlier.",
    );
  }
  return found;
}

/** Reads the text of `case.json`, of any version. Throws a `CaseError`. */
export function readManifest(text: string, notes: Notes): Manifest {
  const fields = fieldsOf(text);
  const { documents: list, masked, saved } = fields;
  if (!Array.isArray(list)) throw damaged();
  if (list.length > mostDocuments) {
    throw tooLarge(`it has ${list.length.toLocaleString("en")} documents`);
  }
  const documents = list.map((item: unknown, at) => documentOf(item, at, notes));
  const bytes = documents.reduce((sum, document) => sum + (document?.bytes ?? 0), 0);
  if (bytes > mostBytes) {
    throw tooLarge(`its documents are ${(bytes / 1024 ** 3).toFixed(1)} GiB`);
  }
  const view = readState(fields["view"]);
  for (const note of view.notes) notes.add(note);
  if (typeof masked !== "boolean") {
    notes.add("It does not say whether its identifiers are masked.");
  }
  return {
    documents,
    confirmed: confirmedOf(fields["confirmed"], documents.length, notes),
    view: view.state,
    masked: masked === true,
    saved: typeof saved === "string" && instantOf(saved) !== null ? saved : null,
  };
}
