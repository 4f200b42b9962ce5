// A base map of the visitor's own: a second map of the library under ours, which follows it. Its style, fonts, images and
// failures are thereby its own: nothing of it can hide, rename or hold up what we draw, and ours needs no glyph server.
import type { Map as LibreMap, StyleSpecification, Subscription } from "maplibre-gl";
import { MAX_ZOOM, type Size } from "../frame.ts";
import type { Library } from "../library.ts";
import { copyPainted } from "../painted.ts";
import { nextTask } from "../turns.ts";
import { NO_SECOND_SURFACE } from "../wording.ts";
import { creditsOf } from "./attribution.ts";
import type { OwnChoice } from "./choice.ts";
import { Gate, Refused, type Refusal } from "./gate.ts";
import { rasterStyle, servedStyle } from "./style.ts";
import { PATIENCE_MS, refusalText, Verdict, withoutAddresses } from "./verdict.ts";

export interface OwnBaseParts {
  readonly library: Library;
  /** The map that it lies under. */
  readonly over: LibreMap;
  /** What it is drawn in. */
  readonly container: HTMLElement;
  readonly choice: OwnChoice;
  /** Something of it is there, so that the built-in one can go. */
  readonly shown: () => void;
  /** It cannot be had, with what to tell the visitor. It is to be ended. */
  readonly failed: (message: string) => void;
  /** Its credits may be others, or it may have come to rest. */
  readonly changed: () => void;
}

export class OwnBase {
  readonly #parts: OwnBaseParts;
  readonly #gate: Gate;
  readonly #verdict = new Verdict();
  readonly #ended = new AbortController();
  #followed: Subscription[] = [];
  #map: LibreMap | null = null;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #isShown = false;
  #hasFailed = false;
  /** Nothing of it is on its way. */
  #rests = false;

