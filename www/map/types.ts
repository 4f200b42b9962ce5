// What goes into the map and comes out of it: plain data, in the names and units of the engine's messages.

/** Colours of one theme, as CSS colours. */
export interface Tokens {
  readonly land: string;
  readonly sea: string;
  readonly border: string;
  readonly text: string;
  readonly dim: string;
  readonly accent: string;
  readonly tint: string;
  /** What is probably wrong. */
  readonly warning: string;
  /** What is wrong. */
  readonly bad: string;
  /** By colour index, as `colour` in the data. */
  readonly palette: readonly string[];
}

/** One place: where a session's tower was estimated to be, at the last update of the session; never the device. */
export interface Place {
  /** Index of the place, unique within one `MapData`. */
  readonly id: number;
  /** Degrees, WGS 84. */
  readonly lat: number;
  readonly lon: number;
  /** Radius of the estimate in metres; null where nobody gave one, which has a look of its own. */
  readonly accuracy_m: number | null;
  /** `tower`: from the vendor's record. `lookup`: from a cell look-up of ours. */
  readonly kind: "tower" | "lookup";
  readonly sims: number;
  readonly sessions: number;
  /** Lane id of the only or first SIM. */
  readonly sim: number;
  /** Row id of the newest session. */
  readonly session: number;
  /** Index into `Tokens.palette`. */
  readonly colour: number;
  /** The instant the place holds for, epoch milliseconds; null where unknown. */
  readonly at_ms: number | null;
  /** False: only sessions outside of the selected span; drawn hollow. */
  readonly in_span: boolean;
  /** How much what stands out in one of its SIMs matters; null where nothing does. */
  readonly finding: "notice" | "warning" | "critical" | null;
  readonly title: string;
  readonly detail: string;
}

/** SIMs of which no more than the country is known. */
export interface Country {
  /** ISO 3166-1 alpha-2, or XK. */
  readonly code: string;
  readonly sims: number;
  readonly sessions: number;
  readonly colour: number;
  readonly title: string;
}

/** One point of the selected SIM's track. */
export interface TrackPoint {
  readonly lat: number;
  readonly lon: number;
  readonly at_ms: number;
  /** Nothing is known of the time between the point before and this one: that stretch is dashed. */
  readonly gap: boolean;
  /** Metres from the point before, where nothing could have gone that far in the time; else null. */
  readonly jump_m: number | null;
}

/** Everything the map shows, in one message from the engine. */
export interface MapData {
  readonly places: readonly Place[];
  readonly countries: readonly Country[];
  /** In time order; null where no SIM is selected. */
  readonly track: readonly TrackPoint[] | null;
  /** Sessions that have neither a place nor a country. */
  readonly off_map: number;
  /** Credits that the data's licence asks for, e.g. "OpenCelliD CC BY-SA 4.0"; shown beside the base map's own. */
  readonly credits?: readonly string[];
}

/** `MapData` as it comes from the engine. */
export interface MapMessage {
  /** JSON of all but the places. */
  readonly rest: string;
  /** UTF-8 JSON lists of places, to be put one behind the other. */
  readonly pieces: readonly ArrayBuffer[];
}

/** What is selected, here and everywhere else in the element. */
export interface Selection {
  readonly sim?: number;
  readonly session?: number;
}

/** What was picked on the map: a place's SIM and session, or a country. */
export interface Picked extends Selection {
  readonly country?: string;
}

/** West, south, east, north in degrees; west > east where the view crosses the 180° meridian. */
export type BoundingBox = readonly [west: number, south: number, east: number, north: number];

/** What lies under the pointer. */
export interface Hovered extends Picked {
  /** Pixels from the container's upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly title: string;
  /** Lines of plain text. */
  readonly lines: readonly string[];
}

/**
 * What lies under the places: the base map of this build, which asks nobody for anything, or one of the visitor's own: a style
 * of MapLibre's by its address, or raster tiles by a template with {z}, {x} and {y}. Its servers learn the visitor's
 * address and which parts of the world are looked at. `attribution` may be HTML; its words are shown. `tileSize` is in
 * CSS pixels, 256 where absent.
 */
export type BaseChoice =
  | { readonly kind: "built-in" }
  | { readonly kind: "style"; readonly url: string }
  | {
      readonly kind: "raster";
      readonly tiles: string;
      readonly attribution?: string;
      readonly tileSize?: 256 | 512;
    };

/** Where the map finds its files, by their names. */
export interface MapAssets {
  /** The address of a file; null where the files have none. */
  url(name: string): string | null;
  /** A file, as `fetch` answers. */
  read(name: string, signal?: AbortSignal): Promise<Response>;
}

export interface MapOptions {
  /** Where `maplibre/` and `basemap/` lie; by default beside this module. */
  readonly assets?: MapAssets;
  /** BCP 47 tag for country names and numbers. */
  readonly locale: string;
  readonly theme: Tokens;
  /** A place or country was picked; null: the empty map was, which clears the selection. */
  readonly onSelect?: (picked: Picked | null) => void;
  readonly onHover?: (hovered: Hovered | null) => void;
  /** The view came to rest. */
  readonly onViewport?: (box: BoundingBox) => void;
  /** An area was picked by Shift+drag. Where absent, Shift+drag zooms to the area. */
  readonly onArea?: (box: BoundingBox) => void;
  /** The own base map cannot be shown, with what to tell the visitor; the built-in one is in its place again. */
  readonly onBaseFailed?: (message: string) => void;
  /** No map can be shown any more, with what to tell the visitor; show the list of places in its stead. */
  readonly onUnavailable?: (message: string) => void;
}

export interface MapView {
  /** Replaces everything shown. The first data that holds anything is also brought into view. */
  setData(data: MapData): void;
  setTheme(theme: Tokens): void;
  setSelection(selection: Selection | null): void;
  /** Sets the base map; kept in memory alone. Throws, with a message for the visitor, where the choice cannot be tried. */
  setBase(choice: BaseChoice): void;
  /** What is seen, with scale and credits, as a PNG. Rejects with a message for the visitor. */
  picture(): Promise<Blob>;
  /** Brings all places and countries, or only the track, into view. */
  fit(what?: "all" | "track"): void;
  /** Follows a change of the container's size at once; the map also notices by itself. */
  resize(): void;
  /** Frees the map, its worker and its style sheets, and empties the container. */
  destroy(): void;
}

/** The map cannot be shown in this browser or page; the message says why, in words for the visitor. */
export class MapUnavailable extends Error {
  override readonly name = "MapUnavailable";
}
