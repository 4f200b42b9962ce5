// Mends rings that cross the 180° meridian. world-atlas stitches Russia, Fiji and Antarctica across it, so that an edge
// jumps from +180 to -180; a flat map draws that jump as a band over the whole world. A ring is unwrapped (made
// continuous), closed over the pole where it goes once round the Earth, cut at ±180 and its parts moved back.

/**
 * The ring with every step shorter than 180°, so it may leave ±180. Closed rings stay closed unless they go round a pole.
 * @param {number[][]} ring longitude, latitude in degrees; first point repeated at the end
 * @returns {number[][]}
 */
export function unwrap(ring) {
  let turn = 0;
  return ring.map(([lon, lat], index) => {
    if (index > 0) {
      const step = lon - ring[index - 1][0];
      if (step > 180) turn -= 360;
      else if (step < -180) turn += 360;
    }
    return [lon + turn, lat];
  });
}

/**
 * A ring that goes round the Earth, closed over the nearer pole; any other ring as it is.
 * @param {number[][]} ring unwrapped
 */
export function closeOverPole(ring) {
  const first = ring[0];
  const last = ring[ring.length - 1];
  if (Math.abs(last[0] - first[0]) < 180) return ring;
  const mean = ring.reduce((sum, point) => sum + point[1], 0) / ring.length;
  const pole = mean < 0 ? -90 : 90;
  return [...ring, [last[0], pole], [first[0], pole], first];
}

/**
 * Cuts a closed ring at one meridian into closed rings that lie on one side each.
 * @param {number[][]} ring unwrapped and closed
 * @param {number} meridian degrees, in the unwrapped frame
 * @returns {{ west: number[][][], east: number[][][] }}
 */
export function cut(ring, meridian) {
  const isEast = (point) => point[0] > meridian;
  const start = ring.findIndex(
    (point, index) => index > 0 && isEast(point) !== isEast(ring[index - 1]),
  );
  if (start < 0) return isEast(ring[0]) ? { west: [], east: [ring] } : { west: [ring], east: [] };

  // Chains run from one crossing to the next; a point exactly on the meridian counts as west.
  const open = ring.slice(0, -1);
  const turned = [...open.slice(start), ...open.slice(0, start)];
  const chains = { west: [], east: [] };
  let before = open[start - 1];
  let chain = null;
  for (const point of [...turned, turned[0]]) {
    if (isEast(point) !== isEast(before)) {
      const share = (meridian - before[0]) / (point[0] - before[0]);
      const crossing = [meridian, before[1] + share * (point[1] - before[1])];
      chain?.push(crossing);
      if (point === turned[0] && chain) break;
      chain = [crossing];
      chains[isEast(point) ? "east" : "west"].push(chain);
    }
    chain.push(point);
    before = point;
  }
  return { west: join(chains.west), east: join(chains.east) };
}

/** Joins chains whose ends lie on one meridian: ends sorted by latitude belong together in pairs (even-odd rule). */
function join(chains) {
  const ends = chains.flatMap((chain, index) => [
    { index, tail: false, lat: chain[0][1] },
    { index, tail: true, lat: chain[chain.length - 1][1] },
  ]);
  ends.sort((a, b) => a.lat - b.lat);
  const partner = new Map();
  const key = (end) => `${end.index}${end.tail ? "t" : "h"}`;
  for (let i = 0; i + 1 < ends.length; i += 2) {
    partner.set(key(ends[i]), ends[i + 1]);
    partner.set(key(ends[i + 1]), ends[i]);
  }
  const rings = [];
  const used = new Set();
  for (let index = 0; index < chains.length; index += 1) {
    if (used.has(index)) continue;
    const ring = [];
    let at = { index, tail: false };
    do {
      used.add(at.index);
      ring.push(...(at.tail ? [...chains[at.index]].reverse() : chains[at.index]));
      at = partner.get(key({ index: at.index, tail: !at.tail }));
    } while (at.index !== index);
    ring.push(ring[0]);
    rings.push(
      ring.filter(
        (point, i) => i === 0 || point[0] !== ring[i - 1][0] || point[1] !== ring[i - 1][1],
      ),
    );
  }
  return rings.filter((ring) => ring.length >= 4);
}

const shifted = (ring, degrees) => ring.map(([lon, lat]) => [lon + degrees, lat]);

/**
 * One polygon (outer ring, holes) as polygons inside ±180 whose edges never jump.
 * @param {number[][][]} polygon
 * @returns {number[][][][]}
 */
export function mendPolygon(polygon) {
  // A ring along the pole itself encloses nothing: it is how a flat map's lower edge comes back from a sphere.
  const rings = polygon
    .filter((ring) => ring.some(([, lat]) => Math.abs(lat) < 89.9))
    .map((ring) => closeOverPole(unwrap(ring)));
  const inside = rings.every((ring) => ring.every(([lon]) => lon >= -180 && lon <= 180));
  if (inside) return [rings];
  const parts = cutBothSides(rings[0]).map((ring) => [ring]);
  for (const hole of rings.slice(1).flatMap(cutBothSides)) {
    const owner = parts.find(([outer]) => contains(outer, hole[0]));
    if (!owner) throw new Error("a hole lies in no part of its polygon after the cut at 180°");
    owner.push(hole);
  }
  return parts;
}

/** An unwrapped ring as rings inside ±180. */
function cutBothSides(ring) {
  const right = cut(ring, 180);
  const left = right.west.map((part) => cut(part, -180));
  return [
    ...left.flatMap((part) => part.east),
    ...left.flatMap((part) => part.west.map((piece) => shifted(piece, 360))),
    ...right.east.map((piece) => shifted(piece, -360)),
  ];
}

/** Whether a closed ring holds a point (even-odd). */
function contains(ring, [x, y]) {
  let inside = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [ax, ay] = ring[i - 1];
    const [bx, by] = ring[i];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

/** The polygons of a GeoJSON Polygon or MultiPolygon. */
export const polygonsOf = ({ type, coordinates }) =>
  type === "Polygon" ? [coordinates] : coordinates;

/**
 * A GeoJSON Polygon or MultiPolygon, mended; the kind follows the number of parts.
 * @param {{ type: string, coordinates: any[] }} geometry
 */
export function mend(geometry) {
  const parts = polygonsOf(geometry).flatMap(mendPolygon);
  return parts.length === 1
    ? { type: "Polygon", coordinates: parts[0] }
    : { type: "MultiPolygon", coordinates: parts };
}
