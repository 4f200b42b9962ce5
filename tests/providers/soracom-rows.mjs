// SIMs, subscribers, their session state and session events as Soracom writes them.
import { marksOf, whereabouts } from "./fleet.mjs";
import { cellAt, isLte } from "./networks.mjs";
import { hash, hex } from "./random.mjs";

export const operatorId = "OP0000000001";
const plans = ["plan01s", "planX1", "plan-KM1"];
const dns = ["100.127.0.53", "100.127.1.53"];

/** The SIM's own id: the ICCID, or the EID of an eUICC (one SIM in five). */
export function simIdOf(fleet, index) {
  const { eid, iccid } = fleet.sim(index);
  return eid ?? iccid;
}

/** Crockford's base 32 of a whole number, in so many characters. */
function base32(value, characters) {
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let text = "";
  for (let rest = value; text.length < characters; rest = Math.floor(rest / 32)) {
    text = digits[rest % 32] + text;
  }
  return text;
}

/** A ULID a moment before the start; SIMs of the old kind (one in six) have none. */
export function sessionIdOf(session) {
  if (session.sim % 6 === 5) return null;
  const time = session.start - 14 - (session.dice % 650);
  const tail = [0, 1, 2, 3]
    .map((part) => base32(hash(session.dice, session.number, part), 4))
    .join("");
  return base32(time, 10) + tail;
}

/** How tests name a session: its id, else IMSI and start. */
export const sessionName = (session) =>
  sessionIdOf(session) ?? `${session.imsi} ${new Date(session.start).toISOString()}`;

/** When the end was stamped, or null while the vendor does not know of it. */
export function deletedAt(session, present) {
  const at = session.end === null ? null : session.end + session.lag;
  return at !== null && at <= present ? at : null;
}

function cellOf(session, at) {
  const { network, radio, site } = whereabouts(session, at);
  const { area, id } = cellAt(radio, site);
  const spelling = { lte: "LTE", "lte-m": "LTE-M", "nb-iot": "NB-IoT", "3g": "3G", "2g": "GSM" };
  const old = session.sim % 9 === 8;
  const radioType = old ? (isLte(radio) ? "lte" : "gsm") : spelling[radio];
  const plmn = { mcc: Number(network.mcc), mnc: Number(network.mnc) };
  if (isLte(radio)) return { radioType, ...plmn, tac: area, eci: id };
  return radio === "3g"
    ? { radioType, ...plmn, lac: area, sac: id, rac: 255 }
    : { radioType, ...plmn, lac: area, ci: id };
}

const planOf = (session) => plans[session.sim % plans.length];
const withId = (session) => {
  const sessionId = sessionIdOf(session);
  return sessionId ? { sessionId } : {};
};

/** `sessionStatus`, or null for a SIM that never connected. `sessions`: of one IMSI or of the whole SIM, by start. */
export function sessionStatus(sessions, present) {
  if (sessions.length === 0) return null;
  const open = onlineSession(sessions, present);
  if (!open) {
    const last = lastCompleted(sessions, present);
    return {
      online: false,
      lastUpdatedAt: Math.min(present, deletedAt(last, present) + ((last.dice % 29_000) - 28_000)),
      imei: null,
      ueIpAddress: null,
      dnsServers: null,
      ...(last.sim % 4 === 1 ? { gtpcTeid: 0, location: null } : {}),
    };
  }
  const updated = marksOf(open).findLast((mark) => mark.at <= present && mark.kind !== "end");
  return {
    online: true,
    lastUpdatedAt: updated.at,
    imei: open.imei,
    cell: cellOf(open, updated.at),
    ueIpAddress: open.ip,
    dnsServers: dns,
    imsi: open.imsi,
    subscription: planOf(open),
    ...withId(open),
    ...(open.sim % 4 === 0
      ? { placement: { infrastructureProvider: "aws", region: "eu-central-1" } }
      : { location: null }),
  };
}

/** The session that is open, or null. */
export const onlineSession = (sessions, present) =>
  sessions.findLast((session) => deletedAt(session, present) === null) ?? null;

/** The session that was completed last, or null. */
export function lastCompleted(sessions, present) {
  let last = null;
  for (const session of sessions) {
    const at = deletedAt(session, present);
    if (at !== null && (last === null || at > deletedAt(last, present))) last = session;
  }
  return last;
}

