// The fields of a case, each by what it has to be.
import type { Provider } from "../api/model.ts";
import type { DocumentOptions } from "./content.ts";
import type { Notes } from "./notes.ts";

export type Fields = Record<string, unknown>;

/** Nothing that has a name or an identifier is longer. */
const longestText = 10_000;
/** No file of labels has more columns. */
const mostColumns = 256;
/** Instants are of four-digit years, as everywhere in simscope. */
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9999, 0, 1);
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
const providers: readonly unknown[] = [
  "twilio",
  "kore",
  "soracom",
  "monogoto",
  "wayscloud",
] satisfies Provider[];

export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A whole number from 0 to `most`. */
export const isCount = (value: unknown, most: number): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most;

/** An instant out of RFC 3339, in milliseconds since the epoch; null where it is none. */
export function instantOf(value: unknown): number | null {
  if (typeof value !== "string" || !rfc3339.test(value)) return null;
  const instant = Date.parse(value);
  return instant >= earliest && instant <= latest ? instant : null;
}

const isText = (value: unknown) => typeof value === "string" && value.length <= longestText;
const isFlag = (value: unknown) => typeof value === "boolean";
const isInstant = (value: unknown) => instantOf(value) !== null;

const areColumns = (value: unknown) =>
  isObject(value) &&
  typeof value["named"] === "boolean" &&
  Array.isArray(value["columns"]) &&
  value["columns"].length <= mostColumns &&
  value["columns"].every(isText);

const fits: Record<keyof DocumentOptions, (value: unknown) => boolean> = {
  name: isText,
  source: isText,
  provider: (value) => providers.includes(value),
  sim: isText,
  account: isFlag,
  observed: isInstant,
  asked_before: isInstant,
  history: isFlag,
  located: isText,
  labels: areColumns,
};

/** A document's options; what is not as it should be is left out and noted, and a name is given where there is none. */
export function optionsOf(value: unknown, label: string, notes: Notes): DocumentOptions {
  const fields = isObject(value) ? value : {};
  const options: DocumentOptions = { name: label };
  for (const [name, fit] of Object.entries(fits)) {
    const given = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (given !== undefined && fit(given)) Object.assign(options, { [name]: given });
    else if (name === "name" || (given !== undefined && given !== null)) {
      notes.add(`${label}: “${name}” is not as it should be.`);
    }
  }
  return options;
}
