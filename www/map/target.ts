// What lies under the pointer, and what is told of it.
import type { Jump } from "./features.ts";
import type { Country, Hovered, Picked, Place } from "./types.ts";
import type { Wording } from "./wording.ts";

/** Pixels around the pointer (or finger) in which a mark still counts as met. */
export const REACH_PX = { mouse: 3, touch: 10 };
/** A cluster may part in two only just: a step that is felt, at least. */
const LEAST_STEP = 1.5;

/** `group` is what the map in use has of a cluster. */
export type Target<Group> =
  | { kind: "place"; place: Place }
  | { kind: "country"; country: Country }
  | { kind: "jump"; jump: Jump }
  | { kind: "cluster"; group: Group; places: number; inSpan: number; sessions: number };

export function describe(target: Target<unknown>, x: number, y: number, words: Wording): Hovered {
  switch (target.kind) {
    case "place": {
      const { place } = target;
      const { sim, session, title } = place;
      return { x, y, sim, session, title, lines: words.place(place) };
    }
    case "country": {
      const { country } = target;
      const title = country.title || words.country(country.code);
      return { x, y, country: country.code, title, lines: words.mark(country) };
    }
    case "jump":
      return { x, y, ...words.jump(target.jump) };
    case "cluster":
      return { x, y, ...words.cluster(target.places, target.inSpan, target.sessions) };
  }
}

/** What a click on it selects; nothing of the empty map. A jump selects nothing and clears nothing. */
export function pickedOf(
  target: Exclude<Target<unknown>, { kind: "cluster" | "jump" }> | null,
): Picked | null {
  if (!target) return null;
  if (target.kind === "country") return { country: target.country.code };
  return { sim: target.place.sim, session: target.place.session };
}

/** The zoom that a click on a cluster goes to, which parts at `parting`. */
export const zoomInto = (parting: number, zoom: number, most: number): number =>
  Math.min(most, Math.max(parting + 0.3, zoom + LEAST_STEP));
