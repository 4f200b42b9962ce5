// <sim-scope>: a shadow root, its styles, and one view while the element is in a document. What a host page sets before, or
// while nothing is opened, is kept and holds once it is.
import appCss from "./app.css";
import css from "./simscope.css";
import {
  SimScopeError,
  type CaseOptions,
  type Choice,
  type Input,
  type Loaded,
  type LoadOptions,
  type SavedView,
  type SessionsFormat,
  type SessionsIn,
  type SessionsOptions,
  type SimScopeEventMap,
  type Source,
  type Span,
  type ViewState,
  type When,
} from "./api/types.ts";
import { documentOf } from "./input.ts";
import { assets } from "./page-assets.ts";
import { readSaved, savedVersion, type Saved } from "./saved/format.ts";
import { stoppedPanel } from "./stopped-panel.ts";
import { View, type ViewOptions } from "./view.ts";
import type { Views } from "./views.ts";
import { publicState, readFragment, readState, viewOf } from "./view-state.ts";

let sheets: CSSStyleSheet[] | undefined;

/** One set of sheets for all elements of the page. */
function styleSheets(): CSSStyleSheet[] {
  sheets ??= [css, appCss].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}

/** The themes that the attribute `theme` knows; anything else follows the system. */
const themes = new Set(["light", "dark"]);

/** Properties that a page may have set on the element before its class was known. */
const settable = [
  ...["theme", "zone", "view", "chrome", "sources", "range", "filter", "state", "link"],
  ...["savedViews", "startView"],
];

/** Outside of a browser (a server that renders pages) the class can be there, but no element. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

function instant(when: When): number {
  const at = when instanceof Date ? when.getTime() : new Date(when).getTime();
  if (Number.isFinite(at)) return at;
  throw new RangeError(
    "An instant is a Date, milliseconds since the epoch, or text such as 2026-10-30T12:12:25Z.",
  );
}

function spanOf({ from, to }: { from: When; to: When }): [number, number] {
  const span: [number, number] = [instant(from), instant(to)];
  if (span[0] < span[1]) return span;
  throw new RangeError("A span of time begins before it ends.");
}

const elsewhere =
  "The link holds a view, not the data. Open the same files, or connect the same source: then it is shown.";

const removed = () =>
  new SimScopeError("removed", "The element was taken out of the document before this was done.");

/** Where a bundler has put this script elsewhere, the views bring a class of errors of their own: the page knows this one. */
function rethrow(error: unknown): never {
  const isOurs = error instanceof Error && error.name === "SimScopeError";
  if (!isOurs || error instanceof SimScopeError) throw error;
  const { code, message, loaded } = error as SimScopeError;
  throw new SimScopeError(code, message, loaded);
}

/** `<sim-scope>`. Beside what follows it has all that an `HTMLElement` has. */
export class SimScopeElement extends Base {
  /** @internal */
  static readonly observedAttributes = ["theme", "zone", "view", "chrome", "lang"];

  readonly #mount: HTMLElement;
  #view: View | undefined;
  /** Ends what waits for the views that are there now. */
  #present = new AbortController();
  /** Whoever waits for the element to be in a document. */
  #placed: (() => void)[] = [];
  #sources: Source[] = [];
  #filter = "";
  #range: [number, number] | null = null;
  #state: ViewState | null = null;
  /** What could not be read of that state, until it is told. */
  #notes: string[] = [];
  /** It came with a link. */
  #isLink = false;
  #saved: Saved = { views: [], start: null };
  /** What is to be told once the views stand. */
  #untold: [title: string, text: string][] = [];

  /**
   * Makes the address of a link to the view from its fragment (without the number sign). Where it is set, the views offer to copy
   * such a link.
   */
  link: ((fragment: string) => string) | null = null;

  /** @internal */
  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = styleSheets();
    this.#mount = document.createElement("div");
    this.#mount.className = "simscope";
    // Whatever the page is written in.
    this.#mount.lang = "en";
    shadow.append(this.#mount);
    this.#applyTheme();
  }

