// What is done with the database. Each step is one transaction: cut off in the middle, nothing of it is there. Two tabs may do the
// same at once: whatever is there already is not written again.
import { elsewhereDeleted, HistoryError, historyError } from "./error.ts";
import type { Database, KeptDocument, KeptSource } from "./schema.ts";
import { extentOf, type Span, withSpan } from "./spans.ts";

/** A document that is to be kept. */
export type NewDocument = Omit<KeptDocument, "number" | "hash"> & { hash: string };

/** A question that was answered in full. */
export interface Answered {
  source: string;
  question: string;
  /** Over which time. */
  span: Span;
  /** When it began to be asked, milliseconds since the epoch: what lists the present state and is older was replaced by it. */
  began: number;
  /** The answer tells what happened, and stays; else it lists the present state. */
  lasting: boolean;
  /** How many SIMs the source has. */
  sims: number;
}

/** All that is known of a source from before. */
export interface KeptAll {
  source: KeptSource;
  documents: KeptDocument[];
  questions: { question: string; spans: Span[] }[];
}

const allOf = (source: string) => IDBKeyRange.bound([source], [source, []]);

export class HistoryStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  close(): void {
    this.#database.close();
  }

  /** All sources that something is kept of, or that are kept. */
  sources(): Promise<KeptSource[]> {
    return told(() => this.#database.getAll("sources"));
  }

  /** Takes a source among those that are kept; what was kept before stays. */
  begin(source: Pick<KeptSource, "id" | "provider" | "label" | "place">): Promise<KeptSource> {
    return told(async () => {
      const writing = this.#database.transaction("sources", "readwrite");
      const known = await writing.store.get(source.id);
      const { sims = 0, documents = 0, bytes = 0 } = known ?? {};
      const counts = { sims, documents, bytes, extent: known?.extent ?? null };
      const since = known?.since ?? Date.now();
      const kept = { ...source, ...counts, since, keeps: true };
      await Promise.all([writing.store.put(kept), writing.done]);
      return kept;
    });
  }

  /** Keeps no more of a source; what was kept stays. */
  end(id: string): Promise<void> {
    return told(async () => {
      const writing = this.#database.transaction("sources", "readwrite");
      const known = await writing.store.get(id);
      if (known) await writing.store.put({ ...known, keeps: false });
      await writing.done;
    });
  }

  /** What is kept of a source; null where nothing is. */
  read(id: string): Promise<KeptAll | null> {
    return told(async () => {
      const reading = this.#database.transaction(["sources", "documents", "spans"]);
      const [source, documents, questions] = await Promise.all([
        reading.objectStore("sources").get(id),
        reading.objectStore("documents").index("question").getAll(allOf(id)),
        reading.objectStore("spans").getAll(allOf(id)),
      ]);
      if (!source) return null;
      documents.sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
      return { source, documents, questions };
    });
  }

  /** Keeps a document; one that is there already was found unchanged. Gives its number. */
  keep(document: NewDocument): Promise<number> {
    return told(async () => {
      const { source: id, hash } = document;
      const writing = this.#database.transaction(["sources", "documents"], "readwrite");
      const [sources, documents] = [
        writing.objectStore("sources"),
        writing.objectStore("documents"),
      ];
      try {
        const source = await sources.get(id);
        if (!source) throw new HistoryError(elsewhereDeleted);
        const same = await documents.index("hash").get([id, hash]);
        const confirmed = Math.max(document.confirmed, same?.confirmed ?? 0);
        const put = same ? { ...same, confirmed } : document;
        const number = await documents.put(put);
        if (!same) {
          source.documents += 1;
          source.bytes += document.packed.length;
          await sources.put(source);
        }
        await writing.done;
        return number;
      } catch (error) {
        throw endOf(writing, error);
      }
    });
  }

  /** All of these documents was found unchanged then, milliseconds since the epoch. */
  confirm(numbers: readonly number[], observed: number): Promise<void> {
    return told(async () => {
      const writing = this.#database.transaction("documents", "readwrite");
      for (const number of numbers) {
        const known = await writing.store.get(number);
        if (known && known.confirmed < observed) {
          await writing.store.put({ ...known, confirmed: observed });
        }
      }
      await writing.done;
    });
  }

  /** Notes that a question was answered in full; of what lists the present state only the latest answer stays. */
  answered({ source: id, question, span, began, lasting, sims }: Answered): Promise<KeptSource> {
    return told(async () => {
      const names = ["sources", "documents", "spans"] as const;
      const writing = this.#database.transaction(names, "readwrite");
      try {
        const sources = writing.objectStore("sources");
        const source = await sources.get(id);
        if (!source) throw new HistoryError(elsewhereDeleted);
        source.sims = Math.max(sims, source.sims);
        if (lasting) {
          const known = await writing.objectStore("spans").get([id, question]);
          const spans = withSpan(known?.spans ?? [], span);
          await writing.objectStore("spans").put({ source: id, question, spans });
          const extents = [source.extent ? [source.extent] : [], spans];
          source.extent = extentOf(extents);
        } else {
          const former = writing.objectStore("documents").index("question");
          for await (const cursor of former.iterate([id, question])) {
            if (cursor.value.confirmed >= began) continue;
            source.documents -= 1;
            source.bytes -= cursor.value.packed.length;
            await cursor.delete();
          }
        }
        await sources.put(source);
        await writing.done;
        return source;
      } catch (error) {
        throw endOf(writing, error);
      }
    });
  }

  /** Deletes what is kept of a source. */
  remove(id: string): Promise<void> {
    return told(async () => {
      const names = ["sources", "documents", "spans"] as const;
      const writing = this.#database.transaction(names, "readwrite");
      const documents = writing.objectStore("documents");
      const numbers = await documents.index("question").getAllKeys(allOf(id));
      await Promise.all([
        ...numbers.map((number) => documents.delete(number)),
        writing.objectStore("spans").delete(allOf(id)),
        writing.objectStore("sources").delete(id),
        writing.done,
      ]);
    });
  }

  /** Deletes everything. */
  clear(): Promise<void> {
    return told(async () => {
      const names = ["sources", "documents", "spans"] as const;
      const writing = this.#database.transaction(names, "readwrite");
      await Promise.all([...names.map((name) => writing.objectStore(name).clear()), writing.done]);
    });
  }
}

/** Why a transaction failed: what a request of it says may only be that. Nothing of it is written. */
function endOf(
  writing: { readonly error: DOMException | null; readonly done: Promise<void>; abort(): void },
  error: unknown,
): unknown {
  writing.done.catch(() => undefined);
  const reason = writing.error ?? error;
  try {
    writing.abort();
  } catch {
    // It has ended already.
  }
  return reason;
}

/** What goes wrong is told in words. */
async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw historyError(error);
  }
}
