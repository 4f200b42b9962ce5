// One map on the page: starts the library's map, keeps its view and its surroundings, and frees it all.
import type { Map as LibreMap } from "maplibre-gl";
import { baseProblem } from "./base/choice.ts";
import { OwnBase } from "./base/own.ts";
import { beginMap } from "./begin.ts";
import { FINE_AFTER_MS, FINE_ZOOM, type Basemap } from "./basemap.ts";
import type { Actions, Chrome } from "./chrome.ts";
import { Drawing } from "./drawing.ts";
import { extentOf, trackExtent, type CountryBounds } from "./extent.ts";
import type { CountryPoints } from "./features.ts";
import { boxOf, fitCamera, leastZoom, MAX_ZOOM, repeats, worldCamera, type Size } from "./frame.ts";
import { takes } from "./keys.ts";
import type { Library } from "./library.ts";
import { copyPainted, painted } from "./painted.ts";
import { takePicture } from "./picture.ts";
import { listen } from "./pointer.ts";
import {
  MapUnavailable,
  type BaseChoice,
  type BoundingBox,
  type MapData,
  type MapOptions,
  type MapView,
  type Selection,
  type Tokens,
} from "./types.ts";
import { CONTEXT_LOST, NO_WEBGL2, NO_WORKER, wording, type Wording } from "./wording.ts";

export interface Parts {
  readonly library: Library;
  readonly basemap: Basemap;
  /** Of its countries. */
  readonly boxes: CountryBounds;
  readonly points: CountryPoints;
  readonly options: MapOptions;
  readonly fetchFine: (signal: AbortSignal) => Promise<Basemap>;
  readonly build: (actions: Actions) => Chrome;
  readonly dropStyles: () => void;
}

/** What takes longer to come is shown as it comes. */
const COVER_MS = 4000;
/** A lost graphics context mostly comes back at once. */
const CONTEXT_PATIENCE_MS = 4000;

export class MapPane implements MapView {
  /** Settles when the map can be used. */
  readonly ready: Promise<void>;

  readonly #library: Library;
  readonly #options: MapOptions;
  readonly #points: CountryPoints;
  readonly #boxes: CountryBounds;
  readonly #fetchFine: (signal: AbortSignal) => Promise<Basemap>;
  readonly #dropStyles: () => void;
  readonly #words: Wording;
  readonly #chrome: Chrome;
  readonly #drawing: Drawing;
  readonly #map: LibreMap;
  readonly #scale: { onRemove(): void };
  readonly #ended = new AbortController();