  /** @internal */
  connectedCallback(): void {
    this.#takeEarlyProperties();
    if (!this.#view) this.#start();
    for (const placed of this.#placed.splice(0)) placed();
  }

  /** @internal */
  disconnectedCallback(): void {
    // A move within the document is a removal and an insertion at once: only what stays away is ended.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  /** @internal */
  attributeChangedCallback(name: string): void {
    if (name === "theme") this.#applyTheme();
    const value = this.getAttribute(name) ?? "";
    const views = this.#view?.views;
    if (name === "view" || name === "chrome") {
      views?.setAttribute("view", `${this.view} ${this.chrome}`);
    } else views?.setAttribute(name, value);
  }

  /** `light`, `dark`, or `system`, which follows the page's visitor. As the attribute. */
  get theme(): "light" | "dark" | "system" {
    const theme = this.getAttribute("theme") ?? "";
    return themes.has(theme) ? (theme as "light" | "dark") : "system";
  }

  set theme(theme: "light" | "dark" | "system") {
    this.setAttribute("theme", theme);
  }

  /** `UTC`, `local`, or a name of the IANA database. As the attribute. */
  get zone(): string {
    return this.getAttribute("zone") ?? "UTC";
  }

  set zone(zone: string) {
    this.setAttribute("zone", zone);
  }

  /** Which views are shown: all (`full`), or one. As the attribute. */
  get view(): "full" | "timeline" | "map" | "table" {
    const view = this.getAttribute("view") ?? "";
    return ["timeline", "map", "table"].includes(view)
      ? (view as "timeline" | "map" | "table")
      : "full";
  }

  set view(view: "full" | "timeline" | "map" | "table") {
    this.setAttribute("view", view);
  }

  /** `none`: the views alone, without bar, overview, inspector and first screen. As the attribute. */
  get chrome(): "full" | "none" {
    return this.getAttribute("chrome") === "none" ? "none" : "full";
  }

  set chrome(chrome: "full" | "none") {
    this.setAttribute("chrome", chrome);
  }

  /** The vendors that the page fetches from; setting it replaces those set before. Credentials are not given back. */
  get sources(): Omit<Source, "credentials">[] {
    return this.#sources.map(({ credentials: _, ...rest }) => rest);
  }

  set sources(sources: Source[]) {
    this.#sources = [...sources];
    if (!this.#view) return;
    const isOpen = this.#view.views;
    if (sources.length === 0 && !isOpen) return;
    // Views that are opened for it take what was set.
    this.#with((views) => isOpen && views.setSources(this.#sources)).catch((error: unknown) =>
      this.#failed("Sources", error),
    );
  }

  /** The window on time; null until there is one. */
  get range(): Span | null {
    const views = this.#view?.views;
    if (views) return publicState(views.view()).range ?? null;
    const range = this.#range;
    return range && { from: iso(range[0]), to: iso(range[1]) };
  }

  set range(range: { from: When; to: When } | null) {
    this.#range = range && spanOf(range);
    if (this.#range) this.#view?.views?.setRange(...this.#range);
  }

  /** The filter line; docs/filter.md says what it may say. */
  get filter(): string {
    const views = this.#view?.views;
    return views ? (publicState(views.view()).filter ?? "") : this.#filter;
  }

  set filter(filter: string) {
    this.#filter = String(filter);
    this.#view?.views?.setView({ filter: this.#filter });
  }

  /**
   * The view without the data, as a shared link holds it. May be set as an object or as a link's fragment; what of it cannot be
   * read is left out, and told.
   */
  get state(): ViewState {
    const views = this.#view?.views;
    if (views) return publicState(views.view());
    return this.#state ?? { version: 1, ...(this.range && { range: this.range }) };
  }

  set state(value: ViewState | string) {
    const isLink = typeof value === "string";
    const { state, notes } = isLink ? readFragment(value) : readState(value);
    this.#state = state;
    this.#filter = "";
    this.#range = null;
    this.#notes = notes;
    this.#isLink = isLink;
    // A demo that is not open yet is opened; notes are to be seen.
    if (this.#view && (state.demo || notes.length || isLink || this.#view.views)) {
      const isOpen = this.#view.views;
      this.#with((views) => isOpen && this.#show(views, state)).catch((error: unknown) =>
        this.#failed("View", error),
      );
    }
  }

  /**
   * The views that the visitor saved, in their order. The element keeps them for this visit alone: `simscope-views` tells of every
   * change, and a page may set them anew at the next one. What of them cannot be read is left out, and told.
   */
  get savedViews(): SavedView[] {
    return structuredClone(this.#saved.views);
  }

  set savedViews(views: SavedView[]) {
    const { saved, notes } = readSaved({ version: savedVersion, views });
    this.#saved = { ...this.#saved, views: saved.views };
    this.#view?.views?.savedChanged();
    if (notes.length) this.tell("Saved views", notes.join(" "));
  }

  /**
   * The name of the saved view to start with: it is shown with what is loaded first, unless `state` was set. Null for none.
   */
  get startView(): string | null {
    const { views, start } = this.#saved;
    return views.some(({ name }) => name === start) ? start : null;
  }

  set startView(name: string | null) {
    this.#saved = { ...this.#saved, start: name };
    this.#view?.views?.savedChanged();
  }

  /** @internal Tells the visitor something, once the views stand. */
  tell(title: string, text: string): void {
    const views = this.#view?.views;
    if (views) views.note(title, text);
    else this.#untold.push([title, text]);
  }

  /** Reads a document and resolves, once it is drawn, to what it holds. Rejects with a `SimScopeError`. */
  async load(input: Input, options: LoadOptions = {}): Promise<Loaded> {
    const document = await documentOf(input, options.name);
    const { observed, ...rest } = options;
    const given = { ...rest, ...(observed !== undefined && { observed: iso(instant(observed)) }) };
    return this.#with((views) => views.load(document, given));
  }

  /** Chooses rows everywhere, or nothing. Resolves to whether they are loaded. */
  async select(choice: Choice | null): Promise<boolean> {
    const { span, ...rows } = choice ?? {};
    const [from, to] = span ? spanOf(span) : [];
    return this.#with((views) => views.choose({ ...rows, from, to }));
  }

  /** The sessions that the filter, the legend and the chosen span let through, or all. */
  async sessions<Format extends SessionsFormat = "json">(
    options: SessionsOptions<Format> = {},
  ): Promise<SessionsIn[Format]> {
    const format = options.format ?? "json";
    const text = await this.#with((views) => views.sessions(format, options.all ?? false));
    return (format === "csv" ? text : JSON.parse(text)) as SessionsIn[Format];
  }

  /**
   * Everything that is loaded, with the view, as one file: a ZIP that goes with a ticket, and that `load` opens. No credentials and
   * no secrets are in it; identifiers are masked where that is asked for.
   */
  async saveCase({ mask = false }: CaseOptions = {}): Promise<Blob> {
    return this.#with((views) => views.saveCase(mask));
  }

  /** Fetches all live sources anew, up to now. */
  async refresh(): Promise<void> {
    await this.#with((views) => views.refresh());
  }

  /** Forgets everything that is loaded, and ends live sources. */
  clear(): void {
    this.#sources = [];
    this.#state = null;
    this.#view?.views?.clear();
  }

  /** Does it with the views, which are fetched for it; where the element is in no document, once it is. */
  async #with<Result>(work: (views: Views) => Result | Promise<Result>): Promise<Result> {
    if (!this.#view) await new Promise<void>((placed) => this.#placed.push(placed));
    const { signal } = this.#present;
    const gone = new Promise<never>((_, reject) => {
      if (signal.aborted) reject(removed());
      signal.addEventListener("abort", () => reject(removed()), { once: true });
    });
    const view = this.#view;
    if (!view) throw removed();
    return Promise.race([view.open().then(work).catch(rethrow), gone]);
  }

  /** A property that was set before the class was known hides the class's own: it is set anew. */
  #takeEarlyProperties(): void {
    for (const name of settable) {
      if (!Object.hasOwn(this, name)) continue;
      const element = this as Record<string, unknown>;
      const value = element[name];
      if (name === "link" && value === null) continue;
      delete element[name];
      element[name] = value;
    }
  }

  #applyTheme(): void {
    this.#mount.dataset["theme"] = this.theme;
  }

  #start(): void {
    this.#mount.replaceChildren();
    this.#present = new AbortController();
    // Each start has a fresh element: what a stopped view left behind can then reach nothing that is shown.
    const mount = document.createElement("div");
    mount.className = "view";
    this.#mount.append(mount);
    // Read when the views start: a page may set attributes after its markup brought the element to life.
    this.#view = new View(
      mount,
      () => this.#options(),
      (views) => this.#opened(views),
      (details) => this.#stopped(details),
    );
    if (this.#sources.length || this.#state?.demo || this.#notes.length || this.#isLink) {
      this.#view.open().catch((error: unknown) => this.#failed("simscope", error));
    }
  }

