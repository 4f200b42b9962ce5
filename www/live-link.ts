// The view's line to the live part, which is fetched with the first wish to connect a provider.
import { SimScopeError } from "./api/types.ts";
import type { Assets } from "./assets.ts";
import { withoutData } from "./details.ts";
import type { LiveChip, LiveHandle, LiveHost } from "./live.ts";

/** What the live part needs of the view, and how its failure is told. */
export interface LiveSurroundings extends LiveHost {
  /** Something could not be done: what, and what to do. */
  failed(title: string, text: string): void;
}

export class LiveLink {
  readonly #mount: HTMLElement;
  readonly #assets: Assets;
  readonly #around: LiveSurroundings;
  #handle: LiveHandle | undefined;
  #starting: Promise<LiveHandle | undefined> | undefined;
  #over = false;

  /** The live part will be mounted in `mount`, beside the views. */
  constructor(mount: HTMLElement, assets: Assets, around: LiveSurroundings) {
    this.#mount = mount;
    this.#assets = assets;
    this.#around = around;
  }

  /** Opens the dialog that connects a provider. */
  connect(): void {
    void this.#with((live) => live.connect());
  }

  /** Fetches from these sources in place of those that were set before. Rejects with what is wrong with one of them. */
  async setSources(sources: unknown[]): Promise<void> {
    if (sources.length === 0 && !this.#handle) return;
    let problem: unknown;
    await this.#with((live) => {
      try {
        live.set_sources(sources);
      } catch (error) {
        if (typeof error !== "string") throw error;
        problem = new SimScopeError("bad_source", error);
      }
    });
    if (problem !== undefined) throw problem;
  }

  /** Fetches all live sources anew. */
  async refresh(): Promise<void> {
    if (this.#handle) await this.#with((live) => live.refresh());
  }

  /** Watches all live sources for what is new, or none of them. */
  watch(on: boolean): void {
    if (this.#handle) void this.#with((live) => live.watch(on));
  }

  /** Opens the panel of a live source. */
  open(source: number): void {
    void this.#with((live) => live.open(source));
  }

  /** Opens the list of what is kept in this browser. */
  kept(): void {
    void this.#with((live) => live.kept());
  }

  /** Opens the dialog that asks a geolocate service where cells stand. */
  locate(): void {
    void this.#with((live) => live.locate());
  }

  /** Ends all live sources and forgets them. */
  clear(): void {
    if (this.#handle) void this.#with((live) => live.clear());
  }

  /** Ends everything. */
  end(): void {
    this.#over = true;
    const handle = this.#handle;
    this.#handle = undefined;
    try {
      handle?.end();
      handle?.free();
    } catch {
      // After a panic nothing may be called in the instance: it is dropped as it is.
    }
    this.#mount.remove();
  }

  async #with(call: (live: LiveHandle) => void): Promise<void> {
    const live = await (this.#starting ??= this.#start());
    if (!live || this.#over || live !== this.#handle) return;
    try {
      call(live);
    } catch (error) {
      this.#stopped(String(error));
    }
  }

  async #start(): Promise<LiveHandle | undefined> {
    try {
      const { startLive } = await this.#assets.script<typeof import("./live.ts")>("live.js");
      const handle = await startLive(this.#mount, this.#assets, this.#around, (details) =>
        this.#stopped(details),
      );
      if (this.#over) {
        handle.end();
        handle.free();
        return undefined;
      }
      this.#handle = handle;
      return handle;
    } catch (error) {
      this.#starting = undefined;
      console.error("simscope: the part that asks providers could not be started.", error);
      this.#around.failed(
        "Connect a provider",
        "The part of simscope that asks providers could not be fetched. Check the connection and try again; whoever hosts simscope must copy live.js and simscope-live.wasm as well.",
      );
      return undefined;
    }
  }

  /** Its instance panicked: its sources are gone, what they brought stays. */
  #stopped(details: string): void {
    if (this.#over || !this.#starting) return;
    this.#handle = undefined;
    this.#starting = undefined;
    this.#mount.replaceChildren();
    console.error("simscope: the part that asks providers stopped.", withoutData(details));
    this.#around.show([] satisfies LiveChip[]);
    this.#around.failed(
      "Live sources stopped",
      "Something went wrong inside simscope. What had come stays, the credentials are forgotten. Connect again to go on.",
    );
  }
}
