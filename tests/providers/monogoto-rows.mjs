// Things, their status and their log as Monogoto writes them. The words of the log are made up: the vendor publishes none.
import { marksOf, whereabouts } from "./fleet.mjs";
import { cellAt, placeOf } from "./networks.mjs";
import { hash } from "./random.mjs";

export const thingIdOf = (fleet, index) => `ThingId_ICCID_${fleet.sim(index).iccid}`;
const open = (sessions) => sessions.findLast((session) => session.end === null) ?? null;

/** Times of the status come in every spelling: this SIM's own. */
function spelled(ms, index) {
  const text = new Date(ms).toISOString();
  return [text, text.slice(0, 19), String(ms), null, String(Math.floor(ms / 1000)), text][
    index % 6
  ];
}

/** One row of `GET /thing/status`. */
export function statusRow(fleet, index, sessions, customerId) {
  const sim = fleet.sim(index);
  const current = open(sessions);
  const ended = sessions.findLast((session) => session.end !== null) ?? null;
  const latest = current ?? ended;
  const detailed = current !== null && index % 3 !== 2;
  return {
    ThingId: thingIdOf(fleet, index),
    CustomerId: customerId,
    ThingName: `ICCID ${sim.iccid}`,
    ThingDescription: index % 4 === 3 ? "" : sim.name,
    ProvisionStatus: sim.habit === "gone" ? "SUSPENDED" : "ACTIVE",
    ConnectionStatus: current ? "CONNECTED" : "DISCONNECTED",
    ActiveSessions: detailed
      ? {
          ActiveSessionId: sessionNameOf(current),
          ApnName: "data.example",
          IPAddress: current.ip,
          LastConnectedTime: index % 7 === 6 ? 0 : current.start,
          UplinkThroughput: 0,
          DownlinkThroughput: current.dice % 3,
        }
      : [],
    ActiveIMSI: sim.imsis[0],
    LastConnectionTime: latest ? spelled(latest.start, index) : null,
    LastDisconnectionTime: ended ? spelled(ended.end, index) : null,
    MSISDN: index % 5 === 4 ? null : sim.msisdn,
  };
}

export const sessionNameOf = (session) => `s-${session.key.slice(0, 16)}`;

/** The session that one reading of the status tells of: the open one, or the last one where both its times are given. */
export function toldByStatus(fleet, index, sessions) {
  const current = open(sessions);
  if (current) return current;
  const ended = sessions.findLast((session) => session.end !== null) ?? null;
  return ended && spelled(ended.start, index) !== null ? ended : null;
}

/** The Thing: the measured place and serving cell are in `LastLocation`; the top-level coordinates are a fence that a user drew. */
export function thingRow(fleet, index, sessions, present) {
  const sim = fleet.sim(index);
  const latest = sessions[sessions.length - 1] ?? null;
  const seen =
    latest && (marksOf(latest).findLast((mark) => mark.at <= present)?.at ?? latest.start);
  const there = latest && whereabouts(latest, seen);
  const place = there && placeOf(there.network, there.site);
  const cell = there && cellAt(there.radio, there.site);
  return {
    ThingId: thingIdOf(fleet, index),
    ThingName: `ICCID ${sim.iccid}`,
    ThingDescription: sim.name,
    ExternalUniqueId: sim.iccid,
    State: sim.habit === "gone" ? "SUSPENDED" : "ACTIVE",
    BillingState: "ACTIVE",
    IMEI: sim.imei,
    IMSI: sim.imsis[0],
    ActiveMobileSubscriber: sim.imsis[0],
    MSISDN: sim.msisdn,
    MobileIdentities: [],
    ...(there
      ? {
          LastLocation: {
            Timestamp: seen,
            Type: "CELL",
            Latitude: place?.lat ?? 0,
            Longitude: place?.lon ?? 0,
            MCC: there.network.mcc,
            MNC: there.network.mnc,
            AccuracyInKM: place ? place.range / 1000 : 0,
            IMSI: sim.imsis[0],
            IsLocationTypeAccurate: false,
            CellId: cell.id,
            Lac: cell.area,
          },
          CellId: cell.id,
          Lac: cell.area,
          LastLocationUpdateTime: seen,
          MnoName: there.network.name,
        }
      : {}),
    Latitude: 1.5,
    Longitude: 2.5,
    FencingRadius: 10,
    StreetAddress: "",
    IPs: latest
      ? [{ IP: latest.ip, IPAllocationPolicy: "DYNAMIC", IPLock: false, IPvType: "IPv4" }]
      : [],
    APNs: [{ Name: "data.example", ShortId: 1, LteSupport: true, Support5G: false }],
    ActualUsage: { Data_: hash(sim.iccid) % 1e9, MO_SMS_CDR_: 0, Voice_: 0, Alarm: 0 },
    Data: hash(sim.iccid) * 10,
    DateCreated: sim.created,
    DateModified: sim.created + 1000,
  };
}

/** By kind: `MessageType` and the text before the details. */
export const usualWords = {
  start: ["EVENT", "PDP context created"],
  change: ["EVENT", "PDP context updated"],
  end: ["CDR", "PDP context deleted"],
  sms: ["CDR", "MT SMS delivered"],
};

/** How tests name a row, which has no id of its own. */
export const rowName = ({ kind, at, session: { sim, number } }) => `${sim}/${number} ${kind} ${at}`;

/**
 * The log of one SIM until then, in the order of its sessions. A session that lost its end in other vendors' systems has no end row here
 * either; about one session in nine comes with an SMS.
 */
export function logOf(fleet, index, present) {
  const rows = [];
  const add = (kind, at, session, generation) =>
    rows.push({ kind, at, session, generation, name: rowName({ kind, at, session }) });
  for (const session of fleet.sessions(index, present)) {
    for (const mark of marksOf(session)) {
      if (mark.kind === "end" && session.lostEnd) continue;
      add(mark.kind, mark.at, session, mark.generation);
    }
    const sms = session.start + 5000 + (session.dice % 1000);
    const sent = session.dice % 9 === 0 && session.generation === 0;
    if (sent && sms <= Math.min(present, fleet.base)) add("sms", sms, session, 0);
  }
  return rows;
}

/** A row as `hits` holds it. */
export function hitOf({ kind, at, session }, words) {
  const [MessageType, text] = words[kind];
  const { network } = whereabouts(session, at);
  return {
    _source: {
      Severity: kind === "end" && session.dice % 11 === 0 ? "warning" : "info",
      message: `${text}: ${session.ip} on ${network.name} (${sessionNameOf(session)})`,
      MessageType,
      Timestamp: at,
      EsDataType: kind === "sms" ? "MT_SMS" : "DATA",
    },
  };
}

/** Whether a filter of `searchCDR` lets a row pass; an empty one always does. */
export const kindFits = (kind, { EsDataTypeELK, MessageTypeELK }, words) =>
  (!EsDataTypeELK || EsDataTypeELK === (kind === "sms" ? "MT_SMS" : "DATA")) &&
  (!MessageTypeELK || MessageTypeELK === words[kind][0]);
