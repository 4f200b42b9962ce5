// Monogoto: parking meters, an ambulance, waste bins and a solar plant. The console tells the current state (/thing/status), the
// SIM with its last place (/things) and a log per SIM (searchCDR).
//
// The log's vocabulary is not published beyond a few words: the five keys of a row are the vendor's, MessageType "CDR" and
// EsDataType as a filter are known, and the other values (Severity "info", MessageType "EVENT", EsDataType "DATA", all message
// texts) are invented here.

import { address, iccid, imei, imsi, msisdn } from "./identifiers.mjs";
import { MOVISTAR_ES, PARTNER_IL, TIM_IT, VODAFONE_IT } from "./networks.mjs";
import { MILANO, MILANO_LINATE, NEGEV, TEL_AVIV, TORINO, VALENCIA, tower } from "./places.mjs";
import { seeded } from "./random.mjs";
import { amount, daily, lasting } from "./rhythm.mjs";
import { DAY, FROM, HOUR, MINUTE, SECOND, SEEN, iso } from "./time.mjs";

const SOURCE = "Monogoto";
const CUSTOMER = "cid_00000000-demo";
const APN = "data.mono";

const thing = (serial, story) => ({
  iccid: iccid(5, serial),
  id: `ThingId_ICCID_${iccid(5, serial)}`,
  imsi: imsi(serial, "99999"),
  imei: imei(serial),
  msisdn: msisdn("972", serial),
  description: "",
  created: FROM - 500 * DAY,
  sessionNumber: 1000,
  ...story,
});

const current = (one) => one.spans.findLast((span) => span.end === null);
const last = (one) => one.spans[one.spans.length - 1];

/** Connected since before the window, but the console tells neither a session nor a time and the log is empty: the start is unknown. */
const parking31 = () =>
  thing("4250031", {
    name: "Parking 31",
    zone: "israel",
    spans: [{ start: FROM - 3 * DAY, end: null }],
    status: () => ({
      ConnectionStatus: "CONNECTED",
      ActiveSessions: [],
      LastConnectionTime: null,
      LastDisconnectionTime: null,
    }),
    cell: tower(PARTNER_IL, "4g", TEL_AVIV),
    perDay: 180e3,
  });

/** Connected, with its session as an object. */
const parking32 = () =>
  thing("4250032", {
    name: "Parking 32",
    zone: "israel",
    spans: lasting(seeded("Parking 32"), { from: FROM + HOUR, hours: [20, 44], gap: [1, 30] }),
    cell: tower(PARTNER_IL, "4g", [TEL_AVIV[0] - 0.03, TEL_AVIV[1] + 0.02]),
    perDay: 190e3,
  });

/** Moves between Milano, Linate and Torino; the log names the network of each session. */
function ambulance6() {
  const random = seeded("Ambulance 6");
  const stops = [
    [MILANO, VODAFONE_IT],
    [MILANO_LINATE, TIM_IT],
    [MILANO, TIM_IT],
    [TORINO, VODAFONE_IT],
  ];
  const spans = daily(random, { zone: "europe", plan: [[6, 18]], skip: 0.2 }).map((span) => {
    const [place, network] = random.pick(stops);
    return { ...span, cell: tower(network, "4g", place) };
  });
  return thing("2220006", {
    name: "Ambulance 6",
    zone: "europe",
    spans,
    cell: last({ spans }).cell,
    perDay: 45e6,
    msisdn: null,
  });
}

/** Two bins that report every morning. The first gives its times as text, the second as digits; neither is connected now. */
const BIN_PLAN = { zone: "europe", plan: [[5.2, 5.6]], sway: 0.3 };
const bin118 = () =>
  thing("2140118", {
    name: "Bin 118",
    zone: "europe",
    spans: daily(seeded("Bin 118"), BIN_PLAN),
    cell: tower(MOVISTAR_ES, "2g", VALENCIA),
    perDay: 90e3,
  });
const bin119 = () =>
  thing("2140119", {
    name: "Bin 119",
    zone: "europe",
    spans: daily(seeded("Bin 119"), { ...BIN_PLAN, days: [0, 24] }),
    cell: tower(MOVISTAR_ES, "2g", [VALENCIA[0] + 0.02, VALENCIA[1] - 0.03]),
    timesAsDigits: true,
    noPlace: true,
    perDay: 90e3,
  });

/** Still carries the vendor's default name; what it is stands in the description. Also has a geofence, which is no position. */
const solar9 = () =>
  thing("4250909", {
    name: `ICCID ${iccid(5, "4250909")}`,
    description: "Solar 9",
    zone: "israel",
    spans: lasting(seeded("Solar 9"), { from: FROM - 4 * HOUR, hours: [14, 40], gap: [4, 90] }),
    cell: tower(PARTNER_IL, "4g", NEGEV),
    geofence: {
      Latitude: 31.2504,
      Longitude: 34.7902,
      FencingRadius: 500,
      StreetAddress: "Field gate, north side",
    },
    perDay: 6e6,
  });

