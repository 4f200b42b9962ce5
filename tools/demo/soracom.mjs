// Soracom's wire format: the records of listSims, listSimSessionEvents, listSimStatusHistory, getAirStatsOfSim and
// batchGetCellLocations. What the SIMs do is written in soracom-japan.mjs and soracom-global.mjs.
//
// A SIM here: { name, simId, operatorId, region, plan, speedClass, sessions, … }, a session: { start, end, imsi, imei, steps, … }
// where `steps` lists `{ at, cell }` (the first is the start, later ones are handovers) and `end` null means still open.
// `lost` marks a session whose Deleted event never came.

import { rounded } from "./json.mjs";
import { address, msisdn, ulid } from "./identifiers.mjs";
import { cellName } from "./places.mjs";
import { hash, seeded } from "./random.mjs";
import { DAY, FROM, NOW, SECOND, iso } from "./time.mjs";

const DNS = ["100.127.0.53", "100.127.1.53"];
const RADIO = { "2g": "GSM", "3g": "3G", "4g": "LTE", "lte-m": "LTE-M", "nb-iot": "NB-IoT" };

/** Codes are integers here, so "020" arrives as 20 and "01" as 1. */
function wireCell({ network, radio, tac, eci, lac, rac, ci }, spelling = (text) => text) {
  const place =
    tac === undefined ? { lac, ...(rac === undefined ? {} : { rac }), ci } : { tac, eci };
  return {
    radioType: spelling(RADIO[radio]),
    mcc: Number(network.mcc),
    mnc: Number(network.mnc),
    ...place,
  };
}

const lastStep = (session) => session.steps[session.steps.length - 1];

/** Fills in what a SIM may leave out and gives each session its address, and its id where the SIM's events carry one. */
export function soracomSim(story) {
  const random = seeded(`session ids of ${story.name}`);
  const sim = {
    status: "active",
    type: "uicc",
    moduleType: "trio",
    speedClass: "s1.standard",
    primary: 0,
    ...story,
  };
  sim.sessions = sim.sessions.map((session) => ({
    imsi: sim.imsis[0],
    imei: sim.imei,
    ip: address(`${sim.name} ${session.imsi ?? ""}`),
    sessionId: sim.ids ? ulid(session.start - random.whole(14, 600), random) : undefined,
    ...session,
    steps: session.steps.filter((step) => session.end === null || step.at < session.end),
  }));
  return sim;
}

/** Answer of listSimSessionEvents from FROM on, newest first. */
export function sessionEvents(sim) {
  const event = (session, kind, time, cell) => ({
    time,
    event: kind,
    createdTime: iso(session.start),
    ...(sim.ids ? { sessionId: session.sessionId, simId: sim.simId } : {}),
    imsi: session.imsi,
    imei: session.imei,
    operatorId: sim.operatorId,
    apn: "soracom.io",
    ...(sim.ids ? { subscription: sim.plan } : {}),
    ueIpAddress: session.ip,
    dns0: DNS[0],
    dns1: DNS[1],
    cell: wireCell(cell),
  });
  return sim.sessions
    .flatMap((session) => [
      ...session.steps.map((step, i) =>
        event(session, i === 0 ? "Created" : "Modified", step.at, step.cell),
      ),
      ...(session.end === null
        ? []
        : [event(session, "Deleted", session.end, lastStep(session).cell)]),
    ])
    .filter((record) => record.time >= FROM)
    .sort((a, b) => b.time - a.time);
}

function sessionStatus(sim, current, previous) {
  if (sim.sessions.length === 0) return null;
  if (current === undefined) {
    // The state is stamped a little before or after the session's own end.
    const sway = seeded(`offline ${sim.name}`).whole(-9000, 900);
    return {
      online: false,
      lastUpdatedAt: previous.end + sway,
      imei: null,
      ueIpAddress: null,
      dnsServers: null,
    };
  }
  return {
    online: true,
    lastUpdatedAt: lastStep(current).at,
    imei: current.imei,
    imsi: current.imsi,
    cell: wireCell(
      lastStep(current).cell,
      sim.lowerCaseStatus ? (text) => text.toLowerCase() : undefined,
    ),
    ueIpAddress: current.ip,
    dnsServers: DNS,
    ...(sim.ids ? { sessionId: current.sessionId } : {}),
    subscription: sim.plan,
    placement: { infrastructureProvider: "aws", region: sim.region },
  };
}

function previousSession(sim, previous) {
  return {
    ...(sim.ids ? { sessionId: previous.sessionId } : {}),
    imei: previous.imei,
    imsi: previous.imsi,
    cell: wireCell(lastStep(previous).cell),
    ueIpAddress: previous.ip,
    dnsServers: DNS,
    subscription: sim.plan,
    createdTime: previous.start,
    deletedTime: previous.end,
  };
}

