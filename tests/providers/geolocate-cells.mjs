// Which cells the simulated geolocate service has heard of, and where it takes them to stand. They are the cells that the fleets of
// the simulated vendors meet (networks.mjs), but the list is the service's own: it places a cell elsewhere than Soracom's look-up does.
//
//   - Every seventh area of a network (area + MCC divisible by 7) is one where nobody measured: neither its cells nor it are known.
//   - Of the other areas, every eleventh site is missing (site number 10, 21, 32 …): its area alone is known.
//   - All else is known as a cell.
import { networks, siteOf } from "./networks.mjs";
import { hash } from "./random.mjs";

/**
 * @typedef {object} Tower a cell by its numbers
 * @property {string} radioType @property {number} mcc @property {number} mnc @property {number} area
 * @property {number | null} id null where the number given cannot be a cell's
 *
 * @typedef {object} Place @property {{ lat: number, lng: number }} location @property {number} accuracy in metres
 * @property {"lacf"} [fallback]
 */

/** The RNC of every site. Vendors tell a 3G cell without it, and so one that no list of cells can hold. */
const rnc = 317;
/** The gNB of site 0; an NCI is gNB (24 bits) and cell (12 bits). */
const firstGnb = 5_000_000;

/** The NCI of a site, which no vendor's SIM tells, and the whole cell number of a 3G one. cellAt() of networks.mjs has the others. */
export const nrCell = (site) => (firstGnb + site) * 4096 + (site % 3);
export const wcdmaCell = (ci) => rnc * 65536 + ci;

/** The number under which networks.mjs has the cell, or null. */
function cellNumber({ radioType, id }) {
  if (id === null) return null;
  if (radioType === "wcdma") return Math.floor(id / 65536) === rnc ? id % 65536 : null;
  if (radioType !== "nr") return id;
  const site = Math.floor(id / 4096) - firstGnb;
  return site >= 0 && id === nrCell(site) ? (193_000 + site) * 256 + (site % 3) : null;
}

/**
 * What the service knows of a tower.
 * @param {Tower} tower
 * @returns {"cell" | "area" | null}
 */
export function known(tower) {
  const { radioType, mcc, mnc, area } = tower;
  const lte = ["lte", "nr"].includes(radioType);
  if (!siteOf({ mcc, mnc, lte, area, id: null }) || (area + mcc) % 7 === 0) return null;
  const id = cellNumber(tower);
  const found = id === null ? null : siteOf({ mcc, mnc, lte, area, id });
  return found && found.site % 11 !== 10 ? "cell" : "area";
}

/** A point within about 10 km of the network's middle, so that it lies in its country. */
function near({ radioType, mcc, mnc, area }, ...parts) {
  const there = networks.filter((one) => Number(one.mcc) === mcc);
  const network = there.find((one) => Number(one.mnc) === mnc) ?? there[0];
  const dice = hash("geolocate", radioType, mcc, mnc, area, ...parts);
  const degrees = (middle, part) => Number((middle + ((part % 1000) / 1000 - 0.5) / 5).toFixed(6));
  return { lat: degrees(network.lat, dice), lng: degrees(network.lon, Math.floor(dice / 1000)) };
}

/** Whether there is a place for anything of this country. */
export const placeable = (mcc) => networks.some((one) => Number(one.mcc) === mcc);

/** @param {Tower} tower @returns {Place} */
export function cellPlace(tower) {
  const location = near(tower, tower.id);
  return { location, accuracy: 500 + (hash("accuracy", tower.area, tower.id) % 4500) };
}

/** @param {Tower} tower @returns {Place} */
export function areaPlace(tower) {
  return { location: near(tower), accuracy: 20_000, fallback: "lacf" };
}
