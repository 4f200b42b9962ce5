// Sessions, activity, devices and bills as WAYSCloud writes them.
import { day, hour, marksOf, traffic, whereabouts } from "./fleet.mjs";
import { hash, hex } from "./random.mjs";

/** Whole seconds, as this API writes times. */
export const iso = (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const mb = (bytes) => Math.round(bytes / 1e4) / 100;
const types = { lte: "4G", "lte-m": "LTE-M", "nb-iot": "NB-IoT", "3g": "3G", "2g": "2G" };

export const deviceIdOf = (fleet, index) =>
  index % 9 === 8 ? null : `iot_dev_${hex(8, fleet.salt, index, "device")}`;

export const sessionIdOf = (session) => `ses_${session.key.slice(0, 16)}`;

export function sessionRow(session, present) {
  const { network, radio } = whereabouts(session, session.end ?? present);
  const { up, down } = traffic(session, present);
  const row = {
    session_id: sessionIdOf(session),
    start_time: iso(session.start),
    end_time: session.end === null ? null : iso(session.end),
    duration_seconds: duration(session, present),
    network: {
      country: network.country,
      country_code: network.alpha2,
      operator: network.name,
      network_code: network.mcc + network.mnc,
      network_type: types[radio],
    },
    data_usage: { upload_mb: mb(up), download_mb: mb(down), total_mb: mb(up + down) },
    ip_address: session.ip,
  };
  if (session.end === null && session.sim % 3 === 1) delete row.end_time;
  if (row.duration_seconds === undefined) delete row.duration_seconds;
  return row;
}

/** Of an open session the duration runs, is null or is absent, by SIM. */
function duration({ start, end, sim }, present) {
  const seconds = Math.floor((end ?? present) / 1000) - Math.floor(start / 1000);
  return end !== null || sim % 3 === 0 ? seconds : sim % 3 === 1 ? null : undefined;
}

/** The figures that the vendor adds up over some sessions. */
export function summaryOf(rows) {
  const mbs = rows.reduce((sum, row) => sum + row.data_usage.total_mb, 0);
  const seconds = rows.reduce((sum, row) => sum + (row.duration_seconds ?? 0), 0);
  return {
    total_sessions: rows.length,
    total_data_mb: Math.round(mbs * 100) / 100,
    average_session_duration_seconds: rows.length ? Math.round(seconds / rows.length) : 0,
  };
}

const kinds = { start: "connection", change: "network_change", end: "disconnection" };

/** The activity of a SIM until then, by session: each with its instant, kind, id, and what `eventRow` needs. */
export function activityOf(fleet, index, present) {
  const rows = [];
  const add = (kind, at, session, generation, mark = null) =>
    rows.push({ kind, at, session, generation, mark, id: eventId(session, kind, at) });
  for (const session of fleet.sessions(index, present)) {
    for (const mark of marksOf(session)) {
      add(kinds[mark.kind], mark.at, session, mark.generation, mark);
      if (mark.kind === "change" && mark.generation === 0 && session.dice % 4 === 0) {
        add("location_update", mark.at + 1000, session, mark.generation, mark);
      }
    }
    const half = session.start + hour / 2;
    const used =
      session.dice % 7 === 0 && session.generation === 0 && (session.end ?? half) >= half;
    if (used) add("data_usage_update", half, session, 0);
    if (session.dice % 61 === 8 && session.generation === 0) {
      add("imei_lock_check", session.start, session, 0);
    }
  }
  // What the fleet began with has no event after its first instant: only bursts add.
  return rows.filter((row) => row.at <= (row.generation ? present : Math.min(present, fleet.base)));
}

const eventId = ({ dice, sim, number }, kind, at) =>
  `evt_${hex(14, dice, sim, number, kind.length, at)}`;
export const markId = ({ kind, at, session }) => eventId(session, kinds[kind], at);

/** Newest bursts first, then roughly newest first: within about an hour the order is chance. */
export const orderKey = (row) =>
  row.generation * 1e14 + row.at + (hash(row.id) % (row.generation ? 1000 : hour));

/** An event; the fleet's list tells whose it is and leaves out the network code and the details. */
export function eventRow(fleet, { kind, at, session, mark, id }, inFleet) {
  const sim = fleet.sim(session.sim);
  const now = whereabouts(session, at);
  const network = ({ network: { country, name, mcc, mnc } }) => ({
    country,
    operator: name,
    ...(inFleet ? {} : { network_code: mcc + mnc }),
  });
  const zoneless = session.dice % 47 === 11;
  const row = {
    event_id: id,
    ...(inFleet
      ? { iccid: sim.iccid, msisdn: sim.msisdn, device_id: deviceIdOf(fleet, session.sim) }
      : {}),
    event_type: kind,
    timestamp: zoneless ? iso(at).slice(0, -1) : iso(at),
  };
  if (kind === "connection") {
    row.network = network(now);
    if (!inFleet) {
      row.details = { network_type: types[now.radio], signal_strength: -60 - (session.dice % 50) };
    }
  } else if (kind === "network_change") {
    row.previous_network = network(whereabouts(session, mark.at - 1));
    row.current_network = network(now);
    if (!inFleet) row.details = { reason: "roaming" };
  } else if (kind === "data_usage_update") {
    row.details = { current_usage_mb: mb(traffic(session, at).up * 90), period: "current_month" };
  }
  return row;
}

export function deviceRow(fleet, index, present) {
  const sim = fleet.sim(index);
  const sessions = fleet.sessions(index, present);
  const open = sessions.findLast((session) => session.end === null);
  const now = open && whereabouts(open, present);
  const used = sessions
    .filter((session) => session.start >= monthStart(present))
    .reduce((sum, session) => sum + sessionRow(session, present).data_usage.total_mb, 0);
  return {
    device_id: deviceIdOf(fleet, index),
    device_name: sim.name,
    sim: {
      iccid: sim.iccid,
      status: sim.habit === "never" ? "inactive" : "active",
      msisdn: sim.msisdn,
      current_network: now
        ? {
            country: now.network.country,
            operator: now.network.name,
            network_type: types[now.radio],
          }
        : null,
      data_usage_mb: Math.round(used * 100) / 100,
      linked_at: iso(sim.created + day),
    },
  };
}

export const monthStart = (present) =>
  Date.UTC(new Date(present).getUTCFullYear(), new Date(present).getUTCMonth());

/** The bill of a span. As in the vendor's example, the SIMs do not add up to the summary. */
export function billing(fleet, { from, to, start_date, end_date, iccid }) {
  const by_sim = [];
  for (let index = 0; index < fleet.count; index += 1) {
    const sim = fleet.sim(index);
    if (iccid !== null && sim.iccid !== iccid) continue;
    const bytes = fleet
      .sessions(index, to)
      .filter((session) => session.start >= from && session.start < to)
      .reduce((sum, session) => sum + traffic(session, to).up + traffic(session, to).down, 0);
    const data_usage_mb = mb(bytes);
    const data_cost = Math.round(data_usage_mb) / 100;
    by_sim.push({
      iccid: sim.iccid,
      msisdn: sim.msisdn,
      subscription_fee: 1.5,
      data_usage_mb,
      data_cost,
      total_cost: 1.5 + data_cost,
    });
  }
  const sum = (name) => Math.round(by_sim.reduce((all, row) => all + row[name], 0) * 100) / 100;
  return {
    billing_period: { start_date, end_date, billing_cycle: "monthly" },
    summary: {
      total_cost: sum("total_cost") + 5,
      subscription_fees: sum("subscription_fee"),
      data_costs: sum("data_cost"),
      currency: "EUR",
    },
    subscription: {
      active_sims: by_sim.length,
      monthly_fee_per_sim: 1.5,
      total_monthly_fees: sum("subscription_fee"),
    },
    data_usage: { total_mb: sum("data_usage_mb") },
    by_sim,
  };
}
