// The views of one element, with its engine and its live part: fetched (see views-link.ts) at the first sign of use. They
// are made, and ended, as a whole.
import { createInstance } from "simscope-views";
import type { AppHandle, Wish } from "simscope-core";
import { files, part, startInstance } from "./core.ts";
import { linkEngine, type EngineLink } from "./engine-link.ts";
import { LiveLink } from "./live-link.ts";
import type { ToEngine } from "./messages.ts";
import type { ViewOptions } from "./view.ts";

const viewsPart = part(files.views, createInstance);

type Send = (message: unknown, transfer: Transferable[]) => void;

export class Views {
  readonly #mount: HTMLElement;
  readonly #onStopped: (details: string) => void;
  #app: AppHandle | undefined;
  #engine: EngineLink | undefined;
  #live: LiveLink | undefined;
  /** Who waits for which answer on cells without a position. */
  readonly #unplaced = new Map<number, (cells: string) => void>();
  #over = false;

  private constructor(mount: HTMLElement, onStopped: (details: string) => void) {
    this.#mount = mount;
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
    const views = new Views(mount, onStopped);
    const instance = await startInstance(viewsPart, module, (message) => views.#stopped(message));
    const engine = views.#linkEngine();
    const send: Send = (message, transfer) => engine.send(message as ToEngine, transfer);
    const live = views.#linkLive(send);
    views.#app = instance.start_app(mount, send, {
      ...options(),
      connect: () => live.connect(),
      openLive: (source: number) => live.open(source),
      clearLive: () => live.clear(),
      locate: () => live.locate(),
    });
    return views;
  }

  /** Opens what is wished. */
  act(wish: Wish): void {
    this.#app?.act(wish);
  }

  /** Unmounts, ends the engine and drops the instance. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#live?.end();
    this.#engine?.close();
    this.#app?.free();
  }

  #linkEngine(): EngineLink {
    this.#engine = linkEngine((message) => {
      if (this.#over) return;
      if (message.type === "failed") return this.#stopped(message.message);
      if (message.type === "unplaced") {
        this.#unplaced.get(message.request)?.(message.cells);
        this.#unplaced.delete(message.request);
        return;
      }
      try {
        this.#app?.receive(message);
      } catch (error) {
        this.#stopped(String(error));
      }
    });
    return this.#engine;
  }

  #linkLive(send: Send): LiveLink {
    const tell = (message: unknown) => {
      if (!this.#over) this.#app?.receive(message);
    };
    let documents = 0;
    let asked = 0;
    const mount = document.createElement("div");
    this.#mount.append(mount);
    this.#live = new LiveLink(mount, {
      send,
      newDocument: () => documents++,
      show: (chips) => tell({ type: "live", chips }),
      details: (label) => tell({ type: "details", label }),
      failed: (title, text) => tell({ type: "failure", title, text }),
      unplaced: () =>
        new Promise((resolve) => {
          const request = asked++;
          this.#unplaced.set(request, resolve);
          send({ type: "unplaced", request }, []);
        }),
      onScreen: () => (this.#over ? [] : (this.#app?.on_screen() ?? [])),
    });
    return this.#live;
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
