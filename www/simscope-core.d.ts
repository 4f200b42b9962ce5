// The WebAssembly modules as wasm-bindgen binds them (src/embed/). The build gives the names "simscope-first",
// "simscope-views", "simscope-engine" and "simscope-live" to its output.
declare module "simscope-core" {
  /** What the visitor wants to be opened. */
  export type Wish =
    | { kind: "demo" }
    | { kind: "files"; files: File[] }
    /** `name` says how it came. */
    | { kind: "text"; text: string; name: string }
    | { kind: "connect" }
    /** A source that is kept in this browser. */
    | { kind: "kept"; id: string };

  /** The first screen of one element; `free` unmounts it. */
  export interface FirstHandle {
    /** The views cannot be had: says why, beside a button that asks for them again. */
    failed(title: string, text: string): void;
    free(): void;
  }

  /** The running views of one element; `free` unmounts them. */
  export interface AppHandle {
    receive(message: unknown): void;
    /** Opens what was wished before the views stood. */
    act(wish: Wish): void;
    /** Opens a document for the host page; resolves to what it holds once that is drawn. */
    load(blob: Blob, options: unknown): Promise<unknown>;
    /**
     * A document turned out to be a case file: opens what is in it, `{documents, confirmed, view, masked, saved, notes}`, or says why that
     * cannot be done, `{code, message}`.
     */
    open_case(document: number, found: unknown): void;
    /** A document turned out to hold saved views: what came of it, an `Outcome`. */
    open_saved(document: number, outcome: unknown): void;
    /** The saved views are others: a `Listing`. */
    set_saved(listing: unknown): void;
    /** Chooses what the host page names; resolves to whether it is loaded. */
    choose(named: unknown): Promise<boolean>;
    clear(): void;
    /** The view as a plain object. */
    view(): Record<string, unknown>;
    /** Shows such a view; what it does not hold stays. */
    set_view(view: unknown): void;
    /** Follows an attribute of the element. */
    set_attribute(name: string, value: string): void;
    /** Tells the visitor something; with `untilLoaded` until something is loaded. */
    note(title: string, text: string, untilLoaded: boolean): void;
    /** Identifiers of the SIMs on screen. */
    on_screen(): string[];
    free(): void;
  }

  /** The part that asks providers; `end` before `free`. */
  export interface LiveHandle {
    connect(): void;
    /** Opens the dialog that asks a geolocate service where cells stand. */
    locate(): void;
    /** Opens the list of what is kept in this browser. */
    kept(): void;
    open(source: number): void;
    /** Watches all sources for what is new, or none of them. */
    watch(on: boolean): void;
    /** Fetches from the sources that the host page gives; throws a text where one of them is wrong. */
    set_sources(sources: unknown): void;
    /** Fetches all sources anew. */
    refresh(): void;
    clear(): void;
    end(): void;
    free(): void;
  }

  /** One outgoing message of the engine. */
  export interface Outgoing {
    body: ArrayBuffer;
    buffers: ArrayBuffer[];
  }

  /** The engine of one element. Every call may throw; after a panic, every call traps. */
  export interface Engine {
    command(body: Uint8Array): void;
    /** Forgets everything that was loaded. */
    clear(): void;
    /** What these documents say still held at that instant (milliseconds since the epoch). */
    confirm(documents: Uint32Array, observedMs: number): void;
    begin(document: number, optionsJson: string): void;
    push(document: number, bytes: Uint8Array): void;
    /** The cells of sessions that have no position, as JSON. */
    unplaced_cells(): string;
    finish(document: number): void;
    fail(document: number, message: string): void;
    /** Begins to save what is loaded, with the identifiers masked or not. */
    begin_case(masks: boolean): void;
    /** How a document that was opened so is to be opened anew, as JSON; its bytes follow. Undefined where nothing of it is loaded. */
    case_document(document: number, optionsJson: string): string | undefined;
    /** What is to be saved of its next bytes. */
    case_piece(bytes: Uint8Array): Uint8Array<ArrayBuffer>;
    /** What is to be saved of its rest. */
    case_rest(): Uint8Array<ArrayBuffer>;
    /** All are saved: of the view what follows from the data, as JSON. */
    end_case(): string;
    /** The SIMs of a source with a session of which no end is known, as JSON. */
    unended(source: string): string;
    /** The text of a record without the secrets that may be in it. */
    without_secrets(text: string): string;
    /** Begins to hand sessions over; returns how many they are. */
    hand_over(format: string, all: boolean): number;
    /** A piece of what is handed over. */
    handed(at: number, count: number): string;
    handed_over(): void;
    /** Whether the list of networks' names is wanted: true once, when something that has no name without it is loaded. */
    wants_network_names(): boolean;
    /** Takes the list of networks' names. False for bytes that are no such list: they change nothing. */
    take_network_names(bytes: Uint8Array): boolean;
    /** Works for about `budgetMs`; `nowMs` is the present time since the epoch. True when more work waits. */
    step(budgetMs: number, nowMs: number): boolean;
    take(): Outgoing | undefined;
    free(): void;
  }

  /** One instance: initialise it, then use what it offers. */
  export interface Instance {
    (source: { module_or_path: WebAssembly.Module }): Promise<unknown>;
    on_panic(callback: (message: string) => void): void;
  }

  export interface FirstInstance extends Instance {
    /** `kept` tells of which sources something is kept in this browser. */
    start_first(
      root: HTMLElement,
      act: (wish: Wish) => void,
      again: () => void,
      kept: () => unknown[],
    ): FirstHandle;
  }

  export interface ViewsInstance extends Instance {
    start_app(
      root: HTMLElement,
      send: (message: unknown, transfer: Transferable[]) => void,
      options: unknown,
    ): AppHandle;
  }

  export interface LiveInstance extends Instance {
    start_live(root: HTMLElement, host: unknown): LiveHandle;
  }

  export interface EngineInstance extends Instance {
    Engine: new () => Engine;
    /** One answer (unpacked) as the model's JSON text; throws `{code, message, rows}`. */
    normalize(bytes: Uint8Array, options: unknown): string;
  }
}

declare module "simscope-first" {
  /** A new instance with a scope of its own, not yet initialised. */
  export function createInstance(): import("simscope-core").FirstInstance;
}

declare module "simscope-views" {
  /** A new instance with a scope of its own, not yet initialised. */
  export function createInstance(): import("simscope-core").ViewsInstance;
}

declare module "simscope-live" {
  /** A new instance with a scope of its own, not yet initialised. */
  export function createInstance(): import("simscope-core").LiveInstance;
}

declare module "simscope-engine" {
  /** A new instance with a scope of its own, not yet initialised. */
  export function createInstance(): import("simscope-core").EngineInstance;
}

/** Files of simscope by their names, compressed with gzip and in base64: the build makes it. */
declare module "simscope-files" {
  const files: Record<string, string>;
  export default files;
}

declare module "*.css" {
  const text: string;
  export default text;
}
