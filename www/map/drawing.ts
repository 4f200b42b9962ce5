// What is on the map: keeps the library's sources and layers equal to the data, the selection, the theme and the base map.
import type { FeatureCollection } from "geojson";
import type {
  GeoJSONSource,
  LayerSpecification,
  Map as LibreMap,
  StyleSpecification,
} from "maplibre-gl";
import { AreaPicker } from "./areas.ts";
import type { Basemap } from "./basemap.ts";
import {
  areaFeatures,
  clusterColours,
  countryFeatures,
  labelSide,
  newestChosen,
  outline,
  placeFeatures,
  trackFeatures,
  type CountryPoints,
  type LabelSide,
} from "./features.ts";
import { putImages } from "./icons.ts";
import { nameFeatures } from "./names.ts";
import { layers, sources, type Shown, type SourceId } from "./layers.ts";
import { Stillness } from "./stillness.ts";
import { Turns } from "./turns.ts";
import type { Country, MapData, Place, Selection, Tokens } from "./types.ts";
import type { Wording } from "./wording.ts";

type PaintName = Parameters<LibreMap["setPaintProperty"]>[1];
type LayoutName = Parameters<LibreMap["setLayoutProperty"]>[1];

/** So many layers are added at once: each has a program of its own, for which its first picture waits. */
const LAYERS_A_TURN = 3;
/** So many places are handed over at once, where that makes no more than so many pieces: with each, the library orders all it has anew. */
const PLACES_A_PIECE = 1000;
const MOST_PIECES = 10;

export interface DrawingParts {
  readonly basemap: Basemap;
  readonly points: CountryPoints;
  readonly words: Wording;
  readonly locale: string;
  readonly theme: Tokens;
  readonly failed: (error: unknown) => void;
  /** Hears when the library knows of everything that is to be drawn. */
  readonly rested: () => void;
}

export class Drawing {
  readonly #points: CountryPoints;
  readonly #words: Wording;
  readonly #locale: string;
  readonly #failed: (error: unknown) => void;
  readonly #turns: Turns;
  /** The sources that hold something. */
  readonly #filled = new Set<SourceId>();

  #map: LibreMap | null = null;
  #areas: AreaPicker | null = null;
  #stillness: Stillness | null = null;
  #basemap: Basemap;
  #theme: Tokens;
  #data: MapData = { places: [], countries: [], track: null, off_map: 0 };
  #selection: Selection | null = null;
  #byId: Map<number, Place> | null = null;
  #clusterColours: number[] = [];
  /** More places are to come. */
  #isPartOfPlaces = false;
  #layers: LayerSpecification[] = [];
  /** All layers are there. */
  #isWhole = false;
  #overOwn = false;

  constructor({ basemap, points, words, locale, theme, failed, rested }: DrawingParts) {
    this.#basemap = basemap;
    this.#points = points;
    this.#words = words;
    this.#locale = locale;
    this.#theme = theme;
    this.#failed = failed;
    this.#turns = new Turns(failed, rested);
  }

  get data(): MapData {
    return this.#data;
  }

  place(id: number): Place | undefined {
    this.#byId ??= new Map(this.#data.places.map((place) => [place.id, place]));
    return this.#byId.get(id);
  }

  country(code: string): Country | undefined {
    return this.#data.countries.find((country) => country.code === code);
  }