  /** The views stand: what was set before holds now. */
  #opened(views: Views): void {
    const { startView } = this;
    const start = this.#saved.views.find(({ name }) => name === startView);
    if (this.#state) this.#show(views, this.#state);
    else if (start) views.showSaved(start.name);
    for (const [title, text] of this.#untold.splice(0)) views.note(title, text);
    if (this.#filter) views.setView({ filter: this.#filter });
    if (this.#range) views.setRange(...this.#range);
    if (this.#sources.length) {
      views.setSources(this.#sources).catch((error: unknown) => this.#failed("Sources", error));
    }
  }

  #show(views: Views, state: ViewState): void {
    views.setView(viewOf(state));
    if (state.demo) views.openDemo();
    else if (this.#isLink && views.isEmpty) views.note("Shared view", elsewhere, true);
    const notes = this.#notes.splice(0).join(" ");
    if (notes) views.note("Shared view", `Not all of it could be taken over. ${notes}`);
  }

  #options(): ViewOptions {
    return {
      theme: this.theme,
      zone: this.getAttribute("zone"),
      view: this.view,
      chrome: this.chrome,
      lang: this.closest("[lang]")?.getAttribute("lang") ?? null,
      assets: assets(),
      keeps: this.hasAttribute("history"),
      link: this.link,
      saved: {
        read: () => this.#saved,
        write: (saved) => this.#keep(saved),
      },
      emit: (type, detail) => this.#emit(type, detail),
    };
  }

  /** Tells that the visitor changed the saved views; false where the page cannot keep them. */
  #keep(saved: Saved): boolean {
    this.#saved = saved;
    const detail = { views: this.savedViews, start: this.startView };
    const more = { bubbles: true, composed: true, cancelable: true };
    return this.dispatchEvent(new CustomEvent("simscope-views", { detail, ...more }));
  }

  #emit(type: string, detail: unknown): void {
    let told = detail;
    if (type === "simscope-state") told = { state: publicState(detail as Record<string, unknown>) };
    this.dispatchEvent(new CustomEvent(type, { detail: told, bubbles: true, composed: true }));
  }

  /** Nobody waits for it: it is told by an event. */
  #failed(title: string, error: unknown): void {
    if (error instanceof SimScopeError && error.code === "removed") return;
    const message = error instanceof Error ? error.message : String(error);
    this.#view?.views?.note(title, message);
    this.#emit("simscope-error", { title, message });
  }

  #end(): void {
    this.#present.abort();
    this.#view?.end();
    this.#view = undefined;
    this.#mount.replaceChildren();
  }

  #stopped(details: string): void {
    this.#present.abort();
    this.#mount.replaceChildren(stoppedPanel(details, () => this.#start()));
    const message = "simscope stopped. Reload the view.";
    this.#emit("simscope-error", { message, details });
  }
}

const iso = (at: number): string => new Date(at).toISOString();

export interface SimScopeElement {
  addEventListener<Type extends keyof SimScopeEventMap>(
    type: Type,
    listener: (this: SimScopeElement, event: SimScopeEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Type extends keyof HTMLElementEventMap>(
    type: Type,
    listener: (this: SimScopeElement, event: HTMLElementEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** Makes the element known to the page, once: a page may take the module in twice. */
export function define(): void {
  if (!globalThis.customElements || customElements.get("sim-scope")) return;
  customElements.define("sim-scope", SimScopeElement);
}
