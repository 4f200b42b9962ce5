// Soracom, Japan coverage: meters, a camera, a bus, a weather station and a SIM never used.

import { iccid, imei, imsi } from "./identifiers.mjs";
import { DOCOMO_JP, KDDI_JP, SOFTBANK_JP } from "./networks.mjs";
import {
  HAKONE,
  OSAKA,
  TOKYO_LINE,
  TOKYO_NERIMA,
  TOKYO_SUGINAMI,
  YOKOHAMA,
  along,
  tower,
} from "./places.mjs";
import { seeded } from "./random.mjs";
import { amount, daily, lasting, steady } from "./rhythm.mjs";
import {
  airStats,
  cellLocations,
  sessionEvents,
  simRecord,
  soracomSim,
  statusHistory,
} from "./soracom.mjs";
import { DAY, FROM, HOUR, MINUTE, SECOND, at } from "./time.mjs";

const ACCOUNT = { operatorId: "OP0000000001", region: "ap-northeast-1", countryCode: "81" };

const sim = (serial, story) =>
  soracomSim({
    ...ACCOUNT,
    simId: iccid(1, serial),
    iccids: [iccid(1, serial)],
    imsis: [imsi(serial)],
    imei: imei(serial),
    ...story,
  });

/** Sessions that stay on one cell. */
const still = (spans, cell) =>
  spans.map((span) => ({ ...span, steps: [{ at: span.start, cell }] }));

/** A meter that reconnects every four hours, day and night, since it was installed on 9 October. */
function meter0441() {
  const random = seeded("Meter 0441");
  const spans = steady(random, { from: at(9, 13.2, "japan"), hours: 4, gap: [60, 240] });
  return sim("0104410", {
    name: "Meter 0441",
    plan: "planX3",
    speedClass: "s1.minimum",
    tags: { site: "Suginami" },
    created: at(6, 11, "japan"),
    sessions: still(spans, tower(SOFTBANK_JP, "nb-iot", TOKYO_SUGINAMI)),
  });
}

/** Day on which the second meter was installed: 24 October. */
const INSTALLED = at(24, 10.3, "japan");

/** Another meter with the same rhythm, at other hours; its SIM was ready for weeks and became active when it was installed. */
function meter0442() {
  const random = seeded("Meter 0442");
  const spans = steady(random, { from: INSTALLED, hours: 4, gap: [60, 240] });
  return sim("0104428", {
    name: "Meter 0442",
    plan: "planX3",
    speedClass: "s1.minimum",
    tags: { site: "Nerima" },
    created: at(-15, 11, "japan"),
    modified: INSTALLED,
    sessions: still(spans, tower(SOFTBANK_JP, "nb-iot", TOKYO_NERIMA)),
  });
}

const meter0442History = (meter) =>
  statusHistory(meter, [
    { at: INSTALLED, status: "active" },
    { at: at(-3, 9.5, "japan"), status: "ready", speedClass: "s1.minimum" },
    { at: at(-15, 11, "japan"), status: "ready", speedClass: "s1.standard" },
  ]);

/** The SIM of a meter was put into another device on 21 October, at the same place: the IMEI changes, the SIM stays. */
function meter0517() {
  const moved = at(21, 11, "japan");
  const spans = daily(seeded("Meter 0517"), { zone: "japan", plan: [[5.5, 8.2]], sway: 0.2 });
  const sessions = still(spans, tower(KDDI_JP, "lte-m", OSAKA));
  return sim("0105177", {
    name: "Meter 0517",
    plan: "plan-KM1",
    sessions: sessions.map((session) => ({
      ...session,
      imei: imei(session.start < moved ? "0517001" : "0517002"),
    })),
  });
}

/** A camera that is connected nearly all day and sends a lot; its events carry session ids. */
function camera12() {
  const random = seeded("Camera 12");
  const spans = lasting(random, { from: FROM - 5 * HOUR, hours: [17, 47], gap: [1, 25] });
  return sim("0104901", {
    name: "Camera 12",
    plan: "plan-D",
    speedClass: "s1.fast",
    moduleType: "nano",
    ids: true,
    lowerCaseStatus: true,
    sessions: still(spans, tower(DOCOMO_JP, "4g", YOKOHAMA)),
  });
}

