// What the database holds, and how one of an older version becomes one of this.
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import type { Provider } from "../api/model.ts";
import type { DocumentOptions } from "../case/content.ts";
import type { Span } from "./spans.ts";

/** A source that is, or was, kept. */
export interface KeptSource {
  /** A hash of what it is known by: nothing leads back to the account. */
  id: string;
  provider: Provider;
  /** What it was called. */
  label: string;
  /** The host that was asked. */
  place: string;
  /** Whether what comes of it is kept on. */
  keeps: boolean;
  /** When it was first kept, milliseconds since the epoch. */
  since: number;
  /** How many SIMs it was known to have. */
  sims: number;
  /** From when until when its questions were answered; null before the first. */
  extent: Span | null;
  /** How many documents are kept, and how many bytes they take. */
  documents: number;
  bytes: number;
}

/** A vendor's answer. */
export interface KeptDocument {
  /** Grows: documents are read again in the order in which they were kept. */
  number?: number;
  source: string;
  /** By what it is known; missing where it was kept by version 1 and not looked at since. */
  hash?: string;
  /** What it answers. */
  question: string;
  options: DocumentOptions;
  /** Its text, compressed. */
  packed: Uint8Array<ArrayBuffer>;
  /** When all of it was found unchanged last, milliseconds since the epoch; at first when it was fetched. */
  confirmed: number;
  /** By what its records are known. */
  records: BigUint64Array<ArrayBuffer>;
}

/** Over which time a question was answered in full. */
export interface KeptSpans {
  source: string;
  question: string;
  spans: Span[];
}

export interface Schema extends DBSchema {
  sources: { key: string; value: KeptSource };
  documents: {
    key: number;
    value: KeptDocument;
    indexes: { question: [string, string]; hash: [string, string] };
  };
  spans: { key: [string, string]; value: KeptSpans };
}

export type Database = IDBPDatabase<Schema>;
type Upgrading = IDBPTransaction<Schema, StoreNames<Schema>[], "versionchange">;

export const databaseName = "simscope-history";

/** Each makes a database of its place in the list one of the next version; once published, none is ever changed. */
export const migrations: ((database: Database, upgrading: Upgrading) => void)[] = [
  // 1: sources, their documents, and over which time their questions were answered.
  (database) => {
    database.createObjectStore("sources", { keyPath: "id" });
    const documents = database.createObjectStore("documents", {
      keyPath: "number",
      autoIncrement: true,
    });
    documents.createIndex("question", ["source", "question"]);
    database.createObjectStore("spans", { keyPath: ["source", "question"] });
  },
  // 2: documents are known by their content, so that none is kept twice. Those that lack a hash are in no index until they get it,
  // which takes longer than an upgrade may.
  (_, upgrading) => {
    upgrading.objectStore("documents").createIndex("hash", ["source", "hash"], { unique: true });
  },
];

export const version = migrations.length;
