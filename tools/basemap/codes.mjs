// Which ISO 3166 alpha-2 code a country of world-atlas has. `iso-3166.json` is the standard's numeric -> alpha-2 list
// (249 codes); Kosovo has no ISO number and uses the user-assigned XK, as Intl.DisplayNames and the operators do.
import { readFileSync } from "node:fs";

/** Numeric (three digits, a string) -> alpha-2, as ISO 3166-1 assigns them. */
export const NUMERIC_TO_ALPHA2 = Object.freeze(
  JSON.parse(readFileSync(new URL("./iso-3166.json", import.meta.url), "utf8")),
);

const WITHOUT_NUMBER = Object.freeze({ Kosovo: "XK" });

/** Every alpha-2 code that a mobile network's country can be: ISO 3166-1 and XK. */
export const ALPHA2 = Object.freeze([...Object.values(NUMERIC_TO_ALPHA2), "XK"].sort());

/**
 * The alpha-2 code of one world-atlas geometry, or null where ISO 3166 gives the area none of its own (Northern Cyprus,
 * Somaliland, Siachen): such an area is drawn as land, without a name and never tinted.
 * @param {{ id?: string | number, properties?: { name?: string } }} geometry
 * @returns {string | null}
 */
export function alpha2Of(geometry) {
  if (geometry.id !== undefined) {
    const code = NUMERIC_TO_ALPHA2[String(geometry.id).padStart(3, "0")];
    if (code) return code;
  }
  return WITHOUT_NUMBER[geometry.properties?.name ?? ""] ?? null;
}
