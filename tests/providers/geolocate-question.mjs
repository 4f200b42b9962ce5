// Reads what a geolocate service is asked, as the services differ in it. Either reading gives null for a question that is refused as a
// whole.
import { jsonBody } from "./routes.mjs";

/**
 * @typedef {object} Question
 * @property {import("./geolocate-cells.mjs").Tower[]} towers those with numbers that a cell can have, as far as the service reads them
 * @property {boolean} lacf the area may stand for the cell @property {boolean} ipf the asker's address may
 */

const wholeOf = (bits) => (value) => Number.isInteger(value) && Math.abs(value) < 2 ** (bits - 1);
const radios = ["gsm", "wcdma", "lte", "nr"];
const strictFields = {
  mobileCountryCode: wholeOf(16),
  mobileNetworkCode: wholeOf(16),
  locationAreaCode: wholeOf(32),
  // Of 64 bits; what JSON.parse can tell apart is enough here.
  cellId: Number.isSafeInteger,
};
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isChoice = (value) => value === undefined || value === null || typeof value === "boolean";

/** As beaconDB does: JSON by its content type, every tower whole, with a radio of its own in lower case, and numbers as numbers. */
export function strictly(asked) {
  // Firefox asks with nothing at all, for the place of its address.
  const body = asked.body === "" ? {} : jsonBody(asked);
  if (!isObject(body)) return null;
  const { cellTowers = [], considerIp, fallbacks } = body;
  if (!Array.isArray(cellTowers) || !isChoice(considerIp)) return null;
  if (fallbacks !== undefined && fallbacks !== null && !isObject(fallbacks)) return null;
  if (!isChoice(fallbacks?.ipf) || !isChoice(fallbacks?.lacf)) return null;
  const whole = cellTowers.every(
    (tower) =>
      isObject(tower) &&
      radios.includes(tower.radioType) &&
      Object.entries(strictFields).every(([name, fits]) => fits(tower[name])),
  );
  return whole ? body : null;
}

/** As Ichnaea does: any content type, digits in quotes, a radio for all towers at the top; it leaves out towers without one. */
export function leniently({ body: text }) {
  const wrong = Symbol("wrong");
  const radio = (value) => {
    if (value === undefined) return undefined;
    return ["gsm", "cdma", "wcdma", "lte"].includes(value) ? value : wrong;
  };
  const whole = (value) => {
    if (value === undefined || value === null || value === "") return null;
    return /^-?\d+$/.test(String(value)) ? Number(value) : wrong;
  };
  const flag = (value) => (value === undefined ? undefined : !/^(false|0)$/i.test(String(value)));
  let body;
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(body) || !Array.isArray(body.cellTowers ?? [])) return null;
  if (!isObject(body.fallbacks ?? {})) return null;
  const above = radio(body.radioType);
  const cellTowers = (body.cellTowers ?? []).map((tower) => ({
    radioType: radio(tower?.radioType ?? tower?.radio) ?? above,
    ...Object.fromEntries(Object.keys(strictFields).map((name) => [name, whole(tower?.[name])])),
  }));
  const all = [above, ...cellTowers.flatMap((tower) => Object.values(tower))];
  if (all.includes(wrong) || !(body.cellTowers ?? []).every(isObject)) return null;
  const fallbacks = body.fallbacks && {
    ipf: flag(body.fallbacks.ipf),
    lacf: flag(body.fallbacks.lacf),
  };
  return { cellTowers, considerIp: flag(body.considerIp), fallbacks };
}

const within = (value, least, most) => value !== null && value >= least && value <= most;
const mostArea = { gsm: 65533, wcdma: 65533, lte: 65533, nr: 2 ** 24 - 2 };
const mostCell = { gsm: 65535, wcdma: 2 ** 28 - 1, lte: 2 ** 28 - 1, nr: 2 ** 36 - 1 };

/**
 * The towers of a question that was read. Numbers out of range refuse no question: Ichnaea leaves such a tower out (one with a wrong
 * cell number still tells its area), beaconDB has no row that fits. Both then answer as for an unknown cell; a client should know better,
 * which is why it is recorded.
 * @returns {import("./geolocate-cells.mjs").Tower[]}
 */
export function towersOf({ cellTowers = [] }, violation) {
  return cellTowers.flatMap((tower) => {
    const { radioType, mobileCountryCode: mcc, mobileNetworkCode: mnc } = tower;
    const { locationAreaCode: area, cellId } = tower;
    const fits = within(mcc, 1, 999) && within(mnc, 0, 999) && within(area, 1, mostArea[radioType]);
    const cellFits = within(cellId, 1, mostCell[radioType]);
    if (!fits || !cellFits) violation(`a tower out of range: ${JSON.stringify(tower)}`);
    return fits
      ? [{ radioType, mcc, mnc, area, id: cellFits ? cellId : null, psc: tower.psc }]
      : [];
  });
}

const fields = ["considerIp", "radioType", "fallbacks", "cellTowers"];
const towerFields = ["radioType", ...Object.keys(strictFields)];

/** Records what a client that asks where cells stand has no reason to send. */
export function recordExcess(body, violation) {
  const beyond = (object, names) => Object.keys(object).filter((name) => !names.includes(name));
  for (const name of beyond(body, fields)) violation(`the body has ${name}`);
  const towers = Array.isArray(body.cellTowers) ? body.cellTowers.filter(isObject) : [];
  for (const name of towers.flatMap((tower) => beyond(tower, towerFields))) {
    violation(`a tower has ${name}`);
  }
  if (towers.length === 0) violation("no tower is asked for");
}
