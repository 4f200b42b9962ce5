// One running view: its instance on the page, its engine, and what is mounted. It is made, and ended, as a whole.
import { compiledModule, startInstance, views, type AppHandle } from "./core.ts";
import { linkEngine, type EngineLink } from "./engine-link.ts";
import { LiveLink } from "./live-link.ts";
import type { ToEngine } from "./messages.ts";

/** What the element hands to the views when they start. */
export interface ViewOptions {
  theme: string | null;
  zone: string | null;
  view: string | null;
  /** The folder that the element's files lie in. */
  assetBase: string;
  /** The map's part, fetched when a map is first shown. */
  loadMap(): Promise<unknown>;
  /** Dispatches an event on the element. */
  emit(name: string, detail: unknown): void;
}

export class View {
  readonly #mount: HTMLElement;
  readonly #onStopped: (details: string) => void;
  #app: AppHandle | undefined;
  #engine: EngineLink | undefined;
  #live: LiveLink | undefined;
  #over = false;

  /**
   * Starts in `mount`, an element inside the shadow root. `options` is asked once, when the views start; `onStopped` is
   * called once if it cannot go on.
   */
  constructor(
    mount: HTMLElement,
    options: () => ViewOptions,
    onStopped: (details: string) => void,
  ) {
    this.#mount = mount;
    this.#onStopped = onStopped;
    this.#start(options).catch((error: unknown) => this.#stopped(String(error)));
  }

  /** Unmounts, ends the engine and drops the instance. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#live?.end();
    this.#engine?.close();
    this.#app?.free();
    this.#mount.replaceChildren();
  }

  async #start(options: () => ViewOptions): Promise<void> {
    const module = await compiledModule(views);
    if (this.#over) return;
    const instance = await startInstance(views, module, (message) => this.#stopped(message));
    if (this.#over) return;
    this.#engine = linkEngine((message) => {
      if (this.#over) return;
      if (message.type === "failed") return this.#stopped(message.message);
      try {
        this.#app?.receive(message);
      } catch (error) {
        this.#stopped(String(error));
      }
    });
    const engine = this.#engine;
    const send = (message: unknown, transfer: Transferable[]) =>
      engine.send(message as ToEngine, transfer);
    const live = this.#linkLive(send);
    this.#live = live;
    this.#app = instance.start_app(this.#mount, send, {
      ...options(),
      connect: () => live.connect(),
      openLive: (source: number) => live.open(source),
      clearLive: () => live.clear(),
    });
  }

  #linkLive(send: (message: unknown, transfer: Transferable[]) => void): LiveLink {
    const tell = (message: unknown) => {
      if (!this.#over) this.#app?.receive(message);
    };
    let documents = 0;
    const mount = document.createElement("div");
    this.#mount.append(mount);
    return new LiveLink(mount, {
      send,
      newDocument: () => documents++,
      show: (chips) => tell({ type: "live", chips }),
      details: (label) => tell({ type: "details", label }),
      failed: (title, text) => tell({ type: "failure", title, text }),
      onScreen: () => (this.#over ? [] : (this.#app?.on_screen() ?? [])),
    });
  }

  /** After a panic nothing may be called in the instance again, not even `free`: it is dropped as it is. */
  #stopped(details: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#live?.end();
    this.#engine?.close();
    this.#onStopped(details);
  }
}
