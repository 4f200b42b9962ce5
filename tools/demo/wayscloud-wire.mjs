// WAYSCloud's wire format: sessions of a SIM with their summary, the activity logs (fleet and per SIM) and the device of a SIM.
// What the SIMs do is written in wayscloud.mjs.
//
// A SIM here: { name, iccid, msisdn, deviceId, sessions, … }, a session: { start, end, network, type, upMb, downMb, changes }
// where `changes` lists `{ at, from, to }`, the networks before and after.

import { rounded } from "./json.mjs";
import { address } from "./identifiers.mjs";
import { hash, seeded } from "./random.mjs";
import { FROM, MINUTE, SECOND, isoDate, isoSeconds } from "./time.mjs";

/** The vendor's examples name operators with their country. */
const operatorName = ({ operator, country }) => `${operator} ${country}`;
const plainNetwork = (network) => ({ country: network.country, operator: operatorName(network) });
const codedNetwork = (network) => ({
  ...plainNetwork(network),
  network_code: network.mcc + network.mnc,
});

/** Answer of /sims/{iccid}/sessions: newest first, with the summary over all of it. */
export function sessionsAnswer(sim) {
  const random = seeded(`session ids of ${sim.name}`);
  const rows = sim.sessions
    .map((session) => ({
      session_id: `ses_${random.hex(10)}`,
      start_time: isoSeconds(session.start),
      end_time: session.end === null ? null : isoSeconds(session.end),
      duration_seconds:
        session.end === null
          ? null
          : Math.floor(session.end / SECOND) - Math.floor(session.start / SECOND),
      network: {
        country: session.network.country,
        country_code: session.network.alpha2,
        operator: operatorName(session.network),
        network_code: session.network.mcc + session.network.mnc,
        network_type: session.type,
      },
      data_usage: {
        upload_mb: session.upMb,
        download_mb: session.downMb,
        total_mb: rounded(session.upMb + session.downMb, 2),
      },
      ip_address: address(sim.name),
    }))
    .reverse();
  const lengths = rows.map((row) => row.duration_seconds).filter((seconds) => seconds !== null);
  return {
    iccid: sim.iccid,
    sessions: rows,
    total: rows.length,
    summary: {
      total_sessions: rows.length,
      total_data_mb: rounded(
        rows.reduce((sum, row) => sum + row.data_usage.total_mb, 0),
        2,
      ),
      average_session_duration_seconds: Math.round(
        lengths.reduce((sum, seconds) => sum + seconds, 0) / lengths.length,
      ),
    },
  };
}

/** Events of a SIM in order of time, before either log spells them: { time, type, … }. */
function eventsOf(sim) {
  const random = seeded(`events of ${sim.name}`);
  const events = sim.sessions.flatMap((session) => [
    {
      time: session.start,
      type: "connection",
      network: session.network,
      radio: session.type,
      signal: -random.whole(58, 112),
    },
    ...(session.changes ?? []).map((change) => ({
      time: change.at,
      type: "network_change",
      change,
    })),
    ...(session.located ?? []).map((time) => ({ time, type: "location_update" })),
    ...(session.end === null ? [] : [{ time: session.end, type: "disconnection" }]),
  ]);
  return [...events, ...(sim.thresholds ?? [])]
    .filter((event) => event.time >= FROM)
    .sort((a, b) => a.time - b.time)
    .map((event, i) => ({
      ...event,
      id: `evt_${hash(`${sim.iccid} ${event.type} ${event.time} ${i}`).toString(16).padStart(8, "0")}`,
    }));
}

const usageDetails = (event) => ({
  details: { current_usage_mb: event.usedMb, period: "current_month" },
});

/** An event as the log of one SIM tells it: with network codes and details. */
function simEvent(event) {
  const head = { event_id: event.id, event_type: event.type, timestamp: isoSeconds(event.time) };
  switch (event.type) {
    case "connection":
      return {
        ...head,
        network: codedNetwork(event.network),
        details: { network_type: event.radio, signal_strength: event.signal },
      };
    case "network_change":
      return {
        ...head,
        previous_network: codedNetwork(event.change.from),
        current_network: codedNetwork(event.change.to),
        details: { reason: "roaming" },
      };
    case "data_usage_update":
      return { ...head, ...usageDetails(event) };
    default:
      return head;
  }
}

/** An event as the fleet log tells it: with the SIM's identifiers, without network codes and details. */
function fleetEvent(sim, event) {
  const head = {
    event_id: event.id,
    iccid: sim.iccid,
    msisdn: sim.msisdn,
    device_id: sim.deviceId,
    event_type: event.type,
    timestamp: isoSeconds(event.time),
  };
  switch (event.type) {
    case "connection":
      return { ...head, network: plainNetwork(event.network) };
    case "network_change":
      return {
        ...head,
        previous_network: plainNetwork(event.change.from),
        current_network: plainNetwork(event.change.to),
      };
    case "data_usage_update":
      return { ...head, ...usageDetails(event) };
    default:
      return head;
  }
}

/** Answer of /sims/{iccid}/activity: the newest `limit` events, in no order of time. */
export function simActivity(sim, limit) {
  const kept = eventsOf(sim).slice(-limit);
  const shuffled = kept.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { iccid: sim.iccid, activity: shuffled.map(simEvent), total: shuffled.length };
}

/** Pages of /sims/activity from `since` on, newest first. */
export function fleetActivity(sims, { since, limit }) {
  const rows = sims
    .flatMap((sim) =>
      eventsOf(sim)
        .filter((event) => event.time >= since)
        .map((event) => ({ sim, event })),
    )
    .sort((a, b) => b.event.time - a.event.time || (a.event.id < b.event.id ? -1 : 1))
    .map(({ sim, event }) => fleetEvent(sim, event));
  return Array.from({ length: Math.ceil(rows.length / limit) }, (_, page) => ({
    activity: rows.slice(page * limit, (page + 1) * limit),
    total: rows.length,
    limit,
    offset: page * limit,
  }));
}

/** Answer of /devices/{device_id}/sim. `current_network` is missing while the SIM is offline. */
export function deviceAnswer(sim) {
  const open = sim.sessions.findLast((session) => session.end === null);
  const network = open?.changes?.at(-1)?.to ?? open?.network;
  const month = sim.sessions.filter((session) => session.start >= Date.UTC(2026, 9, 1));
  return {
    device_id: sim.deviceId,
    device_name: sim.name,
    sim: {
      iccid: sim.iccid,
      status: "active",
      msisdn: sim.msisdn,
      ...(open === undefined
        ? {}
        : { current_network: { ...plainNetwork(network), network_type: open.type } }),
      data_usage_mb: rounded(
        month.reduce((sum, session) => sum + session.upMb + session.downMb, 0),
        1,
      ),
      linked_at: isoSeconds(sim.linked),
    },
  };
}

/** Month-to-date thresholds: an event a few minutes after the session in which a step of `stepMb` was passed. */
export function thresholdsOf(sessions, stepMb) {
  const events = [];
  let used = 0;
  for (const session of sessions) {
    if (isoDate(session.start) < "2026-10-01") continue;
    const before = used;
    used += session.upMb + session.downMb;
    if (Math.floor(used / stepMb) > Math.floor(before / stepMb) && session.end !== null) {
      events.push({
        time: session.end + 4 * MINUTE,
        type: "data_usage_update",
        usedMb: rounded(used, 1),
      });
    }
  }
  return events;
}
