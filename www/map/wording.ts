// What the map says, in the visitor's number and country names. Pure apart from Intl.
import type { Jump } from "./features.ts";
import type { Country, MapData, Place } from "./types.ts";

export interface Wording {
  /** The locale in use: the wanted one if the browser takes it. */
  readonly locale: string;
  country(code: string): string;
  /** The first line at a country's mark. */
  label(country: Country): string;
  /** Lines under a place's title. */
  place(place: Place): string[];
  cluster(places: number, inSpan: number, sessions: number): { title: string; lines: string[] };
  mark(country: Country): string[];
  jump(jump: Jump): { title: string; lines: string[] };
  /** `base` is what an own base map asks for; null: the built-in one is shown. */
  credits(data: MapData | null, base?: readonly string[] | null): string[];
  empty(data: MapData): string | null;
}

/** Why the map is not painted by the library, for whoever serves the page. */
export const NO_WEBGL2 = "WebGL 2 is missing or switched off.";
export const NO_LIBRARY = "The map library is not part of this edition of simscope.";
export const CONTEXT_LOST = "The graphics device was lost.";
export const NO_WORKER =
  "The map library could not start its worker. Serve maplibre-gl-worker.mjs beside maplibre-gl.mjs, as JavaScript, and allow it in the page's policy (worker-src).";
/** Why an own base map is not shown. */
export const BASE_NEEDS_WEBGL2 =
  "An own base map needs WebGL 2, which this browser does not have or has switched off. The built-in one is shown.";
export const BASE_NEEDS_LIBRARY =
  "An own base map needs the map library, which is not part of this edition of simscope. The built-in one is shown.";
export const NO_SECOND_SURFACE =
  "This browser has no room for another drawing surface (WebGL 2). Close other pages with maps, and try again.";
export const KEYS = "Map of places. Arrow keys move it, plus and minus zoom, 0 shows all places.";

function regionNames(locale: string): (code: string) => string {
  const names = new Intl.DisplayNames([locale], { type: "region", fallback: "code" });
  return (code) => {
    try {
      return names.of(code) ?? code;
    } catch {
      // Not of the form of a region code: shown as it came.
      return code;
    }
  };
}

/** The locale if the browser takes it, else the browser's own. */
function usableLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? "en";
  } catch {
    return new Intl.NumberFormat().resolvedOptions().locale;
  }
}

export function wording(wanted: string): Wording {
  const locale = usableLocale(wanted);
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const country = regionNames(locale);
  const number = (value: number): string => numbers.format(value);
  const many = (count: number, one: string, more: string): string =>
    `${number(count)} ${count === 1 ? one : more}`;

  function distance(metres: number): string {
    if (metres < 1000) return `${number(Math.round(metres))} m`;
    const km = metres / 1000;
    return `${number(km < 10 ? km : Math.round(km))} km`;
  }

  return {
    locale,
    country,
    label: ({ code, sims }) => `${country(code)} · ${many(sims, "SIM", "SIMs")}`,
    place({ detail, accuracy_m, kind, in_span }) {
      const source = kind === "lookup" ? "tower from a cell look-up" : "tower as reported";
      const radius =
        accuracy_m !== null && accuracy_m > 0 ? `within ${distance(accuracy_m)}` : "radius unknown";
      const lines = detail ? [detail] : [];
      lines.push(`${source}, ${radius}`);
      if (!in_span) lines.push("outside the selected span");
      return lines;
    },
    cluster(places, inSpan, sessions) {
      const lines = [many(sessions, "session", "sessions")];
      if (inSpan < places) lines.push(`${number(inSpan)} in the selected span`);
      lines.push("click to zoom in");
      return { title: many(places, "place", "places"), lines };
    },
    mark({ sims, sessions }) {
      return [
        `${many(sims, "SIM", "SIMs")}, ${many(sessions, "session", "sessions")}`,
        "country only: no position was reported",
      ];
    },
    jump({ metres, ms }) {
      const minutes = ms / 60_000;
      const time =
        minutes < 90 ? `${number(Math.round(minutes))} min` : `${number(minutes / 60)} h`;
      return {
        title: "Jump",
        lines: [
          `${distance(metres)} in ${time}: nothing is that fast`,
          "a wrong position or clock, or a copy of the SIM",
        ],
      };
    },
    credits(data, base = null) {
      const parts = ["approximate towers at last update, not the device"];
      parts.push(...(base ?? ["Natural Earth"]));
      parts.push(...(data?.credits ?? []));
      if (data && data.off_map > 0) {
        parts.push(`${many(data.off_map, "session", "sessions")} not on the map`);
      }
      return parts;
    },
    empty({ places, countries, off_map }) {
      if (places.length > 0 || countries.length > 0) return null;
      return off_map > 0
        ? "None of these sessions came with a place or a country. The tables list them."
        : "No places to show.";
    },
  };
}
