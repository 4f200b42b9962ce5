// Where a country's name or its country-only mark goes, inside the country's largest part: its middle where there is room
// around it, else the point farthest from the border. And from which zoom the country is wide enough to be named.
import polylabel from "polylabel";
import { polygonsOf } from "./antimeridian.mjs";

const RADIANS = Math.PI / 180;

const mercatorY = (lat) =>
  Math.log(Math.tan(Math.PI / 4 + (Math.min(85, Math.max(-85, lat)) * RADIANS) / 2)) / RADIANS;
const latitude = (y) => (2 * Math.atan(Math.exp(y * RADIANS)) - Math.PI / 2) / RADIANS;

/** Area of a closed ring on the unit sphere (steradian), sign dropped. */
export function sphericalArea(ring) {
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [lon1, lat1] = ring[i - 1];
    const [lon2, lat2] = ring[i];
    sum += (lon2 - lon1) * RADIANS * (2 + Math.sin(lat1 * RADIANS) + Math.sin(lat2 * RADIANS));
  }
  return Math.abs(sum / 2);
}

/** Area (sign dropped) and centroid of a closed ring in the plane. */
function planar(ring) {
  let [twice, x, y] = [0, 0, 0];
  for (let i = 1; i < ring.length; i += 1) {
    const [[ax, ay], [bx, by]] = [ring[i - 1], ring[i]];
    const cross = ax * by - bx * ay;
    twice += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return { area: Math.abs(twice / 2), x: x / (3 * twice), y: y / (3 * twice) };
}

/** Distance from a point to the nearest edge of a polygon, negative outside of it. */
function clearance(rings, x, y) {
  let inside = false;
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [[ax, ay], [bx, by]] = [ring[i - 1], ring[i]];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
      const length = (bx - ax) ** 2 + (by - ay) ** 2;
      const share =
        length > 0
          ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
          : 0;
      nearest = Math.min(
        nearest,
        Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)),
      );
    }
  }
  return inside ? nearest : -nearest;
}

/** The middle is taken when it has at least this share of the widest place's room. */
const ENOUGH_ROOM = 0.35;

/**
 * @param {{ type: string, coordinates: any[] }} geometry mended
 * @returns {{ lon: number, lat: number, side: number }} `side`: edge of a square as large as the part, in pixels at zoom 0
 */
export function labelPoint(geometry) {
  const largest = polygonsOf(geometry).reduce((best, polygon) =>
    sphericalArea(polygon[0]) > sphericalArea(best[0]) ? polygon : best,
  );
  const flat = largest.map((ring) => ring.map(([lon, lat]) => [lon, mercatorY(lat)]));
  const widest = polylabel(flat, 0.02);
  const middle = planar(flat[0]);
  const roomy = clearance(flat, middle.x, middle.y) >= ENOUGH_ROOM * widest.distance;
  const [x, y] = roomy ? [middle.x, middle.y] : widest;
  return { lon: x, lat: latitude(y), side: (Math.sqrt(middle.area) / 360) * 512 };
}

/** Names of at least this many pixels' worth of country are drawn; below, they would hide what they name. */
const LEAST_SIDE_PX = 36;
const FIRST_ZOOM = -2;
const LAST_ZOOM = 6;

/** The zoom from which a country of this size is named: -2, the least there is, for the largest, 6 for islands and city states. */
export function firstZoom(side) {
  if (!(side > 0)) return LAST_ZOOM;
  return Math.min(
    LAST_ZOOM,
    Math.max(FIRST_ZOOM, Math.round(Math.log2(LEAST_SIDE_PX / side) * 10) / 10),
  );
}
