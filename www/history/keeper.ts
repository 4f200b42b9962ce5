// Keeps what live sources bring, and hands it out again. Writes come one after the other; once one of a source has failed nothing more
// of that source is written before the visitor says so: what is noted as known then really is there.
import { deleteDB } from "idb";
import type { DocumentOptions } from "../case/content.ts";
import type { OpenOptions, ToEngine } from "../messages.ts";
import { noteKept } from "../kept-flag.ts";
import { openDatabase } from "./database.ts";
import { elsewhereNewer, HistoryError, historyError } from "./error.ts";
import { contentHash, packed, sourceId } from "./pack.ts";
import { databaseName, type KeptSource } from "./schema.ts";
import type { Span } from "./spans.ts";
import { type Answered, HistoryStore, type KeptAll } from "./store.ts";
import { entries, held, size } from "./words.ts";

/** The note is written anew at most this often, milliseconds. */
const noteMs = 400;

/** What is needed of the view around. */
export interface HistoryHost {
  /** Sends a message to the engine host. */
  send(message: ToEngine, transfer: Transferable[]): void;
  /** The engine's number of a new document. */
  newDocument(): number;
  /** The text of a document, or of these bytes, without the secrets that may be in it; null where it is not at hand. */
  plain(what: number | ArrayBuffer): Promise<Blob | null>;
}

/** What a source is known by. */
export interface Identity {
  provider: KeptSource["provider"];
  label: string;
  /** The base URL. */
  place: string;
  /** What names the account; no secret. */
  account: string;
}

/** What is known of a source from before, and was opened. */
export interface Remembered {
  id: string;
  /** The engine's numbers of its documents, and what each answers. */
  documents: { document: number; question: string }[];
  questions: { question: string; spans: Span[] }[];
  /** By what its records are known. */
  records: BigUint64Array;
  /** The SIMs that its documents are about. */
  sims: string[];
  about: About;
}

/** How a source is kept. */
export interface About {
  id: string;
  label: string;
  keeps: boolean;
  /** Milliseconds since the epoch. */
  since: number;
  /** `120 SIMs, 2026-08-01 – 2026-11-20, 4.2 MB` */
  held: string;
  /** Where it is asked. */
  place: string;
  /** The browser does not delete it of its own accord when space is short; null where it does not say. */
  persisted: boolean | null;
}

/** A document that came. */
export interface Came {
  source: string;
  question: string;
  options: DocumentOptions;
  observed: number;
  records: BigUint64Array<ArrayBuffer>;
  /** The engine's number of it. */
  document: number;
  /** What of it is new; null where all of it is. */
  bytes: ArrayBuffer | null;
}

const hostOf = (url: string): string => {
  try {
    return new URL(url, location.href).host;
  } catch {
    return url;
  }
};

