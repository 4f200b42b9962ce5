// The views of one element, with its engine and its live part: fetched at the first sign of use. They
// are made, and ended, as a whole.
import { createInstance } from "simscope-views";
import type { AppHandle, Wish } from "simscope-core";
import { files, type Assets } from "./assets.ts";
import { caseName, openCase, writeCase } from "./case-link.ts";
import { part, startInstance } from "./core.ts";
import { linkEngine, type EngineLink } from "./engine-link.ts";
import { SimScopeError, type Loaded, type SourceStatus } from "./api/types.ts";
import type { LiveChip } from "./live.ts";
import { download, saveText } from "./download.ts";
import { SavedList, type Change } from "./saved/list.ts";
import { HistoryLink } from "./history-link.ts";
import { keptEntries } from "./kept-flag.ts";
import { LiveLink } from "./live-link.ts";
import { adoptViewsStyles } from "./views-styles.ts";
import type { MapOptions } from "./map/types.ts";
import type { CaseParts, FromEngine, ToEngine } from "./messages.ts";
import { drawReport, type ReportDrawing } from "./report-picture.ts";
import type { ViewOptions } from "./view.ts";
import { fragmentOf, publicState } from "./view-state.ts";

/** Documents of live sources are numbered from here on, as the live part has it: those of files come before. */
const firstDocument = 1 << 24;

const viewsPart = part(files.views, createInstance);

type Fields = Record<string, unknown>;

/** What a document holds, as the views say it. */
type Held = Omit<Loaded, "skipped"> & { bad_records: number };

function loadedOf(held: Held): Loaded {
  const { name, provider, records, bad_records: skipped } = held;
  const { sims, sessions, events, usage, cells, warnings } = held;
  return { name, provider, records, skipped, sims, sessions, events, usage, cells, warnings };
}

const isRefused = (error: unknown): error is Held & { code: string; message: string } =>
  typeof error === "object" && error !== null && "code" in error && "records" in error;

type Send = (message: unknown, transfer: Transferable[]) => void;

/** A file of simscope as text; null where it cannot be had. */
async function readText(assets: Assets, name: string): Promise<string | null> {
  const response = await assets.read(name).catch(() => null);
  return response?.ok ? response.text() : null;
}

/** Hands an answer to whoever waits for it. */
function settle<Value>(
  waiting: Map<number, (value: Value) => void>,
  request: number,
  value: Value,
): true {
  waiting.get(request)?.(value);
  waiting.delete(request);
  return true;
}

/** The map's part, fetched when a map is first shown; it takes its files from where the others are. */
async function loadMap(assets: Assets) {
  const map = await assets.script<typeof import("./map.ts")>("map.js");
  return {
    ...map,
    createMap: (container: HTMLElement, options: MapOptions) =>
      map.createMap(container, { ...options, assets }),
  };
}

export class Views {
  readonly #mount: HTMLElement;
  readonly #assets: Assets;
  readonly #onStopped: (details: string) => void;
  readonly #saved: SavedList;
  #app: AppHandle | undefined;
  #engine: EngineLink | undefined;
  #live: LiveLink | undefined;
  /** Who waits for which answer on cells without a position. */
  readonly #unplaced = new Map<number, (cells: string) => void>();
  /** Who waits for a text without secrets. */
  readonly #plain = new Map<number, (text: Blob | null) => void>();
  /** Who waits for sessions of which no end is known. */
  readonly #unended = new Map<number, (sims: string) => void>();
  #history: HistoryLink | undefined;
  /** Numbers of documents that are not opened by the views. */
  #documents = 0;
  /** Who waits for what goes into a case. */
  readonly #cases = new Map<number, (parts: CaseParts) => void>();
  /** Who waits for sessions. */
  readonly #handed = new Map<number, (sessions: Blob) => void>();
  #sources: SourceStatus[] = [];
  /** What was told last of what is loaded: again, when a source's chip changes. */
  #status: Record<string, unknown> = {};
  #requests = 0;
  #over = false;

