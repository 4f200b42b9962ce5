// Twilio: a boat, two kiosks, a forklift, a freezer and a SIM never used. The same tree as KORE with Twilio's own oddities:
// numbers where the documents promise strings, "" and {} for nothing, a null or repeated sid.

import { eid, iccid, imei, sid } from "./identifiers.mjs";
import {
  ATT_US,
  KPN_NL,
  ROGERS_CA,
  TDC_DK,
  TELENOR_NO,
  TELIA_NO,
  TMOBILE_US,
} from "./networks.mjs";
import { DENVER, HARBOURS, KANSAS_CITY, ROTTERDAM_PORT, TORONTO, tower } from "./places.mjs";
import { seeded } from "./random.mjs";
import { daily, lasting } from "./rhythm.mjs";
import { DAY, FROM, HOUR, SEEN, at } from "./time.mjs";
import { TWILIO, dataSessionPages, sessionsOf, simsPage, usagePage } from "./wireless.mjs";

const sim = (tail, serial, name, sessions, story = {}) => ({
  name,
  sid: sid("DE", tail),
  iccid: iccid(4, serial),
  sessions,
  ...story,
});

/** The boat's calls: day, harbour, network. Between them it is at sea. */
const CALLS = [
  [0, "bergen", TELENOR_NO],
  [2, "haugesund", TELENOR_NO],
  [4, "stavanger", TELIA_NO],
  [7, "egersund", TELENOR_NO],
  [9, "kristiansand", TELIA_NO],
  [12, "hirtshals", TDC_DK],
  [15, "kristiansand", TELENOR_NO],
  [18, "stavanger", TELENOR_NO],
  [21, "bergen", TELIA_NO],
  [24, "haugesund", TELENOR_NO],
  [26, "stavanger", TELENOR_NO],
  [28, "egersund", TELENOR_NO],
];

/** Ways in which Twilio says that it knows no cell and no place. */
const NOWHERE = [
  { cell_id: "", cell_location_estimate: {} },
  { cell_id: "", cell_location_estimate: null },
  { cell_id: "", cell_location_estimate: { lat: 0, lon: 0 } },
];

/** A boat whose place is known only now and then: in harbour, and not at sea. */
function boat77() {
  const random = seeded("Boat 77");
  const spans = [];
  CALLS.forEach(([day, harbour, network], i) => {
    const cell = tower(network, "4g", HARBOURS[harbour]);
    const start = at(day, random.near(15, 2), "europe");
    const leaves = start + Math.round(random.between(9, 20) * HOUR);
    spans.push({ start, end: leaves, cell });
    const until = i + 1 < CALLS.length ? at(CALLS[i + 1][0], 11, "europe") : SEEN;
    for (
      let t = leaves + 2 * HOUR;
      t < until - 5 * HOUR;
      t += Math.round(random.between(16, 27) * HOUR)
    ) {
      spans.push({
        start: t,
        end: t + Math.round(random.between(0.3, 3.5) * HOUR),
        cell,
        oddities: random.pick(NOWHERE),
      });
    }
  });
  return sim(
    "b077",
    "0031204",
    "Boat 77",
    sessionsOf("Boat 77", spans, {
      zone: "europe",
      perDay: 21000,
      imei: imei("0031204"),
    }),
    { uniqueName: "boat-77" },
  );
}

const asNumbers = ({ mcc, mnc }) => ({ operator_mcc: Number(mcc), operator_mnc: Number(mnc) });

