// The view's way to what is kept in this browser. The part that reads and writes it is fetched when something is kept, or asked for.
import type { Assets } from "./assets.ts";
import type { About, Came, HistoryHost, Identity, Keeper, Remembered } from "./history.ts";
import { keptEntries } from "./kept-flag.ts";

type HistoryScript = typeof import("./history.ts");
type Answered = Parameters<Keeper["answered"]>[0];

/** What the live part may do with it. */
export interface LiveHistory {
  /** Whether something is kept; costs nothing. */
  any(): boolean;
  remember(identity: Identity): Promise<Remembered | null>;
  begin(identity: Identity): Promise<About>;
  end(id: string): Promise<void>;
  keep(came: Came): Promise<void>;
  confirm(source: string, documents: number[], observed: number): Promise<void>;
  answered(answered: Answered): Promise<About>;
  list(): Promise<{ sources: About[]; space: string }>;
  open(id: string): Promise<boolean>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
}

export class HistoryLink implements LiveHistory {
  readonly #assets: Assets;
  readonly #host: HistoryHost;
  #starting: Promise<Keeper> | undefined;
  #over = false;

  constructor(assets: Assets, host: HistoryHost) {
    this.#assets = assets;
    this.#host = host;
  }

  any(): boolean {
    return keptEntries().length > 0;
  }

  async remember(identity: Identity): Promise<Remembered | null> {
    return (await this.#keeper()).remember(identity);
  }

  async begin(identity: Identity): Promise<About> {
    return (await this.#keeper()).begin(identity);
  }

  async end(id: string): Promise<void> {
    return (await this.#keeper()).end(id);
  }

  async keep(came: Came): Promise<void> {
    return (await this.#keeper()).keep(came);
  }

  async confirm(source: string, documents: number[], observed: number): Promise<void> {
    return (await this.#keeper()).confirm(source, documents, observed);
  }

  async answered(answered: Answered): Promise<About> {
    return (await this.#keeper()).answered(answered);
  }

  async list(): Promise<{ sources: About[]; space: string }> {
    return (await this.#keeper()).list();
  }

  async open(id: string): Promise<boolean> {
    return (await this.#keeper()).open(id);
  }

  async remove(id: string): Promise<void> {
    return (await this.#keeper()).remove(id);
  }

  async clear(): Promise<void> {
    return (await this.#keeper()).clear();
  }

  /** Lets go of it. */
  close(): void {
    this.#over = true;
    void this.#starting?.then((keeper) => keeper.close()).catch(() => undefined);
  }

  #keeper(): Promise<Keeper> {
    this.#starting ??= this.#start().catch((error: unknown) => {
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async #start(): Promise<Keeper> {
    const { Keeper } = await this.#assets.script<HistoryScript>("history.js");
    const keeper = new Keeper(this.#host);
    if (this.#over) keeper.close();
    return keeper;
  }
}
