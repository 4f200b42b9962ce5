// The mobile networks that simulated SIMs meet, their cells and where those stand. Country codes are the public ones; operators' names
// and every cell are made up.
import { hash } from "./random.mjs";

/**
 * @typedef {object} Network
 * @property {string} mcc three digits
 * @property {string} mnc two or three digits, as the operator writes it
 * @property {string} alpha2 @property {string} alpha3 @property {string} country @property {string} name
 * @property {number} lat @property {number} lon the middle of its cells
 * @property {string[]} radios among `2g` `3g` `lte` `lte-m` `nb-iot`
 */

/** @type {Network[]} */
export const networks = [
  network("440", "10", "JP", "JPN", "Japan", "Example Japan", 35.7, 139.7, "lte lte lte-m 3g"),
  network("310", "410", "US", "USA", "United States", "Example West", 39.7, -105, "lte lte-m 3g"),
  network("310", "260", "US", "USA", "United States", "Example East", 40.7, -75, "lte nb-iot 2g"),
  network("242", "01", "NO", "NOR", "Norway", "Example Norge", 59.9, 10.7, "lte lte nb-iot 2g"),
  network("240", "01", "SE", "SWE", "Sweden", "Example Sverige", 59.3, 17.1, "lte 3g lte-m"),
  network("262", "02", "DE", "DEU", "Germany", "Example Deutschland", 50.9, 10.1, "lte nb-iot 2g"),
  network("234", "15", "GB", "GBR", "United Kingdom", "Example Britain", 52.4, -1.5, "lte 3g 2g"),
  network("334", "020", "MX", "MEX", "Mexico", "Example México", 19.9, -99.1, "lte 3g"),
  network("505", "01", "AU", "AUS", "Australia", "Example Australia", -33.9, 150.6, "lte lte-m"),
  network("724", "05", "BR", "BRA", "Brazil", "Example Brasil", -23.1, -47.2, "lte 3g 2g"),
];

function network(mcc, mnc, alpha2, alpha3, country, name, lat, lon, radios) {
  return { mcc, mnc, alpha2, alpha3, country, name, lat, lon, radios: radios.split(" ") };
}

/** How many sites a network has. */
export const sites = 200;

/** Whether the radio is of the LTE family, whose cells have a TAC and an ECI. */
export const isLte = (radio) => radio.startsWith("lte") || radio === "nb-iot";

/**
 * The cell of a network at one of its sites: `area` is the TAC or LAC, `id` the ECI (28 bits) or CI (16 bits).
 * @returns {{ area: number, id: number }}
 */
export function cellAt(radio, site) {
  const area = 4700 + (site >> 3);
  return { area, id: isLte(radio) ? (193_000 + site) * 256 + (site % 3) : 20_000 + site };
}

/**
 * Where the site of a network stands, or null where no public list knows it (about one in eight).
 * @returns {{ lat: number, lon: number, range: number } | null}
 */
export function placeOf(of, site) {
  const dice = hash("place", of.mcc, of.mnc, site);
  if (dice % 8 === 0) return null;
  const degrees = (value) => Math.round(value * 1e5) / 1e5;
  return {
    lat: degrees(of.lat + ((dice % 1000) / 1000 - 0.5) * 1.6),
    lon: degrees(of.lon + ((Math.floor(dice / 1000) % 1000) / 1000 - 0.5) * 1.6),
    range: 300 + (dice % 4000),
  };
}

/**
 * The site that a cell's numbers mean, or null when no network here has such a cell. An `id` of null asks for any site of the area.
 * @param {{ mcc: number, mnc: number, lte: boolean, area: number, id: number | null }} asked
 * @returns {{ network: Network, site: number } | null}
 */
export function siteOf({ mcc, mnc, lte, area, id }) {
  const found = networks.find((one) => Number(one.mcc) === mcc && Number(one.mnc) === mnc);
  if (!found) return null;
  const radio = lte ? "lte" : "3g";
  for (let site = 0; site < sites; site += 1) {
    const cell = cellAt(radio, site);
    if (cell.area === area && (id === null || cell.id === id)) return { network: found, site };
  }
  return null;
}