/** A kiosk with the oddest records: codes as numbers, zeros and "" for an unknown network, a null sid, one sid twice. */
function kiosk3() {
  const name = "Kiosk 3";
  const spans = daily(seeded(name), { zone: "central", plan: [[7.6, 21.4]], skip: 0.08 });
  const sessions = sessionsOf(name, spans, {
    cell: tower(TMOBILE_US, "4g", KANSAS_CITY),
    zone: "central",
    perDay: 33000,
    imei: imei("7341003"),
  });
  const shared = (i) => sid("WN", `7341003${Math.floor(i / 7)}`);
  const oddities = [
    () => asNumbers(TMOBILE_US),
    () => ({}),
    () => ({
      operator_mcc: 0,
      operator_mnc: 0,
      operator_country: "",
      operator_name: "",
      ...NOWHERE[0],
      imei: null,
    }),
    () => ({ sid: null }),
    (i) => ({ sid: shared(i) }),
    (i) => ({ sid: shared(i), operator_country: "", operator_name: "" }),
    () => ({}),
  ];
  return sim(
    "0b03",
    "7341003",
    name,
    sessions.map((session, i) => ({ ...session, oddities: oddities[i % 7](i) })),
    {
      iccid: "899940000007341003",
      bareLinks: true,
    },
  );
}

/** Its session has been open since 21 October and silent since the next morning: nothing was updated, nothing followed. */
function kiosk4() {
  const name = "Kiosk 4";
  const settings = {
    cell: tower(ATT_US, "4g", DENVER),
    zone: "mountain",
    perDay: 30000,
    imei: imei("7341011"),
  };
  const spans = daily(seeded(name), { days: [0, 20], zone: "mountain", plan: [[7.4, 21.6]] });
  const last = sessionsOf(
    `${name} last`,
    [{ start: at(21, 7.43, "mountain"), end: null }],
    settings,
  );
  const silentSince = at(22, 2.66, "mountain");
  return sim("0b04", "7341011", name, [
    ...sessionsOf(name, spans, settings),
    ...last.map((session) => ({ ...session, seen: silentSince, up: 9120, down: 8744 })),
  ]);
}

/** A forklift in the port of Rotterdam: on working days; the device's IMEI is unknown on some sessions. */
function forklift2() {
  const name = "Forklift 2";
  const random = seeded(name);
  const spans = daily(random, { zone: "europe", plan: [[6, 21.6]], workdays: true });
  const sessions = sessionsOf(name, spans, {
    cell: tower(KPN_NL, "4g", ROTTERDAM_PORT),
    zone: "europe",
    perDay: 27000,
    imei: imei("0062002"),
  });
  return sim(
    "0f02",
    "0062002",
    name,
    sessions.map((session) => (random.chance(0.2) ? { ...session, imei: null } : session)),
    {
      oldestFirst: true,
      eid: eid("0062002"),
    },
  );
}

/** A freezer in Toronto. Its network's codes come as numbers: 302 and 720. */
function freezer14() {
  const name = "Freezer 14";
  const spans = lasting(seeded(name), { from: FROM - 8 * HOUR, hours: [22, 47], gap: [1, 9] });
  const sessions = sessionsOf(name, spans, {
    cell: tower(ROGERS_CA, "4g", TORONTO),
    zone: "toronto",
    perDay: 7200,
    imei: imei("0030214"),
  });
  return sim(
    "0e14",
    "0030214",
    name,
    sessions.map((session) => ({ ...session, oddities: asNumbers(ROGERS_CA) })),
  );
}

const spare2 = () =>
  sim("0e02", "0030202", "Spare 2", [], {
    status: "ready",
    created: FROM - 20 * DAY,
    updated: FROM - 20 * DAY,
  });

/** Answers read from Twilio. */
export function twilioAnswers() {
  const sims = [boat77(), kiosk3(), kiosk4(), forklift2(), freezer14(), spare2()];
  const sessions = sims.map((one) => ({
    label: `Data sessions of ${one.name}`,
    answer: "GET /v1/Sims/{SimSid}/DataSessions",
    sim: one,
    file: "data-sessions",
    body: dataSessionPages(TWILIO, one)[0],
  }));
  return [
    { label: "SIMs", answer: "GET /v1/Sims", file: "sims", body: simsPage(TWILIO, sims) },
    ...sessions,
    {
      label: `Usage of ${sims[0].name}`,
      answer: "GET /v1/Sims/{SimSid}/UsageRecords",
      sim: sims[0],
      file: "usage-records",
      body: usagePage(TWILIO, sims, { sim: sims[0], days: 14 }),
    },
  ].map((answer) => ({ source: TWILIO.name, ...answer }));
}