/** The part of a status that follows from the sessions. */
function statusOf(one) {
  const time = (t) => (t === undefined ? null : one.timesAsDigits ? String(t) : iso(t));
  const open = current(one);
  const closed = one.spans.findLast((span) => span.end !== null);
  const random = seeded(`throughput of ${one.name}`);
  return {
    ConnectionStatus: open === undefined ? "DISCONNECTED" : "CONNECTED",
    ActiveSessions:
      open === undefined
        ? []
        : {
            ActiveSessionId: `s-${one.iccid.slice(-7)}-${one.sessionNumber + one.spans.indexOf(open)}`,
            ApnName: APN,
            IPAddress: address(one.name),
            LastConnectedTime: open.start,
            UplinkThroughput: random.whole(200, 9000),
            DownlinkThroughput: random.whole(200, 9000),
          },
    LastConnectionTime: time(last(one).start),
    LastDisconnectionTime: time(closed?.end),
  };
}

const statusRow = (one) => ({
  ThingId: one.id,
  CustomerId: CUSTOMER,
  ThingName: one.name,
  ThingDescription: one.description,
  ProvisionStatus: "ACTIVE",
  ...(one.status ?? statusOf)(one),
  ActiveIMSI: one.imsi,
  MSISDN: one.msisdn,
});

function lastLocation(one) {
  const { cell } = one;
  const empty = { Latitude: 0, Longitude: 0, AccuracyInKM: 0 };
  const known = { Latitude: cell.lat, Longitude: cell.lon, AccuracyInKM: cell.range / 1000 };
  return {
    Timestamp: last(one).start + 8 * SECOND,
    Type: "CELL",
    ...(one.noPlace ? empty : known),
    MCC: cell.network.mcc,
    MNC: cell.network.mnc,
    IMSI: one.imsi,
    IsLocationTypeAccurate: false,
    CellId: cell.eci ?? cell.ci,
    Lac: cell.tac ?? cell.lac,
  };
}

const thingRow = (one) => ({
  ThingId: one.id,
  ExternalUniqueId: one.iccid,
  CustomerId: CUSTOMER,
  ThingName: one.name,
  ThingDescription: one.description,
  State: "ACTIVE",
  BillingState: "ACTIVE",
  IMEI: one.imei,
  MSISDN: one.msisdn,
  IMSI: one.imsi,
  ActiveMobileSubscriber: one.imsi,
  MobileIdentities: [one.imsi],
  MnoName: one.cell.network.operator,
  CellId: one.cell.eci ?? one.cell.ci,
  Lac: one.cell.tac ?? one.cell.lac,
  LastLocationUpdateTime: last(one).start + 8 * SECOND,
  LastLocation: lastLocation(one),
  ...one.geofence,
  IPs: [{ IP: address(one.name), IPAllocationPolicy: "STATIC", IPLock: false, IPvType: "IPv4" }],
  APNs: [{ Name: APN, ShortId: 1, IpRange: "10.0.0.0/8", LteSupport: true, Support5G: false }],
  ActualUsage: { Data_: Math.round(one.perDay * 30), MO_SMS_CDR_: 0, Voice_: 0, Alarm: 0 },
  Data: Math.round(one.perDay * 430),
  DateCreated: one.created,
  DateModified: FROM - 20 * DAY,
});

/** Answer of searchCDR: begin and end of each session, and the data record that closes it. Newest first. */
function log(one) {
  const random = seeded(`bytes of ${one.name}`);
  const row = (Timestamp, MessageType, message) => ({
    _source: { Severity: "info", message, MessageType, Timestamp, EsDataType: "DATA" },
  });
  const rows = one.spans.flatMap((span) => {
    const { network } = span.cell ?? one.cell;
    const bytes = amount(random, span, one.perDay, one.zone);
    const up = Math.round(bytes * random.between(0.5, 0.8));
    const begin = row(
      span.start,
      "EVENT",
      `PDP context created. APN ${APN}, IP ${address(one.name)}, MCC ${network.mcc}, MNC ${network.mnc}`,
    );
    if (span.end === null) return [begin];
    const reason = span.end - span.start < 5 * MINUTE ? "error indication" : "device request";
    return [
      begin,
      row(span.end, "EVENT", `PDP context deleted. Reason: ${reason}`),
      row(
        span.end + 900 * random.whole(20, 90),
        "CDR",
        `Data session closed. Uplink ${up} bytes, downlink ${bytes - up} bytes`,
      ),
    ];
  });
  const hits = rows.filter(({ _source: { Timestamp } }) => Timestamp >= FROM && Timestamp < SEEN);
  return { hits: hits.sort((a, b) => b._source.Timestamp - a._source.Timestamp) };
}

/** Answers read from Monogoto. */
export function monogotoAnswers() {
  const things = [parking31(), parking32(), ambulance6(), bin118(), bin119(), solar9()];
  return [
    { label: "SIMs", answer: "GET /things", file: "things", body: things.map(thingRow) },
    {
      label: "Data session status",
      answer: "GET /thing/status",
      file: "thing-status",
      body: { Success: true, Message: "Operation succeeded", Data: things.map(statusRow) },
    },
    ...things.map((one) => ({
      label: `Event log of ${one.description || one.name}`,
      answer: "POST /thing/searchCDR",
      sim: { name: one.description || one.name, key: one.id },
      file: "log",
      body: log(one),
    })),
  ].map((answer) => ({ source: SOURCE, ...answer }));
}
