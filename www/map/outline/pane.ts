// The map without WebGL 2: keeps the view, and draws base map and places as SVG.
import { FINE_AFTER_MS, FINE_ZOOM, type Basemap } from "../basemap.ts";
import type { Actions, Chrome } from "../chrome.ts";
import type { XY } from "../clip.ts";
import { boxesOf, extentOf, trackExtent, type CountryBounds } from "../extent.ts";
import { clusterColours, newestChosen, type CountryPoints } from "../features.ts";
import {
  boxOf,
  constrain,
  fitCamera,
  leastZoom,
  MAX_ZOOM,
  worldCamera,
  type Size,
} from "../frame.ts";
import { cameraFor, latitudeOf, pixelsAtZoom0, type Bounds, type Camera } from "../geodesy.ts";
import { nameFeatures } from "../names.ts";
import { takePicture } from "../picture.ts";
import { describe, pickedOf, REACH_PX, zoomInto } from "../target.ts";
import type {
  BaseChoice,
  BoundingBox,
  MapData,
  MapOptions,
  MapView,
  Selection,
  Tokens,
} from "../types.ts";
import { hasLibrary } from "../library.ts";
import { BASE_NEEDS_LIBRARY, BASE_NEEDS_WEBGL2, KEYS, wording, type Wording } from "../wording.ts";
import { gather, partingZoom, spotsOf, type Gathered, type Spot } from "./gather.ts";
import { covers, marginOf, offset, shift, type Drawn } from "./drawn.ts";
import { listen } from "./gestures.ts";
import { groundOf } from "./ground.ts";
import { imageOf } from "./image.ts";
import { measurer, TEXT_PX } from "./labels.ts";
import { Motion } from "./motion.ts";
import { areaBox, FONT, paintGround, paintScene } from "./paint.ts";
import { pick, type Found } from "./pick.ts";
import { between, moved, Projection, zoomed } from "./projection.ts";
import { ScaleBar } from "./scale-bar.ts";
import { sceneOf, type Scene, type Subject } from "./scene.ts";
import { make, set } from "./svg.ts";

export interface Parts {
  readonly basemap: Basemap;
  readonly points: CountryPoints;
  readonly options: MapOptions;
  /** What to begin with, where another map showed it before. */
  readonly view: BoundingBox | null;
  readonly fetchFine: (signal: AbortSignal) => Promise<Basemap>;
  readonly build: (actions: Actions) => Chrome;
  readonly dropStyles: () => void;
}

const EASE_MS = 300;
const FIT_MS = 400;
/** How long nothing moves before names and ground are made anew. */
const REST_MS = 150;
/** The ground is stretched up to this much before it is made anew. */
const STRETCH = 2;

export class OutlinePane implements MapView {
  readonly #options: MapOptions;
  readonly #points: CountryPoints;
  readonly #fetchFine: (signal: AbortSignal) => Promise<Basemap>;
  readonly #dropStyles: () => void;
  readonly #words: Wording;
  readonly #chrome: Chrome;
  readonly #scale: ScaleBar;
  readonly #counts: Intl.NumberFormat;
  readonly #widthOf: (text: string) => number;
  readonly #motion = new Motion();
  readonly #ended = new AbortController();
  readonly #resizes = new ResizeObserver(() => this.resize());
  readonly #sea = make("rect", { width: "100%", height: "100%" });
  readonly #groundLayer = make("g", { class: "ground" });
  readonly #sceneLayer = make("g", { class: "scene" });
  readonly #boxLayer = make("g");
  readonly #svg: SVGSVGElement;

  /** The finer one, once it is there; it is drawn only where it can be seen. */
  #finer: Basemap | null = null;
  readonly #coarse: Basemap;
  readonly #boxes: CountryBounds;
  #theme: Tokens;
  #data: MapData = { places: [], countries: [], track: null, off_map: 0 };
  #selection: Selection | null = null;
  #spots: readonly Spot[] = [];
  #colours: readonly number[] = [];
  /** By whole zoom. */
  #gathered = new Map<number, Gathered>();
  #names: Subject["names"] | null = null;
  #camera: Camera;
  #size: Size;
  #ground: Drawn | null = null;
  #scene: (Drawn & { readonly scene: Scene }) | null = null;
  /** What to bring into view as soon as there is room. */
  #awaiting: "all" | "track" | null = null;
  #fitted = false;
  #fine: "no" | "asked" | "yes" = "no";
  #hovers = false;
  #frame = 0;
  #pointerFrame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #refining: ReturnType<typeof setTimeout> | undefined;