function profile(sim, iccid, imsis) {
  const subscriber = (imsi, i) => [
    imsi,
    {
      imsi,
      msisdn: msisdn(sim.countryCode, imsi.slice(-7)),
      status: sim.status === "ready" ? "ready" : "active",
      subscription: i === 0 ? sim.plan : "planP1",
      capabilities: { data: true, sms: true },
      bundles: [],
    },
  ];
  return [
    iccid,
    { iccid, primaryImsi: imsis[0], subscribers: Object.fromEntries(imsis.map(subscriber)) },
  ];
}

/** One element of the answer of listSims. */
export function simRecord(sim) {
  const byStart = [...sim.sessions]
    .sort((a, b) => a.start - b.start)
    .filter((session) => !session.lost);
  const primary = byStart.filter((session) => session.imsi === sim.imsis[0]);
  const current = primary.findLast((session) => session.end === null);
  const previous = primary.findLast((session) => session.end !== null);
  const created = sim.created ?? FROM - 400 * DAY;
  return {
    simId: sim.simId,
    operatorId: sim.operatorId,
    status: sim.status,
    type: sim.type,
    speedClass: sim.speedClass,
    moduleType: sim.moduleType,
    groupId: sim.groupId ?? null,
    tags: { name: sim.name, ...sim.tags },
    createdTime: created,
    lastModifiedTime: sim.modified ?? created + 3 * DAY,
    expiryTime: null,
    serialNumber: `DEMO${sim.iccids[0].slice(-7)}`,
    activeProfileId: sim.iccids[0],
    profiles: Object.fromEntries(
      sim.iccids.map((iccid, i) => profile(sim, iccid, i === 0 ? sim.imsis : [sim.spareImsi])),
    ),
    sessionStatus: sessionStatus(sim, current, previous),
    ...(previous === undefined ? {} : { previousSession: previousSession(sim, previous) }),
    ...(byStart.length === 0
      ? {}
      : { lastLocationUpdateTime: lastStep(byStart[byStart.length - 1]).at }),
  };
}

/** Answer of listSimStatusHistory: newest first, the time in epoch seconds. */
export const statusHistory = (sim, changes) =>
  changes.map(({ at: time, status, speedClass }) => ({
    applyDateTimeEpochSec: Math.floor(time / SECOND),
    bundles: [],
    groupId: sim.groupId ?? null,
    imsi: sim.imsis[0],
    isPrimary: true,
    primaryImsi: sim.imsis[0],
    simId: sim.simId,
    speedClass: speedClass ?? sim.speedClass,
    status,
    subscription: sim.plan,
  }));

/** Answer of getAirStatsOfSim with period=day: bytes and packets per UTC day, as `bytesOfDay(from, to)` gives them. */
export function airStats(sim, bytesOfDay) {
  const random = seeded(`air stats of ${sim.name}`);
  const rows = [];
  for (let day = Math.floor(FROM / DAY) * DAY; day < NOW; day += DAY) {
    const bytes = bytesOfDay(day, Math.min(day + DAY, NOW));
    if (bytes === 0) continue;
    const up = Math.round(bytes * random.between(0.55, 0.75));
    rows.push({
      date: iso(day).slice(0, 10).replaceAll("-", ""),
      unixtime: day / SECOND,
      dataTrafficStatsMap: {
        [sim.speedClass]: {
          uploadByteSizeTotal: up,
          downloadByteSizeTotal: bytes - up,
          uploadPacketSizeTotal: Math.ceil(up / random.whole(180, 420)),
          downloadPacketSizeTotal: Math.ceil((bytes - up) / random.whole(180, 420)),
        },
      },
    });
  }
  return rows;
}

/** Cell identities the look-up does not know: about one in eleven, as in any public list of towers. */
const unknownTower = (name) => hash(`unknown ${name}`) % 11 === 0;

/** Answer of batchGetCellLocations for all cells of `sims`; each identifier is `MCC-MNC-area-cell`. */
export function cellLocations(sims) {
  const cells = new Map();
  for (const { steps } of sims.flatMap((sim) => sim.sessions)) {
    for (const { cell } of steps) cells.set(cellName(cell), cell);
  }
  return [...cells]
    .filter(([name]) => !unknownTower(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([identifier, cell]) => ({
      lat: rounded(cell.lat, 5),
      lon: rounded(cell.lon, 5),
      range: cell.range,
      samples: cell.samples,
      avg_strength: 0,
      exact: 0,
      created: "2022-01-01T00:00:00.000Z",
      updated: "2025-06-01T00:00:00.000Z",
      identifier,
    }));
}
