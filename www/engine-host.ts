// Drives one engine: feeds it documents piece by piece, gives it time in slices, carries its messages out. The same host
// runs in a worker and, where none can start, on the page.
import type { Engine } from "simscope-core";
import { gatherCase } from "./case-parts.ts";
import { Documents } from "./documents.ts";
import type { FromEngine, OpenOptions, ToEngine } from "./messages.ts";
import { fetchNetworkNames, tellNoNames, type Read } from "./network-names.ts";
import { Opened } from "./opened.ts";
import { isArchive, isSavedViews, openBlob, readingProblem, type Reading } from "./reading.ts";

/** How far one host may go before it lets other work through. */
export interface Pace {
  /** Milliseconds the engine may work at once. */
  sliceMs: number;
  /** Bytes handed to the engine at once. */
  sliceBytes: number;
}

export const workerPace: Pace = { sliceMs: 24, sliceBytes: 1024 * 1024 };
/** On the page a slice must leave room for a frame. */
export const pagePace: Pace = { sliceMs: 8, sliceBytes: 128 * 1024 };

/** The page is told this often at most how far a file is read. */
const progressMs = 100;

/** The shortest time between two answers to fetched documents. */
const restMs = 200;

/** A page that has not drawn by then is not waited for: it may not tell, or be out of sight. */
const drawnMs = 1000;

/** Sessions that are written in one go: a few milliseconds. */
const sessionsAtOnce = 200;

/** What the engine is told of a document that was closed while it was being read. */
const stoppedReading =
  "Reading was stopped before the end of the file. Open it again to read all of it.";

export type { Read };
type Post = (message: FromEngine, transfer: Transferable[]) => void;
type Opening = Extract<ToEngine, { type: "open" }>;

/** What a file is that the engine does not read. */
async function typeOf(blob: Blob): Promise<"archive" | "saved-views" | undefined> {
  if (await isArchive(blob)) return "archive";
  return (await isSavedViews(blob)) ? "saved-views" : undefined;
}

export class EngineHost {
  readonly #engine: Engine;
  readonly #post: Post;
  readonly #pace: Pace;
  readonly #readFile: Read;
  readonly #documents = new Documents();
  readonly #turn = new MessageChannel();
  readonly #waiting: (() => void)[] = [];
  readonly #closed = new Set<number>();
  /** How the documents were opened. */
  readonly #opened = new Opened();
  #loads: Promise<void> = Promise.resolve();
  #working: Promise<void> | undefined;
  /** When the views may be answered anew after another fetched document; many small ones come in a row. */
  #restUntil = 0;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** What the page made of the last update. One that was silent once is waited for again when it tells. */
  #page: "drawn" | "drawing" | "silent" = "drawn";
  #drawn: (() => void) | undefined;
  #over = false;

  constructor(engine: Engine, post: Post, pace: Pace, read: Read) {
    this.#engine = engine;
    this.#post = post;
    this.#pace = pace;
    this.#readFile = read;
    this.#turn.port1.onmessage = () => this.#waiting.shift()?.();
  }

