// What a host page may hand in and gets back. docs/api.md is made of this file.
import type { Provider, Session, Sim, SimEvent, Warning } from "./model.ts";

/** How an instant may be given: a `Date`, text in RFC 3339, or milliseconds since the epoch. */
export type When = Date | string | number;

/** A span of time, in RFC 3339 (UTC). */
export interface Span {
  from: string;
  to: string;
}

/** What `load` takes: a file (also a case), bytes, text, a stream, an answer of `fetch`, or JSON that was parsed already. */
export type Input =
  Blob | ArrayBuffer | ArrayBufferView | string | ReadableStream<Uint8Array> | Response | object;

export interface LoadOptions {
  /** The vendor that wrote the answer. Without it the vendor is recognised. */
  provider?: Provider;
  /** The vendor's key, ICCID or name of the SIM, for answers that name none. */
  sim?: string;
  /** What to call it. A `File` has a name of its own. */
  name?: string;
  /** The source that it belongs to; several documents may have the same. Without it, it is a source of its own. */
  source?: string;
  /** It is about the whole account: then it need not name a SIM. */
  account?: boolean;
  /** When it was fetched. Without it, nobody knows until when an open session is known to have been open. */
  observed?: When;
}

/** What a document holds that was loaded. */
export interface Loaded {
  name: string;
  /** The vendor; null where there is none, or more than one. */
  provider: Provider | null;
  /** Records read, skipped ones included. */
  records: number;
  /** Records that could not be read; `warnings` says where and why. */
  skipped: number;
  /** SIMs with a row from it. */
  sims: number;
  /** Sessions whose latest record is in it. */
  sessions: number;
  events: number;
  usage: number;
  /** Positions of cells, of a file of these. */
  cells: number;
  /** What was skipped or assumed; of very many the first. */
  warnings: Warning[];
}

/** Sign-in at a vendor by the names that its API has for the fields (docs/embedding.md lists them); `way` chooses among several. */
export type Credentials = Record<string, string>;

