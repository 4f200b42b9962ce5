// Sims and DataSessions as Twilio and KORE write them, with the oddities that their published samples and fixtures show.
import { hour, second, traffic, whereabouts } from "./fleet.mjs";
import { cellAt, isLte, placeOf } from "./networks.mjs";
import { hash, hex } from "./random.mjs";

/** Whole seconds, as this API writes times. */
export const iso = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** The SIDs made so far, by fleet. */
const sids = new WeakMap();

export function simSidOf(fleet, index) {
  if (!sids.has(fleet)) sids.set(fleet, []);
  return (sids.get(fleet)[index] ??= `DE${hex(32, fleet.salt, index, "sid")}`);
}

/** A Sim. One vendor calls the EID `e_id`, the other `eid`. */
export function simOf(fleet, index, { vendor, accountSid }) {
  const sim = fleet.sim(index);
  const sid = simSidOf(fleet, index);
  const dice = hash(sid);
  const eid = index % 5 === 4 ? sim.eid : null;
  return {
    sid,
    unique_name: index % 3 === 2 ? null : `device/${index} ü`,
    account_sid: accountSid,
    rate_plan_sid: `WP${hex(32, fleet.salt, "plan", index % 3)}`,
    friendly_name: index % 7 === 6 ? null : sim.name,
    iccid: index % 13 === 12 ? null : sim.iccid,
    ...(vendor === "kore" ? { eid } : { e_id: eid }),
    status: sim.habit === "gone" ? "deactivated" : sim.habit === "never" ? "new" : "active",
    reset_status: dice % 19 === 0 ? "resetting" : null,
    date_created: iso(sim.created),
    date_updated: iso(sim.created + 24 * hour),
    ip_address: null,
    links: { rate_plan: `https://example.invalid/v1/RatePlans/WP${index % 3}` },
    url: `https://example.invalid/v1/Sims/${sid}`,
  };
}

/** A DataSession as it is at `present`. `before` is the SIM's session before it, whose sid an odd row repeats. */
export function dataSessionOf(session, { simSid, accountSid, before, present }) {
  const { dice, end } = session;
  const odd = oddities(dice);
  const updated = end ?? lastUpdate(session, present);
  const { network, radio, site } = whereabouts(session, updated);
  const cell = cellAt(radio, site);
  const place = placeOf(network, site);
  const { up, down } = traffic(session, updated);
  const row = {
    sid: odd.noSid ? null : odd.sharesSid && before ? sidOf(before) : sidOf(session),
    sim_sid: simSid,
    account_sid: accountSid,
    radio_link: isLte(radio) ? "LTE" : radio.toUpperCase(),
    operator_mcc: odd.numbers ? Number(network.mcc) : network.mcc,
    operator_mnc: odd.numbers ? Number(network.mnc) : network.mnc,
    operator_country: odd.placeless ? "" : network.alpha3,
    operator_name: odd.placeless ? "" : network.name,
    cell_id: odd.placeless ? "" : `${network.mcc}-${network.mnc}-${cell.area}-${cell.id}`,
    cell_location_estimate:
      odd.placeless || !place ? emptyPlace(dice) : { lat: place.lat, lon: place.lon },
    packets_uploaded: Math.ceil(up / 700),
    packets_downloaded: Math.ceil(down / 900),
    last_updated: iso(updated),
    start: iso(session.start),
    end: end === null ? null : iso(end),
    imei: odd.noImei ? null : session.imei,
  };
  if (odd.moreFields)
    Object.assign(row, { apn_profile: { name: "example", flags: [1, null] }, is_5g: false });
  if (odd.oldRow) delete row.imei;
  return row;
}

const sidOf = (session) => `WN${session.key}`;

/** Which few sessions are odd, and how. */
function oddities(dice) {
  const every = (n, at) => dice % n === at;
  return {
    noSid: every(31, 3),
    sharesSid: every(43, 5),
    numbers: every(23, 2),
    placeless: every(29, 4),
    noImei: every(19, 1),
    oldRow: every(53, 7),
    moreFields: every(17, 6),
  };
}

const emptyPlace = (dice) => [{}, { lat: 0, lon: 0 }, null, {}][dice % 4];

/** Open records are brought up to date each hour; those of one session in five stay as they were an hour after its start. */
function lastUpdate(session, present) {
  const hours = Math.floor((present - session.start) / hour);
  const known = session.dice % 5 === 0 ? Math.min(hours, 1) : hours;
  return Math.max(
    session.start + known * hour,
    session.start + Math.min(second, present - session.start),
  );
}

/** A name for each row: its sid; where that is missing or not its own alone, with the SIM and the start. */
export function sessionIds(rows) {
  const times = new Map();
  for (const { sid } of rows) times.set(sid, (times.get(sid) ?? 0) + 1);
  return rows.map(({ sid, sim_sid: sim, start }) =>
    sid !== null && times.get(sid) === 1 ? sid : `${sid ?? ""}/${sim}/${start}`,
  );
}