  constructor(parts: OwnBaseParts) {
    this.#parts = parts;
    const verdict = this.#verdict;
    this.#gate = new Gate(parts.library, {
      asked: () => {
        verdict.asked();
        this.#patience ??= setTimeout(() => this.#judge(false), PATIENCE_MS);
      },
      came: () => verdict.came(),
      refused: (refusal) => verdict.refused(refusal),
    });
    this.#begin().catch((error: unknown) => this.#failed(reasonOf(error)));
  }

  get isShown(): boolean {
    return this.#isShown;
  }

  get isBusy(): boolean {
    return !this.#rests;
  }

  /** What the licences of what it shows ask for. */
  get credits(): string[] {
    const map = this.#map;
    // Until it is there, and while its graphics context is lost, there is none.
    const style = map?.getStyle() as StyleSpecification | undefined;
    const ids = Object.keys(style?.sources ?? {});
    return creditsOf(ids.map((id) => map?.getSource(id)?.attribution));
  }

  copyTo(context: CanvasRenderingContext2D, { width, height }: Size): void {
    if (this.#map && this.#isShown) copyPainted(this.#map, context, width, height);
  }

  end(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    clearTimeout(this.#patience);
    for (const one of this.#followed) one.unsubscribe();
    this.#map?.remove();
    this.#gate.end();
    this.#parts.container.replaceChildren();
  }

  async #begin(): Promise<void> {
    const { choice } = this.#parts;
    const { signal } = this.#ended;
    const style =
      choice.kind === "raster" ? rasterStyle(choice) : await this.#fetch(choice.url.trim());
    if (signal.aborted) return;
    this.#map = this.#start(style);
    this.#follow(this.#map);
    this.#watch(this.#map);
  }

  async #fetch(url: string): Promise<StyleSpecification> {
    const { signal } = this.#ended;
    this.#patience = setTimeout(() => this.#failed(SLOW_STYLE), PATIENCE_MS);
    let sent: unknown;
    let from = new URL(url);
    try {
      const reply = await this.#gate.ask(url, signal);
      if (reply.url) from = new URL(reply.url);
      const text = await reply.text();
      sent = parsedJson(text);
    } catch (error) {
      if (signal.aborted) throw error;
      const { origin } = from;
      const broken: Refusal = { why: "network", from: origin };
      throw new Error(refusalText(error instanceof Refused ? error.refusal : broken, "style"));
    }
    clearTimeout(this.#patience);
    this.#patience = undefined;
    const style = servedStyle(sent, from);
    if (style) return style;
    throw new Error(refusalText({ why: "content", from: from.origin }, "style"));
  }

  #start(style: StyleSpecification): LibreMap {
    const { library, over, container } = this.#parts;
    try {
      return new library.Map({
        container,
        style,
        center: over.getCenter(),
        zoom: over.getZoom(),
        minZoom: -2,
        maxZoom: MAX_ZOOM,
        maxPitch: 0,
        interactive: false,
        attributionControl: false,
        fadeDuration: 0,
        renderWorldCopies: over.getRenderWorldCopies(),
        transformRequest: this.#gate.lead,
        // Where the map above may go it goes, too.
        transformConstrain: (center, zoom) => ({ center, zoom: zoom ?? over.getZoom() }),
      });
    } catch (error) {
      if (error instanceof library.GPUInitializationError) throw new Error(NO_SECOND_SURFACE);
      throw error;
    }
  }

  /** Moves with the map above it, in the same picture. */
  #follow(map: LibreMap): void {
    const { over } = this.#parts;
    let moved = false;
    const follow = (): void => {
      const copies = over.getRenderWorldCopies();
      if (copies !== map.getRenderWorldCopies()) map.setRenderWorldCopies(copies);
      map.jumpTo({ center: over.getCenter(), zoom: over.getZoom() });
      moved = true;
    };
    this.#followed = [
      over.on("move", follow),
      over.on("resize", () => {
        map.resize();
        follow();
      }),
      over.on("render", () => {
        if (moved) map.redraw();
        moved = false;
      }),
    ];
  }

  #watch(map: LibreMap): void {
    let hasStyle = false;
    map.on("style.load", () => (hasStyle = true));
    map.on("error", (event) => {
      const { error } = event;
      if (this.#ended.signal.aborted || error instanceof Refused) return;
      const message = withoutAddresses(reasonOf(error));
      if (!hasStyle) {
        this.#failed(`The style has a fault: ${message}. Whoever made it must mend it.`);
        return;
      }
      if ("tile" in event && !REFUSED.test(message)) this.#verdict.broke();
      console.warn(`simscope map, own base map: ${message}`);
    });
    map.on("sourcedata", ({ sourceDataType, tile }) => {
      if (sourceDataType === "metadata") this.#parts.changed();
      const isThere = (tile as { state?: string } | undefined)?.state === "loaded";
      if (isThere && this.#verdict.hasShown) this.#show();
    });
    map.on("dataloading", () => (this.#rests = false));
    map.on("idle", () => {
      this.#rests = true;
      this.#judge(true);
      this.#parts.changed();
    });
  }

  #judge(isOver: boolean): void {
    if (this.#isShown || this.#ended.signal.aborted) return;
    const problem = this.#verdict.problem(isOver);
    if (problem !== null) this.#failed(problem);
    // Without any room nothing was asked for.
    else if (this.#verdict.hasShown || isOver) this.#show();
  }

  #show(): void {
    if (this.#isShown || this.#hasFailed || this.#ended.signal.aborted) return;
    this.#isShown = true;
    clearTimeout(this.#patience);
    this.#parts.shown();
  }

  /** Tells in a task of its own: the library is in the middle of something, and its map will be removed. */
  #failed(message: string): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    void nextTask().then(() => {
      if (!this.#ended.signal.aborted) this.#parts.failed(message);
    });
  }
}

const SLOW_STYLE = `No style came within ${PATIENCE_MS / 1000} seconds. Check the connection and the address, and try again.`;

/** What the gate said, once it has been through a worker. */
const REFUSED = /\((\d{3}|policy|network|scheme|content)\)$/;

/** What a text says as JSON; undefined where it is none. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
