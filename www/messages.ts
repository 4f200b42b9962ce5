// What the page and the engine host say to each other. Both sides are of one build, so nothing here is versioned.
import type { CaseDocument, Confirmation } from "./case/content.ts";

/** The vendor and SIM that a visitor named for a file, and whatever else the engine's `begin` understands. */
export type OpenOptions = Record<string, unknown>;

/** What goes into a case file. */
export interface CaseParts {
  documents: CaseDocument[];
  confirmed: Confirmation[];
  /** What of the view follows from the data: the filter (null: left out), and the marks of rows. */
  view: {
    filter: string | null;
    marks: Record<string, string | string[] | null>;
    /** How many files of labels were left out because identifiers are masked. */
    labels_left_out: number;
  };
  /** Documents whose text is not at hand any more. */
  missing: number;
}

/** From the page to the engine host. */
export type ToEngine =
  | { type: "command"; body: Uint8Array }
  | { type: "open"; document: number; options?: OpenOptions; blob: Blob }
  | { type: "open"; document: number; options?: OpenOptions; bytes: ArrayBuffer }
  /** All that was sent is on screen: while a document is read, the host waits for this. */
  | { type: "drawn" }
  /** Forget a document; if it is still being read, stop. */
  | { type: "close"; document: number }
  /** Forget everything that was opened. */
  | { type: "clear" }
  /** What these documents say still held at that instant, in milliseconds since the epoch. */
  | { type: "confirm"; documents: number[]; observed: number }
  /** Take the rows of these documents out again: all others are read anew. */
  | { type: "forget"; documents: number[] }
  /** The text of a document, or of these bytes, without the secrets that may be in it. */
  | { type: "plain"; request: number; of: number | ArrayBuffer }
  /** Which SIMs of a source have a session of which no end is known. */
  | { type: "unended"; request: number; source: string }
  /** Which cells have no position. */
  | { type: "unplaced"; request: number }
  /** Everything that is loaded, for a case file; with the identifiers masked or not. */
  | { type: "case"; request: number; mask: boolean }
  /** Hand over sessions, written in that format. */
  | { type: "sessions"; request: number; format: string; all: boolean }
  /** The text of one record, by its place in the (decompressed) document. */
  | { type: "raw"; request: number; document: number; offset: number; length: number };

/** From the engine host to the page. */
export type FromEngine =
  | { type: "update"; body: ArrayBuffer; buffers: ArrayBuffer[] }
  /** Bytes of the file as it lies on disk (compressed, where it is). */
  | { type: "progress"; document: number; read: number; total: number }
  /** `text` is null where the document is not there (any more); `message` then says so. */
  | { type: "raw"; request: number; text: string | null; message?: string }
  /** Null where the document is not at hand. */
  | { type: "plain"; request: number; blob: Blob | null }
  /** A JSON list of SIMs, each with the start of its earliest such session. */
  | { type: "unended"; request: number; sims: string }
  /** A JSON list of cells. */
  | { type: "unplaced"; request: number; cells: string }
  /** What was to be handed over. */
  | { type: "sessions"; request: number; blob: Blob }
  /** What goes into a case file. */
  | { type: "case"; request: number; parts: CaseParts }
  /** The document is a ZIP: it was not read. */
  | { type: "archive"; document: number; blob: Blob }
  /** The document holds saved views: it was not read. */
  | { type: "saved-views"; document: number; blob: Blob }
  /** The engine is of no use any more: its instance panicked. */
  | { type: "failed"; message: string };

/** The answer to a worker that is ready: the compiled module, shared by all. */
export interface StartEngine {
  type: "start";
  module: WebAssembly.Module;
}

/** What a worker sends: its script runs and waits for the module; then what every engine host sends. */
export type FromWorker = { type: "ready" } | FromEngine;
