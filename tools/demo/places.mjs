// Where things are: points of towns and roads, routes between them, and the invented tower that serves a point.

import { rounded } from "./json.mjs";
import { seeded } from "./random.mjs";

/** Degrees of a square of the grid over which a network spreads its towers, one each: about 2 km of latitude. */
const SQUARE = 0.02;

// Highest identities by technology (3GPP TS 23.003): LAC and TAC 16 bit, CI 16, eNB 20 of the ECI's 28, gNB 24 of the NCI's 36.
function identity(radio, area, site) {
  switch (radio) {
    case "2g":
      return { lac: area.whole(1, 65000), ci: site.whole(1, 65000) };
    case "3g":
      return { lac: area.whole(1, 65000), rac: 255, ci: site.whole(1, 65000) };
    case "5g":
      return {
        tac: area.whole(70000, 16000000),
        nci: site.whole(1000, 16000000) * 4096 + site.whole(1, 12),
      };
    default:
      return { tac: area.whole(1, 65000), eci: site.whole(1000, 1000000) * 256 + site.whole(1, 3) };
  }
}

/**
 * The tower of `network` that serves a point: identity, estimated position, range in metres. The same point always gets the
 * same tower. `radio`: 2g 3g 4g 5g lte-m nb-iot.
 */
export function tower(network, radio, [lat, lon]) {
  const square = `${Math.floor(lat / SQUARE)}:${Math.floor(lon / SQUARE)}`;
  const site = seeded(`site ${network.plmn} ${radio} ${square}`);
  const area = seeded(
    `area ${network.plmn} ${radio} ${Math.floor(lat * 2)}:${Math.floor(lon * 2)}`,
  );
  return {
    network,
    radio,
    ...identity(radio, area, site),
    lat: rounded(lat + site.between(-0.006, 0.006), 5),
    lon: rounded(lon + site.between(-0.009, 0.009), 5),
    range: site.whole(5, 30) * 100,
    samples: site.whole(3, 900),
  };
}

/** `MCC-MNC-area-cell`, the composite spelling of the Twilio and KORE tree. */
export const cellName = (cell) =>
  `${cell.network.plmn}-${cell.tac ?? cell.lac}-${cell.eci ?? cell.nci ?? cell.ci}`;

// A route is a list of points `[hours from its begin, country, lat, lon]`, in order. The border lies half-way between two points.

/** Oslo, Göteborg, Malmö, København, Rødby, Hamburg, Bremen, Utrecht, Rotterdam: 21 hours at the wheel. */
export const OSLO_ROTTERDAM = [
  [0, "NO", 59.913, 10.752],
  [0.9, "NO", 59.434, 10.658],
  [1.3, "NO", 59.284, 11.11],
  [1.72, "NO", 59.11, 11.26],
  [1.78, "SE", 59.085, 11.245],
  [2.2, "SE", 58.724, 11.326],
  [2.9, "SE", 58.349, 11.938],
  [4, "SE", 57.709, 11.975],
  [5, "SE", 57.106, 12.25],
  [5.8, "SE", 56.674, 12.858],
  [6.9, "SE", 56.046, 12.694],
  [7.7, "SE", 55.605, 13.004],
  [7.95, "SE", 55.566, 12.905],
  [8.35, "DK", 55.63, 12.66],
  [8.6, "DK", 55.63, 12.58],
  [9.1, "DK", 55.458, 12.182],
  [9.9, "DK", 55.008, 11.911],
  [10.9, "DK", 54.695, 11.39],
  [11.35, "DK", 54.66, 11.36],
  [11.45, "DE", 54.5, 11.226],
  [11.9, "DE", 54.437, 11.19],
  [13.1, "DE", 53.866, 10.687],
  [14, "DE", 53.551, 9.994],
  [15.5, "DE", 53.079, 8.802],
  [17, "DE", 52.28, 8.047],
  [17.9, "DE", 52.303, 7.16],
  [18.4, "NL", 52.266, 6.793],
  [19.3, "NL", 52.211, 5.97],
  [20.2, "NL", 52.091, 5.122],
  [21, "NL", 51.924, 4.478],
];
/** Stockholm, Norrköping, Linköping, Jönköping, Ljungby, Malmö. */
export const STOCKHOLM_MALMO = [
  [0, "SE", 59.33, 18.06],
  [1.8, "SE", 58.588, 16.188],
  [2.3, "SE", 58.411, 15.621],
  [3.7, "SE", 57.781, 14.156],
  [5, "SE", 56.833, 13.941],
  [7, "SE", 55.605, 13.004],
];
/** México, Querétaro, San Luis Potosí, Matehuala, Saltillo, Monterrey. */
export const MEXICO_MONTERREY = [
  [0, "MX", 19.433, -99.133],
  [0.8, "MX", 19.716, -99.224],
  [2, "MX", 20.389, -99.996],
  [2.7, "MX", 20.589, -100.389],
  [5, "MX", 22.15, -100.978],
  [7, "MX", 23.653, -100.643],
  [9.6, "MX", 25.424, -101.003],
  [10.6, "MX", 25.672, -100.309],
];
/** A bus line: Shinjuku, Yoyogi, Shibuya, Ebisu, Meguro, Shinagawa. */
export const TOKYO_LINE = [
  [0, "JP", 35.69, 139.7],
  [0.2, "JP", 35.683, 139.702],
  [0.5, "JP", 35.658, 139.701],
  [0.7, "JP", 35.647, 139.71],
  [0.9, "JP", 35.634, 139.716],
  [1.2, "JP", 35.628, 139.739],
];

