// What one element shows: the first screen, which is a small module of its own, and from the first wish on the views in its
// place. It is made, and ended, as a whole.
import { createInstance } from "simscope-first";
import type { FirstHandle, Wish } from "simscope-core";
import { SimScopeError } from "./api/types.ts";
import { files, type Assets } from "./assets.ts";
import { part, startInstance } from "./core.ts";
import { withoutData } from "./details.ts";
import type { Keeper } from "./saved/list.ts";
import { focusedControl, focusIsElsewhere, putFocus } from "./focus.ts";
import { keptEntries } from "./kept-flag.ts";
import type { Views } from "./views.ts";

/** What the element hands to the views when they start. */
export interface ViewOptions {
  theme: string;
  zone: string | null;
  view: string;
  chrome: string;
  lang: string | null;
  /** Where its files lie. */
  assets: Assets;
  /** Whether history may be kept in this browser. */
  keeps: boolean;
  /** Makes the address of a link to the view; null where nobody does. */
  link: ((fragment: string) => string) | null;
  /** Where the saved views are kept. */
  saved: Keeper;
  /** Dispatches an event on the element. */
  emit(name: string, detail: unknown): void;
}

const first = part("simscope-first.wasm", createInstance);

/** By these a visitor shows that something will be opened soon. */
const signsOfUse = ["pointerenter", "pointerdown", "touchstart", "focusin", "dragenter"] as const;

/** A key that the views know and the first screen does not. */
interface Key {
  kind: "key";
  event: KeyboardEvent;
}

const failedTitle = "Not opened";
const failedText =
  "The rest of simscope could not be fetched. Check the connection and try again: what you chose is kept. Whoever hosts simscope must copy views.js, simscope-views.wasm and simscope-engine.wasm as well.";

type ViewsScript = typeof import("./views.ts");

/**
 * The views' script and their compiled module. Resolves when the engine is at hand, too: so whoever waits for the views
 * finds that it cannot be had before a file is handed to it.
 */
async function fetchViews(assets: Assets): Promise<[ViewsScript, WebAssembly.Module]> {
  const [views, module] = await Promise.all([
    assets.script<ViewsScript>("views.js"),
    assets.module(files.views),
    assets.module(files.engine),
  ]);
  return [views, module];
}

export class View {
  readonly #mount: HTMLElement;
  readonly #options: () => ViewOptions;
  readonly #onOpened: (views: Views) => void;
  readonly #onStopped: (details: string) => void;
  /** Takes the first screen's listeners off. */
  readonly #alone = new AbortController();
  #first: FirstHandle | undefined;
  #views: Views | undefined;
  #opening = false;
  /** What is to be done once the views stand. */
  #waiting: (Wish | Key)[] = [];
  /** Whoever waits for the views. */
  #asked: { resolve: (views: Views) => void; reject: (error: unknown) => void }[] = [];
  #focus: number | undefined;
  #over = false;

  /**
   * Starts in `mount`, an element inside the shadow root. `options` is asked when it starts, and again when the views do;
   * `onOpened` is called once these stand, `onStopped` once if it cannot go on.
   */
  constructor(
    mount: HTMLElement,
    options: () => ViewOptions,
    onOpened: (views: Views) => void,
    onStopped: (details: string) => void,
  ) {
    this.#mount = mount;
    this.#options = options;
    this.#onOpened = onOpened;
    this.#onStopped = onStopped;
    this.#startFirst().catch((error: unknown) => this.#stopped(String(error)));
  }

  /** The views, once they stand. */
  get views(): Views | undefined {
    return this.#views;
  }

