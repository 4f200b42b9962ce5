// Made-up fleets of any size in KORE's shape, page by page, so that a gigabyte of them never lies in memory at once. The same
// bytes on every machine.
import { day, from, hex, networks, pageOf, pageSize, seeded, time } from "./data.mjs";

/** The time that every fleet spans. */
export const span = { from, to: from + 30 * day };

/** So many lanes of a dense fleet hold more than the others: as many as fit on the screen, and around it. */
const busyLanes = 160;
const busySessions = 1000;
/** Of a dense lane every so many sessions one is wide enough for its label, the others are a few pixels. */
const pattern = 12;
const wide = 32;
const unitsOfPattern = pattern - 1 + wide;
/** Pixels of a narrow session. */
const unitPx = 4;

/**
 * What a fleet consists of. Sparse: evenly over all lanes, a fifth of the time covered. Dense: back to back, each in another
 * colour than the one before, and as many as can be in the lanes that have the most.
 * @typedef {{ sessions: number, lanes: number, dense: boolean }} Load
 */

/**
 * How many sessions each lane has.
 * @param {Load} load
 * @returns {(lane: number) => number}
 */
export function sessionsOfLanes({ sessions, lanes, dense }) {
  const busy = dense && lanes > busyLanes ? busyLanes : 0;
  const others = lanes - busy;
  const most = busy ? Math.min(busySessions, Math.floor((sessions - others) / busy)) : 0;
  const left = sessions - busy * most;
  const each = Math.floor(left / others);
  const more = left - each * others;
  return (lane) => (lane < busy ? most : each + (lane - busy < more ? 1 : 0));
}

/**
 * A window that shows the fleet at its worst, `width` pixels wide: dense, narrow sessions are a few pixels; sparse, a week.
 * @param {Load} load
 * @param {number} width
 */
export function windowOf(load, width) {
  const shown = (width / unitPx / unitsOfPattern) * pattern;
  const worst = ((span.to - span.from) * shown) / sessionsOfLanes(load)(0);
  const length = load.dense ? Math.min(worst, 20 * day) : 7 * day;
  const begin = span.from + (span.to - span.from - length) / 3;
  return { from: Math.round(begin), to: Math.round(begin + length) };
}

/** Start and end of one session of a lane with `count` of them. */
function stretch(load, random, index, count) {
  const all = span.to - span.from;
  if (!load.dense) {
    const slot = all / count;
    const length = slot * (0.1 + random(200) / 1000);
    const start = span.from + index * slot + (slot - length) * (random(1000) / 1000);
    return [start, start + length];
  }
  const unit = (all / count) * (pattern / unitsOfPattern);
  const edge = (at) => Math.floor(at / pattern) * unitsOfPattern + (at % pattern);
  const end = index + 1 === count ? all / unit : edge(index + 1);
  return [span.from + edge(index) * unit, span.from + end * unit];
}

/** The text of a session. */
function session(random, { lane, index, start, end }) {
  const cell = ((lane * networks.length) % 4992) + (index % networks.length);
  const [mcc, mnc, country, operator] = networks[index % networks.length];
  const seconds = (ms) => time(Math.floor(ms / 1000) * 1000);
  const [begun, ended] = [seconds(start), seconds(Math.max(end, start + 1000))];
  const place = `{"lat":${40 + cell / 512},"lon":${5 + cell / 1024}}`;
  return (
    `{"sid":"WN${hex(random(2 ** 32), 8)}${hex(lane, 8)}${hex(index, 8)}${hex(random(2 ** 32), 8)}",` +
    `"sim_sid":"DE${hex(lane, 32)}","account_sid":"AC${hex(1, 32)}","radio_link":"${random(5) ? "LTE" : "3G"}",` +
    `"operator_mcc":"${mcc}","operator_mnc":"${mnc}","operator_country":"${country}","operator_name":"${operator}",` +
    `"cell_id":"${mcc}-${mnc}-${(cell % 900) + 1}-${1_000_000 + cell * 256}","cell_location_estimate":${place},` +
    `"packets_uploaded":${random(90_000)},"packets_downloaded":${random(400_000)},"last_updated":"${ended}",` +
    `"start":"${begun}","end":"${ended}","imei":"${990_000_000_000_000 + lane * 7}"}`
  );
}

/** Pages of rows as the pieces of one document: an array of them. */
function* paged(rows) {
  let page = [];
  let number = 0;
  const piece = () => `${number ? "," : "["}${pageOf(`[${page.join(",")}]`, number)}`;
  for (const row of rows) {
    page.push(row);
    if (page.length < pageSize) continue;
    yield piece();
    [page, number] = [[], number + 1];
  }
  if (page.length || number === 0) yield piece();
  yield "]";
}

/**
 * The pieces of a fleet's document, as text.
 * @param {Load} load
 */
export function* fleet(load) {
  const random = seeded(0x0f_1e_e7);
  const countOf = sessionsOfLanes(load);
  yield* paged(
    (function* () {
      for (let lane = 0; lane < load.lanes; lane += 1) {
        const count = countOf(lane);
        for (let index = 0; index < count; index += 1) {
          const [start, end] = stretch(load, random, index, count);
          yield session(random, { lane, index, start, end });
        }
      }
    })(),
  );
}

/** One page more, behind all others: what `lanes` SIMs did in the hours after it. */
export function* onePageMore(lanes) {
  const random = seeded(0x0a_dd);
  const rows = Array.from({ length: pageSize }, (_, at) => {
    const start = span.to + at * 60_000;
    return session(random, {
      lane: at % lanes,
      index: 1_000_000 + at,
      start,
      end: start + 50_000,
    });
  });
  yield* paged(rows);
}

/** What each session of a dense fleet has in common with a chart's own shape: for the peers. */
export function* stretches(load) {
  const random = seeded(0x0f_1e_e7);
  const countOf = sessionsOfLanes(load);
  for (let lane = 0; lane < load.lanes; lane += 1) {
    const count = countOf(lane);
    for (let index = 0; index < count; index += 1) {
      const [start, end] = stretch(load, random, index, count);
      yield { lane, start, end, network: index % networks.length };
    }
  }
}