/** Where the route is after `hours`: `{ point, country }`. Beyond an end it stays at that end. */
export function along(route, hours) {
  const next = route.findIndex(([h]) => h >= hours);
  if (next <= 0) {
    const [, country, lat, lon] = next === 0 ? route[0] : route[route.length - 1];
    return { point: [lat, lon], country };
  }
  const [h0, country0, lat0, lon0] = route[next - 1];
  const [h1, country1, lat1, lon1] = route[next];
  const share = (hours - h0) / (h1 - h0);
  return {
    point: [lat0 + (lat1 - lat0) * share, lon0 + (lon1 - lon0) * share],
    country: share < 0.5 ? country0 : country1,
  };
}

/** Hours at which the route enters another country: half-way between the points on either side. */
export function borders(route) {
  const found = [];
  for (let i = 1; i < route.length; i += 1) {
    if (route[i][1] !== route[i - 1][1]) found.push((route[i][0] + route[i - 1][0]) / 2);
  }
  return found;
}

// Towns and sites that stay where they are.
export const TOKYO_SUGINAMI = [35.699, 139.636];
export const TOKYO_NERIMA = [35.735, 139.652];
export const OSAKA = [34.694, 135.502];
export const YOKOHAMA = [35.444, 139.638];
export const HAKONE = [35.233, 139.022];
export const OSLO_SKOYEN = [59.922, 10.679];
export const OSLO_ALNA = [59.927, 10.836];
export const HAMBURG_PORT = [53.529, 9.938];
export const AMSTERDAM = [52.379, 4.9];
export const DENVER = [39.739, -104.985];
export const CHICAGO = [41.884, -87.632];
export const CHICAGO_OAK_PARK = [41.888, -87.789];
export const DALLAS = [32.781, -96.797];
export const NEBRASKA_FIELD = [40.699, -99.084];
export const BERLIN = [52.5, 13.394];
export const ODENSE = [55.396, 10.389];
export const KANSAS_CITY = [39.1, -94.578];
export const ROTTERDAM_PORT = [51.95, 4.14];
export const TORONTO = [43.641, -79.389];
export const MILANO = [45.464, 9.19];
export const MILANO_LINATE = [45.461, 9.263];
export const TORINO = [45.07, 7.687];
export const VALENCIA = [39.47, -0.377];
export const NEGEV = [31.252, 34.791];
export const TEL_AVIV = [32.08, 34.78];
/** Harbours between Bergen and Hirtshals. */
export const HARBOURS = {
  bergen: [60.399, 5.318],
  haugesund: [59.413, 5.268],
  stavanger: [58.973, 5.727],
  egersund: [58.451, 5.998],
  kristiansand: [58.143, 7.99],
  hirtshals: [57.594, 9.966],
};