  /** Puts the views in the first screen's place; resolves to them. Rejects where they cannot be had. */
  open(): Promise<Views> {
    if (this.#views) return Promise.resolve(this.#views);
    const asked = new Promise<Views>((resolve, reject) => this.#asked.push({ resolve, reject }));
    this.#open();
    return asked;
  }

  /** Unmounts, ends the engine and drops the instances. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#drop();
    this.#mount.replaceChildren();
  }

  get #assets(): Assets {
    return this.#options().assets;
  }

  async #startFirst(): Promise<void> {
    // Whoever imports simscope may say now where its files are.
    await Promise.resolve();
    if (this.#over || this.#options().chrome === "none") return;
    const module = await this.#assets.module(first.file);
    if (this.#over || this.#views) return;
    const instance = await startInstance(first, module, (message) => this.#stopped(message));
    if (this.#over || this.#views) return;
    this.#first = instance.start_first(
      this.#mount,
      (wish) => this.#act(wish),
      () => this.#open(),
      () => (this.#options().keeps ? keptEntries() : []),
    );
    this.#listen();
  }

  #listen(): void {
    const { signal } = this.#alone;
    // That they cannot be had is told when they are needed.
    const prefetch = () => void fetchViews(this.#assets).catch(() => undefined);
    for (const sign of signsOfUse) {
      this.#mount.addEventListener(sign, prefetch, { signal, once: true, passive: true });
    }
    this.#mount.addEventListener(
      "keydown",
      (event) => {
        const opensCommands = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
        if (event.key !== "?" && !opensCommands) return;
        event.preventDefault();
        this.#act({ kind: "key", event });
      },
      { signal },
    );
  }

  /** Keeps what is wished and asks for the views. */
  #act(wish: Wish | Key): void {
    if (this.#over) return;
    // A choice that is made again after a failure still waits.
    const repeats = ["demo", "connect", "kept"].includes(wish.kind);
    if (!repeats || this.#waiting.every(({ kind }) => kind !== wish.kind)) this.#waiting.push(wish);
    // A button that is on its way cannot keep the focus.
    this.#focus = focusedControl(this.#mount) ?? this.#focus;
    this.#open();
  }

  /** Puts the views in the first screen's place. */
  #open(): void {
    if (this.#opening || this.#over) return;
    this.#opening = true;
    this.#replace()
      .catch((error: unknown) => this.#stopped(String(error)))
      .finally(() => (this.#opening = false));
  }

  async #replace(): Promise<void> {
    let fetched;
    try {
      fetched = await fetchViews(this.#assets);
    } catch (error) {
      return this.#failed(error);
    }
    if (this.#over) return;
    const [{ Views }, module] = fetched;
    const views = await Views.start(this.#mount, module, this.#options, (details) =>
      this.#stopped(details),
    );
    if (this.#over) return views.end();
    // All within one task: nothing is painted in between.
    this.#views = views;
    const focus = focusedControl(this.#mount) ?? this.#focus;
    const hadFocus = focus !== undefined && !focusIsElsewhere(this.#mount);
    this.#dropFirst();
    // The first screen goes when something is opened, and its controls with it: keys are to act all the same.
    const stays = this.#waiting.every(({ kind }) => kind === "connect" || kind === "key");
    if (hadFocus) putFocus(this.#mount, stays ? focus : 0);
    this.#onOpened(views);
    for (const { resolve } of this.#asked.splice(0)) resolve(views);
    for (const wish of this.#waiting.splice(0)) this.#do(views, wish);
  }

  #do(views: Views, wish: Wish | Key): void {
    if (wish.kind !== "key") return views.act(wish);
    const { event } = wish;
    const app = this.#mount.querySelector(".app");
    app?.dispatchEvent(new KeyboardEvent(event.type, event));
  }

  #failed(error: unknown): void {
    if (this.#over) return;
    console.error("simscope: its views could not be fetched.", error);
    this.#first?.failed(failedTitle, failedText);
    const unavailable = new SimScopeError("unavailable", failedText);
    for (const { reject } of this.#asked.splice(0)) reject(unavailable);
    const detail = { title: failedTitle, message: failedText };
    this.#options().emit("simscope-error", detail);
  }

  #dropFirst(): void {
    this.#alone.abort();
    const first = this.#first;
    this.#first = undefined;
    try {
      first?.free();
    } catch {
      // After a panic nothing may be called in the instance: it is dropped as it is.
    }
  }

  #drop(): void {
    this.#waiting.length = 0;
    this.#asked.length = 0;
    this.#dropFirst();
    this.#views?.end();
    this.#views = undefined;
  }

  #stopped(details: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#drop();
    this.#onStopped(withoutData(details));
  }
}