  constructor({ basemap, points, options, view, fetchFine, build, dropStyles }: Parts) {
    this.#coarse = basemap;
    this.#boxes = boxesOf(basemap);
    this.#points = points;
    this.#options = options;
    this.#theme = options.theme;
    this.#fetchFine = fetchFine;
    this.#dropStyles = dropStyles;
    this.#words = wording(options.locale);
    this.#counts = new Intl.NumberFormat(this.#words.locale);
    this.#scale = new ScaleBar(this.#words.locale);
    this.#widthOf = measurer(`${TEXT_PX}px ${FONT}`);
    this.#svg = make(
      "svg",
      { class: "simscope-map-outline", role: "img", "aria-label": KEYS, tabindex: 0 },
      [this.#sea, this.#groundLayer, this.#sceneLayer, this.#boxLayer],
    );
    this.#chrome = build({
      zoomIn: () => this.#step(1, null),
      zoomOut: () => this.#step(-1, null),
      fit: () => this.fit(),
    });
    this.#chrome.pane.append(this.#svg);
    this.#chrome.setScale(this.#scale.element);
    this.#chrome.setCredits(this.#words.credits(null));
    this.#chrome.uncover();
    this.#size = this.#measure();
    this.#camera = view ? cameraOf(view, this.#size) : worldCamera(this.#size);
    this.#fitted = view !== null;
    this.#listen();
    this.#resizes.observe(this.#chrome.pane);
    this.setTheme(options.theme);
    this.#moving();
  }

  setData(data: MapData): void {
    this.#show(null);
    this.#data = data;
    this.#spots = spotsOf(data.places);
    this.#colours = clusterColours(data.places);
    this.#gathered = new Map();
    this.#names = null;
    this.#chrome.setCredits(this.#words.credits(data));
    this.#chrome.setEmpty(this.#words.empty(data));
    this.#redraw();
    if (!this.#fitted && (data.places.length > 0 || data.countries.length > 0)) {
      this.#fitted = true;
      this.#bring("all", false);
    }
  }

  setTheme(theme: Tokens): void {
    this.#theme = theme;
    this.#chrome.setTheme(theme);
    set(this.#sea, { fill: theme.sea });
    this.#redraw();
  }

  setSelection(selection: Selection | null): void {
    this.#selection = selection;
    this.#scene = null;
    this.#ask();
  }

  /** Only the built-in one is drawn here. */
  setBase(choice: BaseChoice): void {
    if (choice.kind === "built-in") return;
    const { assets, onBaseFailed } = this.#options;
    onBaseFailed?.(assets && !hasLibrary(assets) ? BASE_NEEDS_LIBRARY : BASE_NEEDS_WEBGL2);
  }

  async picture(): Promise<Blob> {
    const size = this.#size;
    const image = await imageOf(this.#svg, size.width, size.height);
    return takePicture({
      size,
      ratio: devicePixelRatio,
      theme: this.#theme,
      foot: this.#chrome.foot,
      draw: (context) => context.drawImage(image, 0, 0, size.width, size.height),
    });
  }

  fit(what: "all" | "track" = "all"): void {
    this.#fitted = true;
    this.#bring(what, true);
  }

  resize(): void {
    const size = this.#measure();
    if (size.width === this.#size.width && size.height === this.#size.height) return;
    this.#size = size;
    this.#redraw();
    if (this.#awaiting) this.#bring(this.#awaiting, false);
    else this.#go(constrain(this.#camera, size));
  }

  destroy(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    this.#motion.stop();
    cancelAnimationFrame(this.#frame);
    cancelAnimationFrame(this.#pointerFrame);
    clearTimeout(this.#rest);
    clearTimeout(this.#refining);
    this.#resizes.disconnect();
    this.#chrome.remove();
    this.#dropStyles();
  }

  #listen(): void {
    listen(
      this.#svg,
      {
        grab: () => this.#motion.stop(),
        pan: (by) => this.#go(moved(this.#projection(), by)),
        zoomBy: (levels, about) => {
          this.#motion.stop();
          this.#go(zoomed(this.#projection(), this.#camera.zoom + levels, about));
        },
        step: (levels, about) => this.#step(levels, about),
        stepPan: (by) => this.#ease(moved(this.#projection(), by), EASE_MS),
        fit: () => this.fit(),
        span: (from, to, isDone) => this.#span(from, to, isDone),
        giveUpSpan: () => this.#boxLayer.replaceChildren(),
        hover: (at) => this.#hover(at),
        click: (at, isTouch) => this.#click(at, isTouch),
      },
      this.#ended.signal,
    );
  }

  #projection(): Projection {
    return new Projection(this.#camera, this.#size);
  }

  #measure(): Size {
    const { clientWidth, clientHeight } = this.#chrome.pane;
    return { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) };
  }

  #bring(what: "all" | "track", smoothly: boolean): void {
    this.#awaiting = what;
    if (this.#size.width < 2 || this.#size.height < 2) return;
    this.#awaiting = null;
    const bounds =
      what === "track"
        ? trackExtent(this.#data.track)
        : extentOf(this.#data, this.#points, this.#boxes);
    const camera = bounds ? fitCamera(bounds, this.#size) : worldCamera(this.#size);
    if (smoothly) this.#ease(camera, FIT_MS);
    else this.#go(camera);
  }

  #step(levels: number, about: XY | null): void {
    const from = this.#projection();
    const at: XY = about ?? [this.#size.width / 2, this.#size.height / 2];
    const zoom = from.camera.zoom;
    this.#motion.start(EASE_MS, (share) => this.#go(zoomed(from, zoom + levels * share, at)));
  }

  #ease(to: Camera, duration_ms: number): void {
    const from = this.#camera;
    this.#motion.start(duration_ms, (share) =>
      this.#go(constrain(between(from, to, share), this.#size)),
    );
  }

  #go(camera: Camera): void {
    this.#camera = camera;
    this.#moving();
  }

  /** The view changes: draws it in the next frame, and sees to the rest once it rests. */
  #moving(): void {
    this.#show(null);
    clearTimeout(this.#refining);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#settled(), REST_MS);
    this.#ask();
  }

  #redraw(): void {
    this.#ground = null;
    this.#scene = null;
    this.#ask();
  }

  #ask(): void {
    if (this.#ended.signal.aborted) return;
    this.#chrome.setBusy(true);
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
      this.#tellBusy();
    });
  }

  #tellBusy(): void {
    const waits = this.#frame !== 0 || this.#rest !== undefined || this.#refining !== undefined;
    this.#chrome.setBusy(waits || this.#motion.isRunning || this.#fine === "asked");
  }

  #draw(): void {
    const now = this.#projection();
    if (!this.#ground || !covers(this.#ground, now, STRETCH)) this.#drawGround(now);
    if (!this.#scene || !covers(this.#scene, now, 1)) this.#drawScene(now);
    if (this.#ground) set(this.#groundLayer, { transform: shift(this.#ground.projection, now) });
    if (this.#scene) set(this.#sceneLayer, { transform: shift(this.#scene.projection, now) });
    const { lat, zoom } = this.#camera;
    this.#scale.update(1 / (pixelsAtZoom0(1, lat) * 2 ** zoom));
    this.#chrome.setZoomable(zoom < MAX_ZOOM - 0.01, zoom > leastZoom(this.#size) + 0.01);
  }

  #basemapAt({ camera }: Projection): Basemap {
    return camera.zoom < FINE_ZOOM ? this.#coarse : (this.#finer ?? this.#coarse);
  }

  #drawGround(projection: Projection): void {
    const margin = marginOf(this.#size);
    const colours = new Map(this.#data.countries.map(({ code, colour }) => [code, colour]));
    const ground = groundOf(this.#basemapAt(projection), colours, projection, margin);
    const painted = paintGround(ground, this.#theme, projection.camera.zoom);
    this.#groundLayer.replaceChildren(...painted);
    this.#ground = { projection, margin };
  }

  #drawScene(projection: Projection): void {
    const margin = marginOf(this.#size);
    this.#names ??= this.#name(projection);
    const scene = sceneOf(
      {
        data: this.#data,
        gathered: this.#gather(Math.floor(projection.camera.zoom)),
        chosen: spotsOf(newestChosen(this.#data.places, this.#selection)),
        points: this.#points,
        names: this.#names,
        words: this.#words,
        widthOf: this.#widthOf,
      },
      projection,
      margin,
    );
    this.#sceneLayer.replaceChildren(
      ...paintScene(scene, this.#theme, (count) => this.#countText(count)),
    );
    this.#scene = { projection, margin, scene };
  }

  #countText(count: number): string {
    if (count < 10_000) return this.#counts.format(count);
    return `${this.#counts.format(Math.round(count / 1000))}k`;
  }

  #gather(zoom: number): Gathered {
    const known = this.#gathered.get(zoom) ?? gather(this.#spots, zoom, this.#colours);
    this.#gathered.set(zoom, known);
    return known;
  }

  #name(projection: Projection): Subject["names"] {
    const marked = new Set(this.#data.countries.map(({ code }) => code));
    const { country } = this.#words;
    const { areas } = this.#basemapAt(projection);
    return nameFeatures(areas, this.#points, country, projection.sight(), marked);
  }

  /** The view came to rest. */
  #settled(): void {
    this.#rest = undefined;
    this.#names = null;
    this.#scene = null;
    const { west, south, east, north, zoom } = this.#projection().sight();
    // What was stretched is made anew.
    if (this.#ground?.projection.camera.zoom !== zoom) this.#ground = null;
    this.#options.onViewport?.(boxOf(west, south, east, north));
    this.#refineLater();
    this.#ask();
  }

  #refineLater(): void {
    clearTimeout(this.#refining);
    this.#refining = undefined;
    if (this.#fine !== "no" || this.#camera.zoom < FINE_ZOOM) return;
    this.#refining = setTimeout(() => {
      this.#refining = undefined;
      void this.#refine();
    }, FINE_AFTER_MS);
  }

  /** Swaps the coarse coast for the fine one. */
  async #refine(): Promise<void> {
    this.#fine = "asked";
    try {
      this.#finer = await this.#fetchFine(this.#ended.signal);
      this.#fine = "yes";
      this.#names = null;
      this.#redraw();
    } catch (error) {
      // The coarse coast stays; the next time the view comes to rest is another try.
      this.#fine = "no";
      if (this.#ended.signal.aborted) return;
      console.warn(`simscope map: ${error instanceof Error ? error.message : String(error)}`);
      this.#tellBusy();
    }
  }

  /** What is drawn at a pixel: the scene may have been moved since it was made. */
  #find([x, y]: XY, reach: number): Found | null {
    if (!this.#scene) return null;
    const [dx, dy] = offset(this.#scene.projection, this.#projection());
    return pick(this.#scene.scene, [x - dx, y - dy], reach);
  }

  #hover(at: XY | null): void {
    cancelAnimationFrame(this.#pointerFrame);
    if (!at) {
      this.#show(null);
      return;
    }
    this.#pointerFrame = requestAnimationFrame(() => {
      if (this.#motion.isRunning) return;
      const target = this.#find(at, REACH_PX.mouse);
      this.#show(target ? { target, at } : null);
    });
  }

  #show(met: { target: Found; at: XY } | null): void {
    if (!met && !this.#hovers) return;
    this.#hovers = met !== null;
    this.#svg.style.cursor = met ? "pointer" : "";
    const hovered = met && describe(met.target, met.at[0], met.at[1], this.#words);
    this.#chrome.showCard(hovered);
    this.#options.onHover?.(hovered);
  }

  #click(at: XY, isTouch: boolean): void {
    const target = this.#find(at, isTouch ? REACH_PX.touch : REACH_PX.mouse);
    if (target?.kind === "cluster") {
      const { zoom } = this.#camera;
      const to = zoomInto(partingZoom(target.group, zoom), zoom, MAX_ZOOM);
      const { x, y } = target.group;
      this.#ease({ lon: x * 360 - 180, lat: latitudeOf(y), zoom: to }, FIT_MS);
      return;
    }
    if (isTouch) this.#show(target ? { target, at } : null);
    if (target?.kind !== "jump") this.#options.onSelect?.(pickedOf(target));
  }

  #span(from: XY, to: XY, isDone: boolean): void {
    const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
    const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
    if (!isDone) {
      this.#boxLayer.replaceChildren(areaBox({ left, top, right, bottom }, this.#theme));
      return;
    }
    this.#boxLayer.replaceChildren();
    const projection = this.#projection();
    const [a, b] = [projection.at(left, top), projection.at(right, bottom)];
    if (this.#options.onArea) this.#options.onArea(boxOf(a.lon, b.lat, b.lon, a.lat));
    else
      this.#ease(
        within({ west: a.lon, south: b.lat, east: b.lon, north: a.lat }, this.#size),
        FIT_MS,
      );
  }
}

const within = (bounds: Bounds, size: Size): Camera =>
  constrain(cameraFor(bounds, { ...size, padding: 0 }, MAX_ZOOM), size);

/** The camera that shows a view. */
function cameraOf([west, south, east, north]: BoundingBox, size: Size): Camera {
  return within({ west, south, east: east < west ? east + 360 : east, north }, size);
}