/** A vendor to fetch from. */
export interface Source {
  provider: Provider;
  /** What to call it; by default the vendor's name. */
  name?: string;
  /** Kept in memory alone, sent only to `baseUrls`. May be left out where `fetch` signs the calls in. */
  credentials?: Credentials;
  /** Addresses of a proxy in the vendor's place; one that begins with `/` is of the page's own origin. */
  baseUrls?: { api?: string; auth?: string };
  /** Identifiers of SIMs; without it all that the vendor lists. */
  sims?: string[];
  /** How far back, days; 7 unless set. */
  days?: number;
  /** Each SIM's history too. By default where the vendor lists sessions. */
  history?: boolean;
  /** Usage too. */
  usage?: boolean;
  /** Changes of the life-cycle status too, where the vendor has them. */
  statusHistory?: boolean;
  /** Where the cells stand too, where the vendor tells. */
  cellLocations?: boolean;
  /** Ask for what is new every so many seconds, 30 at least. */
  watch?: number;
  /** The page's own `fetch(url, init)`: for its proxy and its sign-in. Nothing of the answers goes elsewhere. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** How a live source is doing. */
export interface SourceStatus {
  name: string;
  state: "ok" | "busy" | "warning" | "bad";
  /** In words. */
  text: string;
}

/** Rows to choose. */
export interface Choice {
  provider?: Provider;
  /** A SIM by the vendor's key, ICCID, IMSI, EID, MSISDN or name. */
  sim?: string;
  /** A session by the vendor's id or by its start (RFC 3339). */
  session?: string;
  /** An event by the vendor's id. */
  event?: string;
  /** A span of time. */
  span?: { from: When; to: When };
}

export interface SessionsOptions<Format extends SessionsFormat = SessionsFormat> {
  /** `json` unless set. */
  format?: Format;
  /** All that are loaded, not only those that the filter, the legend and the chosen span let through. */
  all?: boolean;
}

export type SessionsFormat = "json" | "csv" | "geojson";

/** RFC 7946: a point where the tower's place is known. */
export interface SessionFeature {
  type: "Feature";
  geometry: { type: "Point"; coordinates: [lon: number, lat: number] } | null;
  properties: Session;
}

export interface SessionFeatures {
  type: "FeatureCollection";
  features: SessionFeature[];
}

/** What `sessions` resolves to in each format. */
export interface SessionsIn {
  json: Session[];
  csv: string;
  geojson: SessionFeatures;
}

/** How a case is saved. */
export interface CaseOptions {
  /**
   * Other identifiers of the same form stand for ICCIDs, IMSIs, IMEIs, EIDs, telephone numbers, vendors' keys, names, tags and IP
   * addresses; times, networks, cells and places stay. docs/case.md says it in full.
   */
  mask?: boolean;
}

/** Which columns a table shows, and what it is ordered by (null: as the timeline). */
export interface TableState {
  columns?: string[];
  sort?: string | null;
  descending?: boolean;
}

/**
 * The view without the data: what a shared link holds. No secret, no row; SIMs, sessions and events are told by marks (16
 * hexadecimal digits), by which the same data find them again.
 */
export interface ViewState {
  version: 1;
  /** The demo fleet is what is looked at. */
  demo?: boolean;
  range?: Span;
  /** In the place of `range`: so many hours or days before the last instant of what is loaded, `24h`, `7d`. */
  last?: string;
  span?: Span;
  filter?: string;
  /** `UTC` or a name of the IANA database. */
  zone?: string;
  colour?: "radio" | "operator" | "country" | "provider";
  group?:
    | "country"
    | "provider"
    | "operator"
    | "tag"
    | "device"
    | "radio"
    | "device-type"
    | "group"
    | "none";
  sort?: "name" | "offline" | "seen" | "sessions" | "traffic";
  /** Values of the legend that are left out. */
  hidden?: string[];
  /** Groups that are folded. */
  folded?: string[];
  /** Marks of SIMs that are opened into rows, stand first, are left out. */
  opened?: string[];
  pinned?: string[];
  leftOut?: string[];
  /** Marks of findings that are not a problem, 500 at most. */
  muted?: string[];
  /**
   * Limits of the findings that are not as at first, by rule and name, as in `{ "silence.least_ms": 86400000 }`: milliseconds, shares of one,
   * or numbers. What is out of bounds becomes the nearest that may be.
   */
  limits?: Record<string, number>;
  /** CSS pixels; 0 for the usual height. */
  laneHeight?: number;
  /** Marks of what is chosen. */
  sim?: string;
  session?: string;
  event?: string;
  tab?: "sims" | "sessions" | "events" | "usage" | "report" | "findings";
  pane?: "timeline" | "map" | "tables" | "inspector";
  tables?: Partial<Record<"sims" | "sessions" | "events" | "usage", TableState>>;
}

/** A view that was saved under a name: how to look, not at which rows or data. */
export interface SavedView {
  /** 1 to 80 characters; no two views of a list have the same. */
  name: string;
  /** Without `demo`, `sim`, `session` and `event`. Without `range` and `last` it leaves the range as it is. */
  state: ViewState;
  /** When it was saved, RFC 3339. */
  saved?: string;
}

/** `simscope-views`: the visitor changed the saved views. A page that cannot keep them says so by `preventDefault()`. */
export interface ViewsDetail {
  views: SavedView[];
  /** The name of the one to start with. */
  start: string | null;
}

/** `simscope-select`: what is chosen. */
export interface SelectDetail {
  sim: Sim | null;
  session: Session | null;
  event: SimEvent | null;
  span: Span | null;
}

/** `simscope-filter`: the line, and what is wrong with it; where anything is, the line before stays in force. */
export interface FilterDetail {
  filter: string;
  problems: string[];
}

/** `simscope-status`: figures over all that is loaded. */
export interface StatusDetail {
  /** In a few words, for a title; empty while nothing is loaded. */
  title: string;
  sims: number;
  sessions: number;
  /** Open sessions. */
  open: number;
  events: number;
  usage: number;
  /** Something is being read. */
  loading: boolean;
  /** The live sources. */
  sources: SourceStatus[];
}

/** `simscope-error`: something could not be done. */
export interface ErrorDetail {
  title?: string;
  /** What happened and what to do. */
  message: string;
  /** Where the element stopped: for whoever looks into it. Neither secrets nor identifiers. */
  details?: string;
}

/** `simscope-settings`: the visitor chose a theme or a zone, which a page may remember. */
export interface SettingsDetail {
  theme: "light" | "dark" | "system";
  zone: string;
}

/** `simscope-state`: the view is another one, and rests. */
export interface StateDetail {
  state: ViewState;
}

/** The events of `<sim-scope>`. All of them bubble and cross shadow roots. */
export interface SimScopeEventMap {
  "simscope-select": CustomEvent<SelectDetail>;
  "simscope-range": CustomEvent<Span>;
  "simscope-filter": CustomEvent<FilterDetail>;
  "simscope-state": CustomEvent<StateDetail>;
  "simscope-status": CustomEvent<StatusDetail>;
  "simscope-views": CustomEvent<ViewsDetail>;
  "simscope-settings": CustomEvent<SettingsDetail>;
  "simscope-error": CustomEvent<ErrorDetail>;
}

/** Something that was asked of an element could not be done. */
export class SimScopeError extends Error {
  override readonly name = "SimScopeError";
  /** `removed`, `unavailable`, `bad_status`, `sim_not_named`, `not_json`, `unknown_vendor`, `cut_off`, `bad_case`, `nothing_loaded`, … */
  readonly code: string;
  /** Of a document that could not be read to its end: what was loaded before. */
  readonly loaded: Loaded | null;

  constructor(code: string, message: string, loaded: Loaded | null = null) {
    super(message);
    this.code = code;
    this.loaded = loaded;
  }
}