  /** Takes one message of the page. */
  receive(message: ToEngine): void {
    if (this.#over) return;
    switch (message.type) {
      case "command":
        this.#attempt(() => this.#engine.command(message.body));
        void this.#work();
        break;
      case "open":
        this.#closed.delete(message.document);
        this.#opened.open(message.document, message.options ?? {});
        // One file after the other: two at once would only compete for the same core.
        this.#queue(() => this.#load(message));
        break;
      case "clear":
        for (const document of this.#opened.documents()) this.#closed.add(document);
        this.#opened.clear();
        this.#documents.clear();
        this.#attempt(() => this.#engine.clear());
        void this.#work();
        break;
      case "confirm": {
        const documents = Uint32Array.from(message.documents);
        this.#opened.confirm(documents, message.observed);
        // Behind the documents that it is about.
        this.#queue(async () => {
          this.#attempt(() => this.#engine.confirm(documents, message.observed));
          await this.#work();
        });
        break;
      }
      case "forget":
        for (const document of message.documents) {
          this.#closed.add(document);
          this.#documents.close(document);
        }
        this.#opened.forget(message.documents);
        this.#queue(() => this.#readAnew());
        break;
      case "close":
        this.#closed.add(message.document);
        this.#documents.close(message.document);
        break;
      case "drawn":
        this.#page = "drawn";
        this.#drawn?.();
        break;
      case "plain":
        // Behind the document itself.
        this.#queue(() => this.#plain(message));
        break;
      case "unended": {
        const { request, source } = message;
        // Behind the documents that were opened before.
        this.#queue(async () => {
          this.#attempt(() => {
            this.#post({ type: "unended", request, sims: this.#engine.unended(source) }, []);
          });
        });
        break;
      }
      case "unplaced":
        // Behind the documents that bring cells and positions.
        this.#queue(async () => this.#unplaced(message.request));
        break;
      case "case":
        // Behind the documents that were opened before.
        this.#queue(() => this.#saveCase(message));
        break;
      case "sessions":
        // Behind the documents that were opened before.
        this.#queue(() => this.#handOver(message));
        break;
      case "raw":
        void this.#raw(message);
        break;
    }
  }

  /** Ends this host with a message to the page; its engine is not called again. */
  fail(error: unknown): void {
    if (this.#over) return;
    this.stop();
    this.#post(
      { type: "failed", message: error instanceof Error ? error.message : String(error) },
      [],
    );
  }

  /** Ends this host silently. */
  stop(): void {
    this.#over = true;
    clearTimeout(this.#later);
    this.#drawn?.();
    this.#turn.port1.close();
    this.#waiting.length = 0;
  }

  /** Does it after what was queued before. */
  #queue(work: () => Promise<void>): void {
    this.#loads = this.#loads.then(work).catch((error) => this.fail(error));
  }

  /** Reads all documents that are still kept into an empty engine, and confirms what was confirmed. */
  async #readAnew(): Promise<void> {
    const kept = new Map(this.#documents.all());
    const told = new Map<number, OpenOptions>();
    this.#attempt(() => {
      // Which vendor the visitor named since is known to the engine alone.
      this.#engine.begin_case(false);
      for (const { document, options } of this.#openedDocuments()) {
        const anew = this.#engine.case_document(document, JSON.stringify(options));
        if (anew !== undefined) told.set(document, JSON.parse(anew) as OpenOptions);
      }
      this.#engine.end_case();
      this.#engine.clear();
    });
    // What comes meanwhile is queued behind.
    for (const step of [...this.#opened.steps]) {
      if ("observed" in step) {
        this.#attempt(() => this.#engine.confirm(step.documents, step.observed));
        continue;
      }
      const blob = kept.get(step.document);
      if (!blob) continue;
      const options = { ...step.options, ...told.get(step.document), again: true };
      await this.#read(step.document, blob, options, blob.size, false);
    }
    await this.#work();
  }

  #openedDocuments() {
    return this.#opened.steps.flatMap((step) => ("observed" in step ? [] : [step]));
  }

  #attempt(call: () => void): void {
    try {
      if (!this.#over) call();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Lets everything that is waiting (commands above all) come before what follows. */
  #yield(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#over) return;
      this.#waiting.push(resolve);
      this.#turn.port2.postMessage(null);
    });
  }

  /** Gives the engine time until nothing waits; calls while it runs share it. */
  #work(): Promise<void> {
    this.#working ??= this.#steps().finally(() => (this.#working = undefined));
    return this.#working;
  }

  async #steps(): Promise<void> {
    let more = true;
    while (more && !this.#over) {
      this.#attempt(() => {
        more = this.#engine.step(this.#pace.sliceMs, Date.now());
      });
      this.#flush();
      this.#nameNetworks();
      if (more) await this.#yield();
    }
  }

  /** Hands the names of networks to an engine that wants them, once they are here. Nothing waits for them. */
  #nameNetworks(): void {
    this.#attempt(() => {
      if (!this.#engine.wants_network_names()) return;
      void fetchNetworkNames(this.#readFile).then((bytes) => {
        if (!bytes) return;
        let taken = true;
        this.#attempt(() => (taken = this.#engine.take_network_names(bytes)));
        if (!taken) tellNoNames("the file is no such list");
        void this.#work();
      });
    });
  }

  #flush(): void {
    this.#attempt(() => {
      for (let next = this.#engine.take(); next; next = this.#engine.take()) {
        this.#post({ type: "update", ...next }, [next.body, ...next.buffers]);
        if (this.#page === "drawn") this.#page = "drawing";
      }
    });
  }

  /**
   * Lets everything that is waiting come before what follows, and the page draw: it shares the machine's cores with the
   * engine, and while it is busy it should have one to itself.
   */
  async #yieldToPage(): Promise<void> {
    if (this.#page !== "drawing") return this.#yield();
    let timer;
    await new Promise<void>((resolve) => {
      this.#drawn = resolve;
      timer = setTimeout(() => {
        this.#page = "silent";
        resolve();
      }, drawnMs);
    });
    clearTimeout(timer);
    this.#drawn = undefined;
  }

  async #load(message: Opening): Promise<void> {
    const { document } = message;
    if (this.#over || this.#closed.has(document)) return;
    const blob = "blob" in message ? message.blob : new Blob([message.bytes]);
    // Only a file is one: providers do not answer with it.
    const type = message.options?.["observed"] == null ? await typeOf(blob) : undefined;
    if (type) {
      this.#opened.forget([document]);
      return this.#post({ type, document, blob }, []);
    }
    await this.#read(document, blob, message.options ?? {}, blob.size, true);
  }

  /** Reads a document into the engine; `keep` holds on to its text. */
  async #read(
    document: number,
    blob: Blob,
    options: OpenOptions,
    size: number,
    keep: boolean,
  ): Promise<void> {
    this.#attempt(() => this.#engine.begin(document, JSON.stringify(options)));

    let problem: string | undefined;
    try {
      const reading = await openBlob(blob);
      if (keep && !this.#closed.has(document)) {
        this.#documents.keep(document, reading.compressed ? new Blob() : blob);
      }
      await this.#feed(document, reading, size);
    } catch (error) {
      problem = readingProblem(error);
    }
    // What was read until then stays in the engine; it must not take the missing rest for damage.
    if (this.#closed.has(document)) problem = stoppedReading;
    const ending = problem;
    this.#attempt(() =>
      ending === undefined ? this.#engine.finish(document) : this.#engine.fail(document, ending),
    );
    // A file: whoever opened it waits for it.
    if (options["observed"] == null && options["of_case"] !== true) return this.#work();
    this.#flush();
    this.#workLater();
  }

  /** Gives the engine time, but not more often than views of this size can be answered with ease. */
  #workLater(): void {
    this.#later ??= setTimeout(
      () => {
        this.#later = undefined;
        const begun = performance.now();
        void this.#work().then(() => {
          const took = performance.now() - begun;
          this.#restUntil = performance.now() + Math.max(restMs, took * 4);
        });
      },
      Math.max(0, this.#restUntil - performance.now()),
    );
  }

  /** Pushes all pieces; stops early when the document is closed. */
  async #feed(document: number, reading: Reading, total: number): Promise<void> {
    const gone = () => this.#over || this.#closed.has(document);
    let told = -progressMs;
    let fed = 0;
    for await (const piece of reading.pieces) {
      if (gone()) return;
      if (reading.compressed) this.#documents.append(document, piece);
      for (let at = 0; at < piece.length; at += this.#pace.sliceBytes) {
        const slice = piece.subarray(at, at + this.#pace.sliceBytes);
        this.#attempt(() => this.#engine.push(document, slice));
        await this.#work();
        fed += slice.length;
        // Small documents come in numbers: the page may fall behind them, it only shows the last state.
        await (fed >= this.#pace.sliceBytes ? this.#yieldToPage() : this.#yield());
        if (gone()) return;
      }
      const now = performance.now();
      if (now - told < progressMs) continue;
      told = now;
      this.#post({ type: "progress", document, read: reading.read, total }, []);
    }
    this.#post({ type: "progress", document, read: total, total }, []);
  }

  async #plain({ request, of }: Extract<ToEngine, { type: "plain" }>): Promise<void> {
    const text =
      typeof of === "number" ? await this.#documents.whole(of) : new TextDecoder().decode(of);
    if (this.#over) return;
    this.#attempt(() => {
      const blob = text === null ? null : new Blob([this.#engine.without_secrets(text)]);
      this.#post({ type: "plain", request, blob }, []);
    });
  }

  #unplaced(request: number): void {
    this.#attempt(() => {
      this.#post({ type: "unplaced", request, cells: this.#engine.unplaced_cells() }, []);
    });
  }

  async #handOver(message: Extract<ToEngine, { type: "sessions" }>): Promise<void> {
    const { request, format, all } = message;
    const parts: string[] = [];
    let count = 0;
    this.#attempt(() => (count = this.#engine.hand_over(format, all)));
    let at = 0;
    do {
      const from = at;
      this.#attempt(() => parts.push(this.#engine.handed(from, sessionsAtOnce)));
      at += sessionsAtOnce;
      await this.#yield();
    } while (at < count && !this.#over);
    this.#attempt(() => this.#engine.handed_over());
    if (!this.#over) this.#post({ type: "sessions", request, blob: new Blob(parts) }, []);
  }

  async #saveCase({ request, mask }: Extract<ToEngine, { type: "case" }>): Promise<void> {
    const kept = new Map(this.#documents.all());
    const turns = { sliceBytes: this.#pace.sliceBytes, next: () => this.#yield() };
    const parts = await gatherCase(this.#engine, this.#opened, kept, mask, turns);
    if (!this.#over) this.#post({ type: "case", request, parts }, []);
  }

  async #raw(message: Extract<ToEngine, { type: "raw" }>): Promise<void> {
    const { request, document, offset, length } = message;
    const missing = "The file this record came from is no longer at hand. Open it again.";
    let text = await this.#documents.text(document, offset, length).catch(() => null);
    if (this.#over) return;
    // Nobody needs a key to see what a SIM did.
    this.#attempt(() => (text = text && this.#engine.without_secrets(text)));
    this.#post(
      text === null
        ? { type: "raw", request, text, message: missing }
        : { type: "raw", request, text },
      [],
    );
  }
}
