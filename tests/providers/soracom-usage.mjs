// Soracom's air statistics, life-cycle history and cell look-up.
import { day, minute } from "./fleet.mjs";
import { placeOf, siteOf } from "./networks.mjs";
import { hash } from "./random.mjs";
import { operatorId, simIdOf } from "./soracom-rows.mjs";

/** Traffic of a SIM by bucket. `from` and `to` are epoch seconds; ranges widen to the edges of buckets. */
export function airStats(fleet, index, { from, to, period, present }) {
  const lengths = { minutes: 5 * minute, day, month: null };
  const oldest = present - (period === "minutes" ? 32 : 540) * day;
  const begin = Math.max(from * 1000, oldest, fleet.sim(index).created);
  const end = Math.min(to * 1000, present);
  const rows = [];
  if (begin > end || fleet.sim(index).habit === "never") return rows;
  const length = lengths[period];
  let at = length ? Math.floor(begin / length) * length : monthOf(begin);
  for (; at <= end; at = length ? at + length : monthOf(at + 32 * day)) {
    const dice = hash(fleet.salt, index, at, "air");
    if (dice % 10 < 3) continue;
    rows.push({
      date: new Date(at)
        .toISOString()
        .slice(0, period === "month" ? 7 : 10)
        .replaceAll("-", ""),
      unixtime: at / 1000,
      dataTrafficStatsMap: {
        "s1.standard": traffic(dice % 90_000),
        ...(dice % 4 ? {} : { "s1.fast": traffic(dice % 700_000) }),
      },
    });
  }
  return rows;
}

const monthOf = (ms) => Date.UTC(new Date(ms).getUTCFullYear(), new Date(ms).getUTCMonth());

const traffic = (bytes) => ({
  uploadByteSizeTotal: bytes,
  downloadByteSizeTotal: bytes * 3,
  uploadPacketSizeTotal: Math.ceil(bytes / 700),
  downloadPacketSizeTotal: Math.ceil(bytes / 300),
});

/** What became of the SIM, oldest first: not its sessions. `time` (milliseconds) stands beside what the vendor tells, in whole seconds. */
export function statusRows(fleet, index) {
  const sim = fleet.sim(index);
  const states = { never: ["ready"], gone: ["ready", "active", "inactive"] };
  return (states[sim.habit] ?? ["ready", "active"]).map((status, at) => ({
    time: sim.created + at * 30 * day,
    row: {
      simId: simIdOf(fleet, index),
      primaryImsi: sim.imsis[0],
      status,
      speedClass: "s1.standard",
      applyDateTimeEpochSec: Math.floor((sim.created + at * 30 * day) / 1000),
    },
  }));
}

const digits = (value) => typeof value === "string" && /^\d{1,9}$/.test(value);

/**
 * Where a cell stands: the reply's object, null when the tower is unknown, or what is wrong with the question.
 * @param {Record<string, unknown>} asked
 * @returns {object | string | null}
 */
export function cellLocation(asked) {
  const names = ["mcc", "mnc", "lac", "cid", "tac", "ecid", "eci", "identifier"];
  for (const [name, value] of Object.entries(asked)) {
    if (!names.includes(name)) return `unknown field ${name}`;
    if (name !== "identifier" && !digits(value)) return `${name} is a string of digits`;
  }
  const { mcc, mnc, lac, cid, tac } = asked;
  const eci = asked.eci ?? asked.ecid;
  const lte = tac !== undefined && eci !== undefined;
  if (!mcc || !mnc || (!lte && lac === undefined)) return "mcc, mnc and a cell are needed";
  const area = Number(lte ? tac : lac);
  const id = lte ? Number(eci) : cid === undefined ? null : Number(cid);
  const found = siteOf({ mcc: Number(mcc), mnc: Number(mnc), lte, area, id });
  const place = found && placeOf(found.network, found.site);
  if (!place) return null;
  return {
    lat: place.lat,
    lon: place.lon,
    range: id === null ? 20_000 : place.range,
    samples: 12,
    avg_strength: 0,
    exact: id === null ? 0 : 1,
    created: "2020-01-01T00:00:00Z",
    updated: "2024-01-01T00:00:00Z",
    ...(asked.identifier === undefined ? {} : { identifier: asked.identifier }),
  };
}
