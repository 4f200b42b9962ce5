// What a case holds: everything that is loaded, and the view of it. How that is written is not told here.
import type { Provider } from "../api/model.ts";
import type { ViewState } from "../api/types.ts";

/** What the engine's `begin` was told of a document. */
export interface DocumentOptions {
  name: string;
  /** The source that it belongs to; without it, it is a source of its own. */
  source?: string;
  /** The vendor, where it was named. */
  provider?: Provider;
  /** The SIM, where it was named. */
  sim?: string;
  /** It is about the whole account. */
  account?: boolean;
  /** When it was fetched, RFC 3339. */
  observed?: string;
  /** When the same was asked for the time before, RFC 3339. */
  asked_before?: string;
  /** It is a SIM's history. */
  history?: boolean;
  /** The host that told the positions in it. */
  located?: string;
  /** What the columns of a file of labels are: `iccid`, `imsi`, `imei`, `eid`, `msisdn`, `key`, `name`, `group`, `tag:…`, `ignored`. */
  labels?: { named: boolean; columns: string[] };
}

/** A vendor's answer, or a file, as the visitor fetched or opened it. */
export interface CaseDocument {
  blob: Blob;
  options: DocumentOptions;
}

/** What those documents (their places in the list) say still held at that instant; said once `after` documents had been read. */
export interface Confirmation {
  /** How many of the list's documents had been read. */
  after: number;
  /** Places in the list, from 0 on. */
  documents: number[];
  /** Milliseconds since the epoch. */
  observed: number;
}

export interface CaseContent {
  /** In the order in which they were read. */
  documents: CaseDocument[];
  confirmed: Confirmation[];
  view: ViewState;
  /** Identifiers are masked: in the documents and all that is said of them, others of the same form stand for them. */
  masked: boolean;
  /** When it was saved, RFC 3339. */
  saved: string;
}