  /** The style a map starts with: the sea. The rest is added once that stands. */
  style(): StyleSpecification {
    this.#layers = layers(this.#theme, this.#shown()).slice(0, 1);
    return { version: 8, sources: {}, layers: this.#layers };
  }

  /** The map has its style, for the first time or again after its graphics context was lost: draws everything. */
  attach(map: LibreMap): void {
    this.#map = map;
    this.#areas = new AreaPicker(map, (places) => this.#put("areas", () => areaFeatures(places)));
    this.#stillness ??= new Stillness(map);
    this.#isWhole = false;
    // What waits wants sources that only come now.
    this.#turns.clear();
    this.#turns.add("sources", () => {
      // A style that comes back has them.
      for (const [id, source] of Object.entries(sources())) {
        if (!map.getSource(id)) map.addSource(id, source);
      }
    });
    this.#turns.add("images", () => putImages(map, this.#theme));
    this.#put("land", () => this.#basemap.areas);
    this.#put("lines", () => this.#basemap.lines);
    this.#addLayers();
    this.#drawData();
  }

  /** Whether more is to be drawn than the library knows of. */
  get isBehind(): boolean {
    return this.#turns.isBusy || !this.#isWhole || this.#isPartOfPlaces;
  }

  /** The style is gone: what comes until `attach` is kept, not drawn. */
  detach(): void {
    this.#map = null;
    this.#areas = null;
    this.#turns.clear();
  }

  setData(data: MapData): void {
    this.#data = data;
    this.#byId = null;
    this.#clusterColours = clusterColours(data.places);
    this.#drawData();
  }

  setSelection(selection: Selection | null): void {
    this.#selection = selection;
    this.#drawChosen();
  }

  setTheme(theme: Tokens): void {
    if (same(this.#theme, theme)) return;
    this.#theme = theme;
    if (this.#map) putImages(this.#map, theme);
    this.#restyle();
  }

  /** Whether an own base map lies under what is drawn. */
  setOverOwn(overOwn: boolean): void {
    if (overOwn === this.#overOwn) return;
    this.#overOwn = overOwn;
    this.#restyle();
  }

  #addLayers(): void {
    this.#turns.add("layers", () => {
      const map = this.#map;
      if (!map) return;
      const all = layers(this.#theme, this.#shown());
      const next = all.slice(0, this.#layers.length + LAYERS_A_TURN);
      for (const layer of next) if (!map.getLayer(layer.id)) map.addLayer(layer);
      // Those that are drawn keep their look until it is their turn to be restyled.
      this.#layers = [...this.#layers, ...next.slice(this.#layers.length)];
      this.#isWhole = next.length === all.length;
      // Once these are drawn.
      if (!this.#isWhole) map.once("idle", () => this.#map === map && this.#addLayers());
    });
  }

  setBasemap(basemap: Basemap): void {
    this.#basemap = basemap;
    this.#put("land", () => basemap.areas);
    this.#put("lines", () => basemap.lines);
    this.#drawOutlines();
    this.rename();
  }

  /** Everything is drawn: adds the circles whose centres may be out of the view. */
  settle(): void {
    this.#areas?.update(this.#data.places, (id) => this.place(id));
  }

  /** The view has moved: names what is in it. */
  rename(): void {
    this.#turns.add("names", () => this.#name());
    this.#drawMarks();
  }

  #name(): void {
    const map = this.#map;
    if (!map) return;
    const bounds = map.getBounds();
    const sight = {
      west: bounds.getWest(),
      south: bounds.getSouth(),
      east: bounds.getEast(),
      north: bounds.getNorth(),
      zoom: map.getZoom(),
    };
    const marked = new Set(this.#data.countries.map(({ code }) => code));
    const { country } = this.#words;
    this.#set("names", nameFeatures(this.#basemap.areas, this.#points, country, sight, marked));
  }

  #shown(): Shown {
    return {
      clusterColours: this.#clusterColours,
      marked: new Map(this.#data.countries.map(({ code, colour }) => [code, colour])),
      locale: this.#locale,
      overOwn: this.#overOwn,
    };
  }

  #drawData(): void {
    this.#drawPlaces();
    this.#put("track", () => trackFeatures(this.#data.track));
    this.rename();
    this.#drawOutlines();
    this.#drawChosen();
    this.#restyle();
  }

  /** What is to be drawn may be much, and each piece of it is copied for the library's worker. */
  #drawPlaces(from = 0): void {
    const name = "source places";
    this.#turns.add(name, () => {
      const { places } = this.#data;
      const next = from + Math.max(PLACES_A_PIECE, Math.ceil(places.length / MOST_PIECES));
      const piece = places.slice(from, next);
      const features = placeFeatures(piece, this.#clusterColours);
      const taken =
        from === 0
          ? this.#set("places", features)
          : this.#source("places")?.updateData({ add: features.features });
      if (from === 0 && next < places.length && this.#isWhole) {
        this.#stillness?.begin(() => !this.isBehind);
      }
      this.#isPartOfPlaces = next < places.length;
      if (!this.#isPartOfPlaces) return;
      // The library would join what waits: the next piece comes once it has this one.
      const goOn = (): void => {
        if (this.#data.places === places && !this.#turns.has(name)) this.#drawPlaces(next);
      };
      Promise.resolve(taken).then(goOn, (error: unknown) => {
        this.#isPartOfPlaces = false;
        this.#failed(error);
      });
    });
  }

  /** Country marks near an edge of the view have their label on the side that is in it. */
  #drawMarks(): void {
    this.#put("marks", (map) => {
      const width = map.getContainer().clientWidth;
      const side = (lon: number, lat: number): LabelSide =>
        labelSide(map.project([lon, lat]).x, width);
      return countryFeatures(this.#data.countries, this.#points, this.#words.label, side);
    });
  }

  #drawOutlines(): void {
    this.#put("outlines", () => this.#outlines());
  }

  #outlines(): FeatureCollection {
    const colours = this.#shown().marked;
    const features = this.#basemap.areas.features.flatMap(({ properties, geometry }) => {
      const colour = properties.code === undefined ? undefined : colours.get(properties.code);
      if (colour === undefined) return [];
      return {
        type: "Feature" as const,
        properties: { c: colour },
        geometry: { type: "MultiLineString" as const, coordinates: outline(geometry) },
      };
    });
    return { type: "FeatureCollection", features };
  }

  #drawChosen(): void {
    const newest = () => newestChosen(this.#data.places, this.#selection);
    this.#put("chosen", () => placeFeatures(newest(), []));
    this.#put("chosen-areas", () => areaFeatures(newest()));
  }

  /** Sets what differs from what is drawn. */
  #restyle(): void {
    this.#turns.add("look", () => this.#look());
  }

  #look(): void {
    const map = this.#map;
    if (!map) return;
    const wanted = layers(this.#theme, this.#shown()).slice(0, this.#layers.length);
    wanted.forEach((layer, index) => {
      const before = this.#layers[index];
      if (!before || same(before, layer)) return;
      if ("filter" in layer) map.setFilter(layer.id, layer.filter);
      for (const [name, value] of changed(before.paint, layer.paint)) {
        map.setPaintProperty(layer.id, name as PaintName, value);
      }
      for (const [name, value] of changed(before.layout, layer.layout)) {
        map.setLayoutProperty(layer.id, name as LayoutName, value);
      }
    });
    this.#layers = wanted;
  }

  /** Draws in a source, in its turn, what `make` makes of what is known then. */
  #put(id: SourceId, make: (map: LibreMap) => FeatureCollection): void {
    this.#turns.add(`source ${id}`, () => {
      if (this.#map) this.#set(id, make(this.#map));
    });
  }

  /** Settles when the library has it; nothing where there is nothing to tell. */
  #set(id: SourceId, data: FeatureCollection): Promise<void> | undefined {
    const isEmpty = data.features.length === 0;
    // What was empty and stays so needs no message to the library's worker, and no new picture.
    if (isEmpty && !this.#filled.has(id)) return undefined;
    if (isEmpty) this.#filled.delete(id);
    else this.#filled.add(id);
    const taken = this.#source(id)?.setData(data);
    return taken?.catch((error: unknown) => this.#failed(error));
  }

  #source(id: SourceId): GeoJSONSource | undefined {
    return this.#map?.getSource<GeoJSONSource>(id);
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Properties whose values differ; the specification's types know each by name, this walks over all. */
function changed(before: object | undefined, after: object | undefined): [string, never][] {
  const old = new Map<string, unknown>(Object.entries(before ?? {}));
  const now = Object.entries(after ?? {}) as [string, never][];
  return now.filter(([name, value]) => !same(old.get(name), value));
}