/** A city bus in service since 20 October. At the driver change the new session begins before the old one is deleted: they overlap. */
function bus33() {
  const random = seeded("Bus 33");
  const cellAt = (hours) => tower(DOCOMO_JP, "4g", along(TOKYO_LINE, hours).point);
  const sessions = daily(random, {
    days: [20, 30],
    zone: "japan",
    plan: [[6, 14.2]],
    workdays: true,
    sway: 0.3,
  }).flatMap((early) => {
    const change = (early.end ?? early.start + 8 * HOUR) - 90 * MINUTE;
    const late = { start: change, end: early.end === null ? null : early.end + 7 * HOUR };
    return [
      { start: early.start, end: change + Math.round(random.between(1200, 4800)), stops: [0, 0.5] },
      { ...late, stops: [0.9, 1.2, 0.6] },
    ];
  });
  return sim("0105333", {
    name: "Bus 33",
    plan: "plan-D",
    ids: true,
    created: at(19, 15, "japan"),
    sessions: sessions.map(({ start, end, stops }) => ({
      start,
      end,
      steps: stops.map((hours, i) => ({
        at: i === 0 ? start : start + Math.round(i * random.between(1.2, 2.4) * HOUR),
        cell: cellAt(hours),
      })),
    })),
  });
}

/** A weather station whose session began a week before the window, and whose next one has been open and silent since 4 October, local time. */
function weatherHakone3() {
  const cell = tower(DOCOMO_JP, "4g", HAKONE);
  const before = FROM - 7 * DAY - 5 * HOUR + 317;
  const ended = at(4, 3.4, "japan") + 882;
  const again = ended + 41 * SECOND;
  return sim("0105603", {
    name: "Weather Hakone 3",
    plan: "plan-D",
    speedClass: "s1.minimum",
    sessions: [
      {
        start: before,
        end: ended,
        steps: [
          { at: before, cell },
          { at: FROM + 9 * HOUR + 1234, cell },
        ],
      },
      { start: again, end: null, steps: [{ at: again, cell }] },
    ],
  });
}

/** A SIM in a drawer: never connected, so it has no state and no events. */
const spare7 = () =>
  sim("0105707", { name: "Spare 7", plan: "plan-D", status: "ready", sessions: [] });

/** Answers read from the Japan coverage, in the order a reader would ask for them. */
export function soracomJapan() {
  const [first, second, moved, camera, bus, weather, spare] = [
    meter0441(),
    meter0442(),
    meter0517(),
    camera12(),
    bus33(),
    weatherHakone3(),
    spare7(),
  ];
  const sims = [first, second, moved, camera, bus, weather, spare];
  const source = "Soracom Japan";
  const cameraBytes = seeded("bytes of Camera 12");
  const meterBytes = seeded("bytes of Meter 0441");
  return [
    { source, label: "SIMs", answer: "listSims", file: "japan-sims", body: sims.map(simRecord) },
    ...sims.map((one) => ({
      source,
      label: `Session events of ${one.name}`,
      answer: "listSimSessionEvents",
      sim: one,
      file: "events",
      body: sessionEvents(one),
    })),
    {
      source,
      label: `Status history of ${second.name}`,
      answer: "listSimStatusHistory",
      sim: second,
      file: "status-history",
      body: meter0442History(second),
    },
    {
      source,
      label: `Air stats of ${camera.name}`,
      answer: "getAirStatsOfSim",
      sim: camera,
      file: "air-stats",
      body: airStats(camera, (start, end) => amount(cameraBytes, { start, end }, 410e6, "japan")),
    },
    {
      source,
      label: `Air stats of ${first.name}`,
      answer: "getAirStatsOfSim",
      sim: first,
      file: "air-stats",
      body: airStats(first, (start, end) => amount(meterBytes, { start, end }, 5200, "japan")),
    },
    {
      source,
      label: "Cell locations",
      answer: "batchGetCellLocations",
      file: "japan-cell-locations",
      body: cellLocations(sims),
    },
  ];
}