function joined(lists: BigUint64Array[]): BigUint64Array {
  const all = new BigUint64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

export class Keeper {
  readonly #host: HistoryHost;
  #opening: Promise<HistoryStore> | undefined;
  #lost = false;
  #writes: Promise<unknown> = Promise.resolve();
  /** Why nothing more of a source is kept. */
  readonly #stopped = new Map<string, HistoryError>();
  /** The numbers of what is kept, by the engine's. */
  readonly #kept = new Map<number, number>();
  #noting: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HistoryHost) {
    this.#host = host;
  }

  /** Opens what is kept of a source, and hands out what is known of it; null where it is not kept. */
  async remember(identity: Identity): Promise<Remembered | null> {
    const id = await this.#id(identity);
    const all = await (await this.#store()).read(id);
    if (!all?.source.keeps) return null;
    const sims = all.documents.flatMap(({ options }) =>
      options.history ? (options.sim ?? []) : [],
    );
    return {
      id,
      documents: this.#show(all, identity.label),
      questions: all.questions,
      records: joined(all.documents.map(({ records }) => records)),
      sims: [...new Set(sims)],
      about: await this.#about(all.source),
    };
  }

  /** Opens what is kept of a source without asking anybody; false where nothing is. */
  async open(id: string): Promise<boolean> {
    const all = await (await this.#store()).read(id);
    if (!all?.documents.length) return false;
    return this.#show(all, `${all.source.label} (kept)`).length > 0;
  }

  /** Keeps a source from now on. */
  async begin(identity: Identity): Promise<About> {
    const id = await this.#id(identity);
    const { provider, label, place } = identity;
    const store = await this.#store();
    this.#stopped.delete(id);
    const source = await store.begin({ id, provider, label, place: hostOf(place) });
    await this.#note();
    // Browsers may ask the visitor.
    await navigator.storage?.persist?.().catch(() => false);
    return this.#about(source);
  }

  /** Keeps no more of it; what was kept stays. */
  async end(id: string): Promise<void> {
    await this.#writes.catch(() => undefined);
    await (await this.#store()).end(id);
    await this.#note();
  }

  /** Keeps a document. Rejects with a `HistoryError` where it, or one before it, could not be kept. */
  keep({ source, question, options, observed, records, document, bytes }: Came): Promise<void> {
    return this.#write(source, async (store) => {
      const text = await this.#host.plain(bytes ?? document);
      // It was taken out again meanwhile.
      if (!text) return;
      const whole = new Uint8Array(await text.arrayBuffer());
      const hash = await contentHash({ question, options }, whole);
      const confirmed = observed;
      const kept = { source, question, options, hash, records, confirmed };
      const number = await store.keep({ ...kept, packed: await packed(whole) });
      this.#kept.set(document, number);
    });
  }

  /** What these documents (the engine's numbers) say still held then, milliseconds since the epoch. */
  confirm(source: string, documents: number[], observed: number): Promise<void> {
    return this.#write(source, async (store) => {
      const numbers = documents.flatMap((document) => this.#kept.get(document) ?? []);
      await store.confirm(numbers, observed);
    });
  }

  /** A question was answered in full. Gives how the source is kept now. */
  answered(answered: Answered): Promise<About> {
    return this.#write(answered.source, async (store) => {
      const source = await store.answered(answered);
      this.#noteSoon();
      return this.#about(source);
    });
  }

  /** Everything that is kept, and how much space there is. */
  async list(): Promise<{ sources: About[]; space: string }> {
    await this.#writes.catch(() => undefined);
    const sources = await (await this.#store()).sources();
    noteKept(entries(sources));
    const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
    const { usage, quota } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
    let space = `${size(bytes)} kept.`;
    if (usage !== undefined && quota !== undefined) {
      space += ` This page takes ${size(usage)} of the ${size(quota)} that the browser grants it.`;
    }
    return { sources: await Promise.all(sources.map((source) => this.#about(source))), space };
  }

  /** Deletes what is kept of a source. */
  async remove(id: string): Promise<void> {
    await this.#writes.catch(() => undefined);
    const store = await this.#store();
    await store.remove(id);
    await this.#note();
  }

  /** Deletes all that is kept, and the database. */
  async clear(): Promise<void> {
    await this.#writes.catch(() => undefined);
    const store = await this.#store();
    await store.clear();
    noteKept([]);
    store.close();
    this.#opening = undefined;
    // Other tabs let go of it; one that does not leaves it there, empty.
    await deleteDB(databaseName, { blocked: () => undefined }).catch(() => undefined);
  }

  close(): void {
    clearTimeout(this.#noting);
    void this.#opening?.then((store) => store.close()).catch(() => undefined);
    this.#opening = undefined;
    this.#lost = true;
  }

  #id({ provider, place, account }: Identity): Promise<string> {
    if (!globalThis.crypto?.subtle) {
      throw new HistoryError(
        "Nothing can be kept: this page was not fetched over https. Open it by an address that begins with https.",
      );
    }
    return sourceId(provider, place, account);
  }

  #store(): Promise<HistoryStore> {
    if (this.#lost) return Promise.reject(new HistoryError(elsewhereNewer));
    this.#opening ??= openDatabase(() => {
      this.#lost = true;
    }).then(
      (database) => new HistoryStore(database),
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }

  /** Writes behind what was written before, unless something of that source failed. */
  #write<Result>(source: string, work: (store: HistoryStore) => Promise<Result>): Promise<Result> {
    const written = this.#writes.then(async () => {
      const stopped = this.#stopped.get(source);
      if (stopped) throw stopped;
      try {
        return await work(await this.#store());
      } catch (error) {
        const why = this.#lost ? new HistoryError(elsewhereNewer) : historyError(error);
        this.#stopped.set(source, why);
        throw why;
      }
    });
    this.#writes = written.catch(() => undefined);
    return written;
  }

  #show({ source, documents }: KeptAll, label: string): Remembered["documents"] {
    const confirmed = new Map<number, number[]>();
    const shown = documents.map((kept) => {
      const { number, question, options, packed: bytes, confirmed: at } = kept;
      const document = this.#host.newDocument();
      if (number !== undefined) this.#kept.set(document, number);
      const told: OpenOptions = {
        ...options,
        ...{ provider: source.provider, source: label, remembered: at },
      };
      this.#host.send({ type: "open", document, options: told, blob: new Blob([bytes]) }, []);
      if (options.observed === undefined || at > Date.parse(options.observed)) {
        confirmed.set(at, [...(confirmed.get(at) ?? []), document]);
      }
      return { document, question };
    });
    for (const [observed, documents] of [...confirmed].sort(([a], [b]) => a - b)) {
      this.#host.send({ type: "confirm", documents, observed }, []);
    }
    return shown;
  }

  async #about(source: KeptSource): Promise<About> {
    const { id, label, keeps, since, place } = source;
    const persisted = (await navigator.storage?.persisted?.().catch(() => null)) ?? null;
    return { id, label, keeps, since, place, held: held(source), persisted };
  }

  async #note(): Promise<void> {
    noteKept(entries(await (await this.#store()).sources()));
  }

  #noteSoon(): void {
    this.#noting ??= setTimeout(() => {
      this.#noting = undefined;
      // What it says is written again with the next answer.
      this.#note().catch(() => undefined);
    }, noteMs);
  }
}