  private constructor(
    mount: HTMLElement,
    given: ViewOptions,
    onStopped: (details: string) => void,
  ) {
    this.#mount = mount;
    this.#assets = given.assets;
    this.#saved = new SavedList(given.saved);
    this.#onStopped = onStopped;
  }

  /**
   * Mounts them into `mount`, an element inside the shadow root. `options` is asked once, when they start; `onStopped` is
   * called once if they cannot go on.
   */
  static async start(
    mount: HTMLElement,
    module: WebAssembly.Module,
    options: () => ViewOptions,
    onStopped: (details: string) => void,
  ): Promise<Views> {
    adoptViewsStyles(mount);
    const given = options();
    const views = new Views(mount, given, onStopped);
    const instance = await startInstance(viewsPart, module, (message) => views.#stopped(message));
    const engine = views.#linkEngine();
    const send: Send = (message, transfer) => engine.send(message as ToEngine, transfer);
    const live = views.#linkLive(send, given);
    views.#app = instance.start_app(mount, send, {
      ...given,
      readText: (name: string) => readText(given.assets, name),
      loadMap: () => loadMap(given.assets),
      emit: (name: string, detail: unknown) => views.#emit(given, name, detail),
      viewed: (view: unknown) => given.emit("simscope-state", view),
      link: given.link && ((view: Fields) => given.link?.(fragmentOf(publicState(view)))),
      connect: () => live.connect(),
      openLive: (source: number) => live.open(source),
      watchLive: (on: boolean) => live.watch(on),
      clearLive: () => live.clear(),
      locate: () => live.locate(),
      kept: () => (given.keeps ? keptEntries() : []),
      showKept: () => live.kept(),
      openKept: (id: string) => void views.#openKept(id),
      saveCase: (mask: boolean) => views.#downloadCase(mask),
      saveFile: saveText,
      saveReportPicture: async (name: string, drawing: ReportDrawing) =>
        download(await drawReport(mount, drawing), name),
      savedViews: () => views.#saved.listing(),
      savedView: (name: string, ready: boolean) => views.#saved.view(name, ready),
      changeViews: (change: Change) => views.#saved.change(change),
      viewsFile: () => views.#saved.file(),
    });
    return views;
  }

  /** Opens what is wished. */
  act(wish: Wish): void {
    this.#app?.act(wish);
  }

  /** Opens a document; resolves to what it holds once that is drawn. */
  async load(
    document: { blob: Blob; name: string },
    options: Record<string, unknown>,
  ): Promise<Loaded> {
    const opened = this.#running.load(document.blob, { ...options, name: document.name });
    try {
      return loadedOf((await opened) as Held);
    } catch (error) {
      if (!isRefused(error)) throw error;
      throw new SimScopeError(error.code, error.message, loadedOf(error));
    }
  }

  /** Chooses rows; resolves to whether they are loaded. */
  choose(named: unknown): Promise<boolean> {
    return this.#running.choose(named);
  }

  /** Sessions as text in that format. */
  async sessions(format: string, all: boolean): Promise<string> {
    if (!["json", "csv", "geojson"].includes(format)) {
      throw new RangeError(`sessions knows the formats json, csv and geojson, not ${format}.`);
    }
    const request = this.#requests++;
    const handed = new Promise<Blob>((resolve) => this.#handed.set(request, resolve));
    this.#engine?.send({ type: "sessions", request, format, all }, []);
    return (await handed).text();
  }

  /** Everything that is loaded, with the view, as one file; with the identifiers masked or not. */
  async saveCase(mask: boolean): Promise<Blob> {
    return (await this.#case(mask)).blob;
  }

  async #case(mask: boolean): Promise<{ blob: Blob; parts: CaseParts }> {
    const request = this.#requests++;
    const asked = new Promise<CaseParts>((resolve) => this.#cases.set(request, resolve));
    this.#engine?.send({ type: "case", request, mask }, []);
    const parts = await asked;
    const blob = await writeCase(this.#assets, parts, publicState(this.view()), mask);
    return { blob, parts };
  }

  /** Saves a case as a file: its name, and in words what is in it. */
  async #downloadCase(mask: boolean): Promise<{ file: string; text: string }> {
    const { blob, parts } = await this.#case(mask);
    const file = caseName(new Date());
    download(blob, file);
    const { documents, missing, view } = parts;
    const counted = (count: number) => `${count} ${count === 1 ? "document" : "documents"}`;
    const size = `${(blob.size / 1e6).toFixed(blob.size < 1e5 ? 3 : 1)} MB`;
    const notes = [
      `${counted(documents.length)}, ${size}${mask ? ", identifiers masked" : ""}. Open it as any file to see what you see now.`,
    ];
    if (missing > 0) notes.push(`${counted(missing)} could not be taken along: no longer at hand.`);
    if (view.labels_left_out > 0) {
      notes.push("Your labels were left out, because what is in them cannot be masked.");
    }
    if (view.filter === null) notes.push("The filter was left out, because it tells of SIMs.");
    return { file, text: notes.join(" ") };
  }

  /** Opens what is kept of a source, without asking anybody. */
  async #openKept(id: string): Promise<void> {
    const title = "Kept history";
    const gone = "Nothing is kept of this source any more: it was deleted, maybe in another tab.";
    try {
      const isThere = await this.#history?.open(id);
      if (!isThere && !this.#over) this.note(title, gone);
    } catch (error) {
      const { name, message } = error as Error;
      const missing =
        "The part of simscope that keeps history could not be fetched. Check the connection and try again; whoever hosts simscope must copy history.js as well.";
      if (name !== "HistoryError") console.error("simscope: kept history", error);
      if (!this.#over) this.note(title, name === "HistoryError" ? message : missing);
    }
  }

  /** A document turned out to be a ZIP. */
  async #openArchive(document: number, blob: Blob): Promise<void> {
    const found = await openCase(this.#assets, blob);
    if (this.#over) return;
    try {
      this.#app?.open_case(document, found);
    } catch (error) {
      this.#stopped(String(error));
    }
  }

  /** A document turned out to hold saved views. */
  async #openSaved(document: number, blob: Blob): Promise<void> {
    const outcome = this.#saved.bring(await blob.text());
    if (!this.#over) this.#app?.open_saved(document, outcome);
  }

  /** The saved views are others. */
  savedChanged(): void {
    this.#running.set_saved(this.#saved.listing());
  }

  /** Fetches from these sources in place of those that were set before. Rejects with what is wrong with one of them. */
  async setSources(sources: unknown[]): Promise<void> {
    await this.#live?.setSources(sources);
  }

  /** Fetches all live sources anew. */
  async refresh(): Promise<void> {
    await this.#live?.refresh();
  }

  /** Forgets everything that is loaded. */
  clear(): void {
    this.#running.clear();
  }

  /** The view as a plain object. */
  view(): Record<string, unknown> {
    return this.#running.view();
  }

  /** Shows such a view; what it does not hold stays. */
  setView(view: Record<string, unknown>): void {
    this.#running.set_view(view);
  }

  /** Shows a saved view by its name, where there is one. */
  showSaved(name: string): void {
    const view = this.#saved.view(name, false);
    if (view) this.setView(view);
  }

  /** Shows a window on time, milliseconds since the epoch. */
  setRange(from: number, to: number): void {
    this.setView({ range: [from, to] });
  }

  /** Follows an attribute of the element. */
  setAttribute(name: string, value: string): void {
    this.#running.set_attribute(name, value);
  }

  /** Tells the visitor something; with `untilLoaded` until something is loaded. */
  note(title: string, text: string, untilLoaded = false): void {
    this.#running.note(title, text, untilLoaded);
  }

  /** Nothing is loaded. */
  get isEmpty(): boolean {
    return !this.#status["sims"];
  }

  /** Opens the demo fleet, unless something is loaded. */
  openDemo(): void {
    if (this.isEmpty) this.act({ kind: "demo" });
  }

  get #running(): AppHandle {
    if (!this.#app || this.#over) throw new SimScopeError("removed", "These views have ended.");
    return this.#app;
  }

  #emit(given: ViewOptions, name: string, detail: unknown): void {
    if (name !== "simscope-status") return given.emit(name, detail);
    this.#status = detail as Record<string, unknown>;
    given.emit(name, { ...this.#status, sources: this.#sources });
  }

  #showLive(given: ViewOptions, chips: LiveChip[]): void {
    this.#sources = chips.map(({ label, tone, text }) => ({
      name: label,
      state: tone as SourceStatus["state"],
      text,
    }));
    this.#emit(given, "simscope-status", this.#status);
  }

  /** Unmounts, ends the engine and drops the instance. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#live?.end();
    this.#history?.close();
    this.#engine?.close();
    this.#app?.free();
  }

  #linkEngine(): EngineLink {
    this.#engine = linkEngine(this.#assets, (message) => {
      if (this.#over) return;
      if (this.#settle(message)) return;
      try {
        this.#app?.receive(message);
      } catch (error) {
        this.#stopped(String(error));
      }
    });
    return this.#engine;
  }

  /** Takes what somebody here waits for; false for what the views are to show. */
  #settle(message: FromEngine): boolean {
    switch (message.type) {
      case "failed":
        this.#stopped(message.message);
        return true;
      case "sessions":
        return settle(this.#handed, message.request, message.blob);
      case "case":
        return settle(this.#cases, message.request, message.parts);
      case "plain":
        return settle(this.#plain, message.request, message.blob);
      case "unended":
        return settle(this.#unended, message.request, message.sims);
      case "unplaced":
        return settle(this.#unplaced, message.request, message.cells);
      case "archive":
        this.#openArchive(message.document, message.blob).catch((error: unknown) =>
          this.#stopped(String(error)),
        );
        return true;
      case "saved-views":
        this.#openSaved(message.document, message.blob).catch((error: unknown) =>
          this.#stopped(String(error)),
        );
        return true;
      default:
        return false;
    }
  }

  #linkLive(send: Send, given: ViewOptions): LiveLink {
    const tell = (message: unknown) => {
      if (!this.#over) this.#app?.receive(message);
    };
    const mount = document.createElement("div");
    this.#mount.append(mount);
    const ask = <Answer>(
      waiting: Map<number, (answer: Answer) => void>,
      message: (request: number) => ToEngine,
      transfer: Transferable[] = [],
    ): Promise<Answer> =>
      new Promise((resolve) => {
        const request = this.#requests++;
        waiting.set(request, resolve);
        send(message(request), transfer);
      });
    const newDocument = () => this.#documents++;
    if (given.keeps) {
      this.#history = new HistoryLink(this.#assets, {
        send,
        newDocument: () => firstDocument + newDocument(),
        plain: (of) =>
          ask(
            this.#plain,
            (request) => ({ type: "plain", request, of }),
            typeof of === "number" ? [] : [of],
          ),
      });
    }
    this.#live = new LiveLink(mount, this.#assets, {
      send,
      newDocument,
      history: this.#history ?? null,
      show: (chips) => {
        tell({ type: "live", chips });
        if (!this.#over) this.#showLive(given, chips);
      },
      details: (label) => tell({ type: "details", label }),
      failed: (title, text) => tell({ type: "failure", title, text }),
      unplaced: () => ask(this.#unplaced, (request) => ({ type: "unplaced", request })),
      unended: (source) => ask(this.#unended, (request) => ({ type: "unended", request, source })),
      onScreen: () => (this.#over ? [] : (this.#app?.on_screen() ?? [])),
    });
    return this.#live;
  }

  /** After a panic nothing may be called in the instance again, not even `free`: it is dropped as it is. */
  #stopped(details: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#live?.end();
    this.#history?.close();
    this.#engine?.close();
    this.#onStopped(details);
  }
}
