// One map for the page, whichever way it is drawn: painted by the library with WebGL 2, or, where that cannot begin or stops
// for good, as an outline. What the page has said so far is said again to the other.
import { baseProblem, BUILT_IN } from "./base/choice.ts";
import { readMessage } from "./reading.ts";
import type {
  BaseChoice,
  BoundingBox,
  MapData,
  MapMessage,
  MapOptions,
  MapView,
  Selection,
  Tokens,
} from "./types.ts";
import { NO_LIBRARY } from "./wording.ts";

/** The two ways. */
export interface Ways {
  /** Ends with the signal, also before it has resolved. */
  paint(options: MapOptions, signal: AbortSignal): Promise<MapView>;
  /** What it resolves to takes the painted map's place, with the view that this had. */
  outline(options: MapOptions, signal: AbortSignal): Promise<(view: BoundingBox | null) => MapView>;
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

export class EitherMap implements MapView {
  readonly #ways: Ways;
  readonly #options: MapOptions;
  readonly #ended = new AbortController();
  readonly #painting = new AbortController();

  #reading = new AbortController();
  #view: MapView | null = null;
  #data: MapData | null = null;
  #theme: Tokens;
  #selection: Selection | null = null;
  #base: BaseChoice = BUILT_IN;
  #seen: BoundingBox | null = null;
  /** The painted map was there for a while. */
  #hasBegun = false;

  private constructor(ways: Ways, options: MapOptions) {
    this.#ways = ways;
    this.#options = {
      ...options,
      onBaseFailed: (message) => {
        // It is not tried again when the map is drawn in another way.
        this.#base = BUILT_IN;
        options.onBaseFailed?.(message);
      },
    };
    this.#theme = options.theme;
  }

  /** Resolves when one of the two can be used; rejects, with what the outline said, where neither can. */
  static async begin(ways: Ways, options: MapOptions): Promise<EitherMap> {
    const map = new EitherMap(ways, options);
    await map.#begin();
    return map;
  }

  /** Replaces everything shown by what the engine says, once that is read; what was to be read before is not any more. */
  take(message: MapMessage): void {
    this.#reading.abort();
    this.#reading = new AbortController();
    const { signal } = this.#reading;
    readMessage(message, signal).then(
      (data) => !this.#ended.signal.aborted && this.setData(data),
      (error: unknown) => {
        if (!signal.aborted)
          console.error("simscope map: what is to be shown was not read.", error);
      },
    );
  }

  setData(data: MapData): void {
    this.#data = data;
    this.#view?.setData(data);
  }

  setTheme(theme: Tokens): void {
    this.#theme = theme;
    this.#view?.setTheme(theme);
  }

  setSelection(selection: Selection | null): void {
    this.#selection = selection;
    this.#view?.setSelection(selection);
  }

  setBase(choice: BaseChoice): void {
    const problem = baseProblem(choice, location.protocol);
    if (problem !== null) throw new Error(problem);
    this.#base = choice;
    this.#view?.setBase(choice);
  }

  async picture(): Promise<Blob> {
    if (!this.#view) throw new Error("The map is not there yet. Try again once it is.");
    return this.#view.picture();
  }

  fit(what?: "all" | "track"): void {
    this.#view?.fit(what);
  }

  resize(): void {
    this.#view?.resize();
  }

  destroy(): void {
    this.#ended.abort();
    this.#reading.abort();
    this.#painting.abort();
    this.#view?.destroy();
    this.#view = null;
  }

  #begin(): Promise<void> {
    return new Promise((resolve, reject) => {
      const give = (error: unknown): void => {
        if (this.#painting.signal.aborted) return;
        this.#painting.abort();
        this.#replace(reasonOf(error)).then(resolve, (failed: unknown) => {
          reject(failed);
          // Nobody waits for this promise any more.
          if (this.#hasBegun && !this.#ended.signal.aborted) {
            this.#options.onUnavailable?.(reasonOf(failed));
          }
        });
      };
      const options: MapOptions = {
        ...this.#options,
        onUnavailable: give,
        onViewport: (box) => {
          this.#seen = box;
          this.#options.onViewport?.(box);
        },
      };
      this.#ways.paint(options, this.#painting.signal).then((view) => {
        if (this.#painting.signal.aborted) return;
        this.#hasBegun = true;
        this.#view = view;
        if (this.#base !== BUILT_IN) view.setBase(this.#base);
        resolve();
      }, give);
    });
  }

  async #replace(reason: string): Promise<void> {
    // For whoever serves the page: a visitor has a map all the same. An edition without the library was chosen.
    if (reason !== NO_LIBRARY) {
      console.warn(`simscope map: ${reason} The map is drawn as an outline.`);
    }
    const signal = this.#ended.signal;
    const build = await this.#ways.outline(this.#options, signal);
    if (signal.aborted) return;
    this.#view?.destroy();
    const hadAny = this.#data && this.#data.places.length + this.#data.countries.length > 0;
    const view = build(hadAny ? this.#seen : null);
    this.#view = view;
    view.setTheme(this.#theme);
    if (this.#data) view.setData(this.#data);
    view.setSelection(this.#selection);
    if (this.#base !== BUILT_IN) view.setBase(this.#base);
  }
}