  #theme: Tokens;
  #own: OwnBase | null = null;
  #fine: "no" | "asked" | "yes" = "no";
  /** What to bring into view as soon as there is room. */
  #awaiting: "all" | "track" | null = null;
  #fitted = false;
  #shown: "no" | "soon" | "yes" = "no";
  #patience: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #cover: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts) {
    const { library, basemap, boxes, points, options, fetchFine, build, dropStyles } = parts;
    const { locale, theme } = options;
    this.#library = library;
    this.#options = options;
    this.#points = points;
    this.#boxes = boxes;
    this.#fetchFine = fetchFine;
    this.#dropStyles = dropStyles;
    this.#words = wording(locale);
    this.#theme = theme;
    const failed = (error: unknown): void => this.#failed(error);
    const words = this.#words;
    const rested = (): void => this.#reveal();
    const { locale: spoken } = words;
    this.#drawing = new Drawing({ basemap, points, words, locale: spoken, theme, failed, rested });
    this.#chrome = build({
      zoomIn: () => this.#map.zoomIn(),
      zoomOut: () => this.#map.zoomOut(),
      fit: () => this.fit(),
    });
    this.#chrome.setTheme(theme);
    this.#chrome.setCredits(words.credits(null));
    try {
      this.#map = this.#start();
    } catch (error) {
      this.#chrome.remove();
      if (error instanceof library.GPUInitializationError) throw new MapUnavailable(NO_WEBGL2);
      throw error;
    }
    const scale = new library.ScaleControl({ maxWidth: 104, unit: "metric" });
    this.#chrome.setScale(scale.onAdd(this.#map));
    this.#scale = scale;
    this.#cover = setTimeout(() => this.#show(), COVER_MS);
    this.ready = this.#wire();
  }

  setData(data: MapData): void {
    this.#chrome.showCard(null);
    this.#credit(data);
    this.#chrome.setEmpty(this.#words.empty(data));
    this.#drawing.setData(data);
    this.#tellBusy();
    if (this.#rest !== undefined) this.#refineLater();
    if (!this.#fitted && (data.places.length > 0 || data.countries.length > 0)) {
      this.#fitted = true;
      this.#bring("all", false);
    }
  }

  setTheme(theme: Tokens): void {
    this.#theme = theme;
    this.#chrome.setTheme(theme);
    this.#drawing.setTheme(theme);
  }

  setSelection(selection: Selection | null): void {
    this.#drawing.setSelection(selection);
  }

  setBase(choice: BaseChoice): void {
    const problem = baseProblem(choice, location.protocol);
    if (problem !== null) throw new Error(problem);
    this.#dropBase();
    if (choice.kind === "built-in") return;
    const { base } = this.#chrome;
    base.hidden = false;
    this.#own = new OwnBase({
      library: this.#library,
      over: this.#map,
      container: base,
      choice,
      shown: () => {
        this.#drawing.setOverOwn(true);
        this.#credit();
      },
      failed: (message) => {
        this.#dropBase();
        this.#options.onBaseFailed?.(message);
      },
      changed: () => {
        this.#credit();
        this.#tellBusy();
      },
    });
    this.#tellBusy();
  }

  async picture(): Promise<Blob> {
    const size = this.#size();
    return takePicture({
      size,
      ratio: this.#map.getPixelRatio(),
      theme: this.#theme,
      foot: this.#chrome.foot,
      draw: (context) => {
        this.#own?.copyTo(context, size);
        copyPainted(this.#map, context, size.width, size.height);
      },
    });
  }

  fit(what: "all" | "track" = "all"): void {
    this.#fitted = true;
    this.#bring(what, true);
  }

  resize(): void {
    this.#map.resize();
  }

  destroy(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    clearTimeout(this.#patience);
    clearTimeout(this.#rest);
    clearTimeout(this.#cover);
    this.#own?.end();
    this.#drawing.detach();
    this.#scale.onRemove();
    this.#map.remove();
    this.#chrome.remove();
    this.#dropStyles();
  }

  #dropBase(): void {
    if (!this.#own) return;
    this.#own.end();
    this.#own = null;
    this.#chrome.base.hidden = true;
    this.#drawing.setOverOwn(false);
    this.#credit();
    this.#tellBusy();
  }

  #credit(data: MapData = this.#drawing.data): void {
    const base = this.#own?.isShown ? this.#own.credits : null;
    this.#chrome.setCredits(this.#words.credits(data, base));
  }

  #start(): LibreMap {
    const { onArea } = this.#options;
    return beginMap({
      library: this.#library,
      container: this.#chrome.pane,
      style: this.#drawing.style(),
      sizeOf: () => this.#size(),
      onBox: onArea && ((from, to) => onArea(this.#boxBetween(from, to))),
    });
  }

  /** Connects the library's events; the promise settles when the style is in. */
  #wire(): Promise<void> {
    const map = this.#map;
    map.on("moveend", () => this.#settled());
    map.on("zoom", () => this.#rezoomed());
    map.on("resize", () => this.#rezoomed());
    map.on("idle", () => {
      this.#drawing.settle();
      this.#reveal();
    });
    map.on("error", ({ error }) => this.#failed(error));
    map.on("webglcontextlost", () => this.#lost());
    map.on("webglcontextrestored", () => clearTimeout(this.#patience));
    listen(map, this.#drawing, this.#words, {
      hover: (hovered) => {
        this.#chrome.showCard(hovered);
        this.#options.onHover?.(hovered);
      },
      select: (picked) => this.#options.onSelect?.(picked),
      failed: (error) => this.#failed(error),
    });
    this.#chrome.pane.addEventListener("keydown", (event) => this.#key(event));
    return new Promise((resolve) => {
      map.on("style.load", () => {
        this.#drawing.attach(map);
        this.#rezoomed();
        resolve();
      });
    });
  }

  /**
   * Shows the map once all of it is drawn. Half of it tells nothing, and every picture of it that is shown holds the page
   * until it is painted.
   */
  #reveal(): void {
    this.#tellBusy();
    if (this.#shown !== "no" || !this.#isDrawn()) return;
    this.#shown = "soon";
    void painted(this.#map.getCanvas()).then(() => {
      if (this.#shown === "yes") return;
      // What came meanwhile tells when it is drawn, too.
      this.#shown = "no";
      if (this.#isDrawn()) this.#show();
    });
  }

  #tellBusy(): void {
    const refines = this.#rest !== undefined || this.#fine === "asked";
    const waits = refines || this.#own?.isBusy === true;
    this.#chrome.setBusy(this.#shown !== "yes" || waits || !this.#isDrawn());
  }

  #isDrawn(): boolean {
    return !this.#ended.signal.aborted && !this.#drawing.isBehind && this.#map.loaded();
  }

  #show(): void {
    this.#shown = "yes";
    clearTimeout(this.#cover);
    this.#chrome.uncover();
    this.#refineLater();
    this.#tellBusy();
  }

  #size(): Size {
    const { clientWidth, clientHeight } = this.#chrome.pane;
    return { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) };
  }

  #bring(what: "all" | "track", smoothly: boolean): void {
    const { clientWidth, clientHeight } = this.#chrome.pane;
    this.#awaiting = what;
    if (clientWidth < 2 || clientHeight < 2) return;
    this.#awaiting = null;
    const { data } = this.#drawing;
    const bounds =
      what === "track" ? trackExtent(data.track) : extentOf(data, this.#points, this.#boxes);
    const size = this.#size();
    const { lon, lat, zoom } = bounds ? fitCamera(bounds, size) : worldCamera(size);
    if (smoothly) this.#map.easeTo({ center: [lon, lat], zoom, duration: 400 });
    else this.#map.jumpTo({ center: [lon, lat], zoom });
  }

  #rezoomed(): void {
    const zoom = this.#map.getZoom();
    const size = this.#size();
    const copies = repeats(size, zoom);
    if (copies !== this.#map.getRenderWorldCopies()) this.#map.setRenderWorldCopies(copies);
    this.#chrome.setZoomable(zoom < MAX_ZOOM - 0.01, zoom > leastZoom(size) + 0.01);
    if (this.#awaiting) this.#bring(this.#awaiting, false);
  }

  #settled(): void {
    this.#drawing.rename();
    const bounds = this.#map.getBounds();
    this.#options.onViewport?.(
      boxOf(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()),
    );
    this.#refineLater();
    this.#tellBusy();
  }

  /** Fetches the finer coast once neither the view nor the data have moved for a while. */
  #refineLater(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    if (this.#fine !== "no" || this.#shown !== "yes" || this.#map.getZoom() < FINE_ZOOM) return;
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      void this.#refine();
    }, FINE_AFTER_MS);
  }

  /** Swaps the coarse coast for the fine one. */
  async #refine(): Promise<void> {
    if (this.#fine !== "no") return;
    this.#fine = "asked";
    try {
      const fine = await this.#fetchFine(this.#ended.signal);
      this.#drawing.setBasemap(fine);
      this.#fine = "yes";
    } catch (error) {
      // The coarse coast stays; the next time the view comes to rest is another try.
      this.#fine = "no";
      this.#failed(error);
      this.#tellBusy();
    }
  }

  #boxBetween(from: { x: number; y: number }, to: { x: number; y: number }): BoundingBox {
    const corners = [from, to].map(({ x, y }) => this.#map.unproject([x, y]));
    const lons = corners.map(({ lng }) => lng);
    const lats = corners.map(({ lat }) => lat);
    return boxOf(Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats));
  }

  #key(event: KeyboardEvent): void {
    if (!takes(event)) return;
    if (event.key === "0") this.fit();
    // The element's own shortcuts must not act on it as well.
    event.stopPropagation();
  }

  #lost(): void {
    this.#drawing.detach();
    clearTimeout(this.#patience);
    this.#patience = setTimeout(
      () => this.#options.onUnavailable?.(CONTEXT_LOST),
      CONTEXT_PATIENCE_MS,
    );
  }

  #failed(error: unknown): void {
    if (this.#ended.signal.aborted) return;
    const message = error instanceof Error ? error.message : String(error);
    if (message.startsWith("Worker failed to load")) {
      this.#options.onUnavailable?.(NO_WORKER);
      return;
    }
    console.warn(`simscope map: ${message}`);
  }
}