/** `{ previousSession }`, or nothing for a SIM without a completed one. */
export function previousSession(sessions, present) {
  const last = lastCompleted(sessions, present);
  if (!last) return {};
  return {
    previousSession: {
      ...withId(last),
      createdTime: last.start,
      deletedTime: deletedAt(last, present),
      imei: last.imei,
      ...(last.dice % 27 === 5 ? {} : { cell: cellOf(last, last.end) }),
      ueIpAddress: last.ip,
      dnsServers: dns,
      subscription: planOf(last),
      imsi: last.imsi,
    },
  };
}

export function simRow(fleet, index, sessions, present) {
  const sim = fleet.sim(index);
  const subscribers = Object.fromEntries(
    sim.imsis.map((imsi, which) => [
      imsi,
      {
        imsi,
        msisdn: sim.msisdn.slice(1) + which,
        status: "active",
        subscription: plans[index % plans.length],
        capabilities: { data: true, sms: true },
        bundles: [],
      },
    ]),
  );
  const profile = { iccid: sim.iccid, primaryImsi: sim.imsis[0], subscribers };
  return {
    simId: simIdOf(fleet, index),
    operatorId,
    status: sim.habit === "never" ? "ready" : sim.habit === "gone" ? "inactive" : "active",
    type: sim.eid ? "euicc" : "uicc",
    speedClass: "s1.standard",
    moduleType: "mini",
    tags: index % 7 === 6 ? {} : { name: sim.name },
    createdTime: sim.created,
    lastModifiedTime: sim.created + 1000,
    activeProfileId: sim.iccid,
    profiles: { [sim.iccid]: profile },
    sessionStatus: sessionStatus(sessions, present),
    ...previousSession(sessions, present),
    ...(sessions.length ? { lastLocationUpdateTime: sessions[sessions.length - 1].start } : {}),
  };
}

export function subscriberRow(fleet, index, which, sessions, present) {
  const sim = fleet.sim(index);
  const imsi = sim.imsis[which];
  const own = sessions.filter((session) => session.imsi === imsi);
  return {
    operatorId,
    imsi,
    iccid: sim.iccid,
    simId: simIdOf(fleet, index),
    msisdn: sim.msisdn.slice(1) + which,
    apn: "soracom.io",
    subscription: plans[index % plans.length],
    type: "s1.standard",
    speedClass: "s1.standard",
    plan: 1,
    status: sim.habit === "never" ? "ready" : "active",
    createdAt: sim.created,
    createdTime: sim.created,
    lastModifiedAt: sim.created + 1000,
    lastModifiedTime: sim.created + 1000,
    tags: index % 7 === 6 ? {} : { name: sim.name },
    sessionStatus: sessionStatus(own, present),
    ...previousSession(own, present),
  };
}

/** The events of the sessions that the vendor knows of by `present`, newest first. */
export function eventRows(fleet, sessions, present) {
  const rows = [];
  for (const session of sessions) {
    const own = sessionName(session);
    for (const mark of marksOf(session)) {
      if (mark.kind === "end" && session.lostEnd) continue;
      const time = mark.kind === "end" ? deletedAt(session, present) : mark.at;
      if (time === null || time > present) continue;
      rows.push({ time, mark, session, own });
    }
  }
  rows.sort((a, b) => b.time - a.time);
  return rows.map(({ time, mark, session, own }) => ({
    time,
    name: `${own} ${eventNames[mark.kind]} ${time}`,
    session,
    get row() {
      return eventRow(fleet, session, mark, time);
    },
  }));
}

export const eventNames = { start: "Created", change: "Modified", end: "Deleted" };

function eventRow(fleet, session, mark, time) {
  return {
    time,
    event: eventNames[mark.kind],
    createdTime: new Date(session.start).toISOString(),
    imsi: session.imsi,
    imei: session.dice % 21 === 4 ? null : session.imei,
    operatorId,
    ...(session.dice % 4 === 1 ? {} : { simId: simIdOf(fleet, session.sim) }),
    apn: "soracom.io",
    ueIpAddress: session.ip,
    dns0: dns[0],
    dns1: dns[1],
    subscription: planOf(session),
    ...withId(session),
    // Some events come without a cell.
    ...(session.dice % 33 === 9 ? {} : { cell: cellOf(session, mark.at) }),
    ...(session.dice % 15 === 2 ? { vpgId: hex(8, "vpg", session.sim) } : {}),
  };
}
