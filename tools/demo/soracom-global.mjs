// Soracom, Global coverage: pumps in Oslo, a trailer in Mexico, a crane in Hamburg, parcel lockers in Amsterdam.

import { eid, iccid, imei, imsi } from "./identifiers.mjs";
import {
  KPN_NL,
  TELCEL_MX,
  TELEKOM_DE,
  TELENOR_NO,
  VODAFONE_DE,
  VODAFONE_NL,
} from "./networks.mjs";
import {
  AMSTERDAM,
  HAMBURG_PORT,
  MEXICO_MONTERREY,
  OSLO_ALNA,
  OSLO_SKOYEN,
  along,
  tower,
} from "./places.mjs";
import { seeded } from "./random.mjs";
import { amount, daily, lasting } from "./rhythm.mjs";
import { airStats, cellLocations, sessionEvents, simRecord, soracomSim } from "./soracom.mjs";
import { FROM, HOUR, SEEN, at } from "./time.mjs";

const ACCOUNT = {
  operatorId: "OP0000000001",
  region: "eu-central-1",
  countryCode: "423",
  plan: "plan01s",
};

const sim = (serial, story) =>
  soracomSim({
    ...ACCOUNT,
    simId: iccid(2, serial),
    iccids: [iccid(2, serial)],
    imsis: [imsi(serial)],
    imei: imei(serial),
    ...story,
  });

const still = (spans, cell) =>
  spans.map((span) => ({ ...span, steps: [{ at: span.start, cell }] }));

/** An LTE-M pump, connected nearly always. */
function osloPump12() {
  const spans = lasting(seeded("Oslo pump 12"), {
    from: FROM - 7 * HOUR,
    hours: [19, 46],
    gap: [2, 50],
  });
  return sim("0017423", {
    name: "Oslo pump 12",
    speedClass: "s1.minimum",
    moduleType: "embedded",
    sessions: still(spans, tower(TELENOR_NO, "lte-m", OSLO_SKOYEN)),
  });
}

/** Its neighbour went offline on 18 October and has been offline for twelve days. */
function osloPump13() {
  const lastHeard = at(18, 12.6, "europe");
  const spans = lasting(seeded("Oslo pump 13"), {
    from: FROM - 2 * HOUR,
    to: lastHeard,
    hours: [15, 38],
    gap: [2, 50],
  });
  return sim("0017431", {
    name: "Oslo pump 13",
    speedClass: "s1.minimum",
    moduleType: "embedded",
    sessions: still(spans, tower(TELENOR_NO, "lte-m", OSLO_ALNA)),
  });
}

/** Hours on the road at which the trailer's radio changes: towns have LTE, the stretches between them 3G. */
const TRAILER_STAGES = [
  [0, "4g"],
  [0.8, "3g"],
  [2, "4g"],
  [2.7, "4g"],
  [3.8, "3g"],
  [5, "4g"],
  [5.9, "3g"],
  [7, "3g"],
  [8.4, "3g"],
  [9.6, "4g"],
  [10.6, "4g"],
];

/**
 * A trailer between México and Monterrey. Its sessions live on through the handovers between LTE and 3G (Modified), and its
 * network's MNC "020" arrives as the number 20.
 */
function trailerMx4() {
  const random = seeded("Trailer MX-4");
  const drive = (day, backwards) => {
    const start = at(day, random.near(5, 0.4), "mexico");
    const stages = backwards ? [...TRAILER_STAGES].reverse() : TRAILER_STAGES;
    const steps = stages.map(([hours, radio]) => ({
      at:
        start +
        Math.round((backwards ? 10.6 - hours : hours) * 1.1 * HOUR) +
        random.whole(0, 60000),
      cell: tower(TELCEL_MX, radio, along(MEXICO_MONTERREY, hours).point),
    }));
    const half = Math.ceil(steps.length / 2);
    return [steps.slice(0, half), steps.slice(half)].map((part, i) => ({
      start: part[0].at,
      end:
        i === 0
          ? steps[half].at - random.whole(20, 90) * 1000
          : steps[steps.length - 1].at + Math.round(random.between(1, 3) * HOUR),
      steps: part,
    }));
  };
  const outward = [8, 15, 22, 29];
  const sessions = outward.flatMap((day) => [...drive(day, false), ...drive(day + 3, true)]);
  return sim("0033420", {
    name: "Trailer MX-4",
    region: "us-west-2",
    sessions: sessions
      .filter((session) => session.start < SEEN)
      .map((session) => {
        const steps = session.steps.filter((step) => step.at < SEEN);
        return { ...session, steps, end: session.end > SEEN ? null : session.end };
      }),
  });
}

/** A crane with two subscriptions on one SIM, on two networks, in use at the same time on working days. */
function craneDe3() {
  const random = seeded("Crane DE-3");
  const imsis = [imsi("0026201"), imsi("0026202", "99999")];
  const shift = { zone: "europe", plan: [[6, 18]], workdays: true };
  const first = still(daily(random, shift), tower(TELEKOM_DE, "4g", HAMBURG_PORT));
  const second = still(
    daily(random, { ...shift, plan: [[8, 16.5]], days: [14, 30] }),
    tower(VODAFONE_DE, "4g", HAMBURG_PORT),
  );
  return sim("2646888", {
    name: "Crane DE-3",
    speedClass: "s1.fast",
    imsis,
    sessions: [...first, ...second.map((session) => ({ ...session, imsi: imsis[1] }))],
  });
}

/** The day whose Deleted event never came: 12 October. */
const LOST_DAY = 12;

/** Parcel lockers on an eUICC (the SIM's id is its EID). One session has no Deleted event: nobody knows when it ended. */
function lockerNl2() {
  const random = seeded("Locker NL-2");
  const spans = daily(random, { days: [2, 30], zone: "europe", plan: [[6.5, 21]], workdays: true });
  const cellOf = (start) =>
    tower(start < at(16, 0, "europe") ? VODAFONE_NL : KPN_NL, "4g", AMSTERDAM);
  const isLost = (start) =>
    start > at(LOST_DAY, 0, "europe") && start < at(LOST_DAY + 1, 0, "europe");
  return sim("0020402", {
    name: "Locker NL-2",
    simId: eid("0020402"),
    type: "euicc",
    moduleType: "embedded",
    iccids: [iccid(2, "0020402"), iccid(2, "0020495")],
    spareImsi: imsi("0020495"),
    sessions: spans.map((span) => ({
      ...span,
      ...(isLost(span.start) ? { end: null, lost: true } : {}),
      steps: [{ at: span.start, cell: cellOf(span.start) }],
    })),
  });
}

/** Answers read from the Global coverage. */
export function soracomGlobal() {
  const pump = osloPump12();
  const sims = [pump, osloPump13(), trailerMx4(), craneDe3(), lockerNl2()];
  const source = "Soracom Global";
  const pumpBytes = seeded("bytes of Oslo pump 12");
  return [
    { source, label: "SIMs", answer: "listSims", file: "global-sims", body: sims.map(simRecord) },
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
      label: `Air stats of ${pump.name}`,
      answer: "getAirStatsOfSim",
      sim: pump,
      file: "air-stats",
      body: airStats(pump, (start, end) => amount(pumpBytes, { start, end }, 740e3, "europe")),
    },
    {
      source,
      label: "Cell locations",
      answer: "batchGetCellLocations",
      file: "global-cell-locations",
      body: cellLocations(sims),
    },
  ];
}
