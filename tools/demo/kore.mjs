// KORE: two trucks, four kiosks in the United States, an irrigation pump, a gate and a sign.

import { iccid, imei, sid } from "./identifiers.mjs";
import {
  ATT_US,
  KPN_NL,
  TDC_DK,
  TELE2_SE,
  TELEKOM_DE,
  TELENOR_DK,
  TELENOR_NO,
  TELIA_NO,
  TELIA_SE,
  TMOBILE_US,
  VODAFONE_DE,
  VODAFONE_NL,
} from "./networks.mjs";
import {
  BERLIN,
  CHICAGO,
  CHICAGO_OAK_PARK,
  DALLAS,
  DENVER,
  NEBRASKA_FIELD,
  ODENSE,
  OSLO_ROTTERDAM,
  STOCKHOLM_MALMO,
  along,
  borders,
  tower,
} from "./places.mjs";
import { seeded } from "./random.mjs";
import { daily, lasting, storm } from "./rhythm.mjs";
import { DAY, FROM, HOUR, MINUTE, SEEN, at, isWeekend } from "./time.mjs";
import { KORE, dataSessionPages, sessionsOf, simsPage, usagePage } from "./wireless.mjs";

const sim = (tail, serial, name, sessions, story = {}) => ({
  name,
  sid: sid("DE", tail),
  iccid: iccid(3, serial),
  sessions,
  ...story,
});

const ROAMING = {
  NO: [TELENOR_NO, TELIA_NO],
  SE: [TELIA_SE, TELE2_SE],
  DK: [TDC_DK, TELENOR_DK],
  DE: [TELEKOM_DE, VODAFONE_DE],
  NL: [VODAFONE_NL, KPN_NL],
};

/** Spans of one stretch of road, cut where a border forces another network. Each keeps the cell it was last on, at the latest at SEEN. */
function stretch(random, route, [from, to], [start, end]) {
  const forwards = to > from;
  const cuts = borders(route).filter(
    (hours) => hours > Math.min(from, to) && hours < Math.max(from, to),
  );
  const stops = [from, ...(forwards ? cuts : cuts.reverse()), to];
  const instant = (hours) => start + Math.round(((hours - from) / (to - from)) * (end - start));
  return stops.slice(1).map((stop, i) => {
    const beforeBorder = i + 2 < stops.length ? (forwards ? -0.1 : 0.1) : 0;
    const reached = from + ((Math.min(instant(stop), SEEN) - start) / (end - start)) * (to - from);
    const { point, country } = along(route, reached + beforeBorder);
    return {
      start: instant(stops[i]) + (i === 0 ? 0 : random.whole(20, 80) * 1000),
      end: instant(stop) - random.whole(5, 15) * 1000,
      cell: tower(random.pick(ROAMING[country]), "4g", point),
    };
  });
}

/** A driver's day: three stretches with breaks, then parked until the next morning. `leg` is hours on the road, before and after. */
function drivingDay(random, route, day, [from, to]) {
  const third = (to - from) / 3;
  const spans = [];
  for (let part = 0; part < 3; part += 1) {
    const start = at(day, 6.5 + part * 3.1 + random.near(0, 0.15), "europe");
    const reach = [from + third * part, from + third * (part + 1)];
    spans.push(
      ...stretch(random, route, reach, [start, start + Math.round(Math.abs(third) * HOUR)]),
    );
  }
  return [...spans, ...parked(random, route, day, to)];
}

/** Parked at a place on the route from the afternoon to the next morning. */
function parked(random, route, day, hours) {
  const { point, country } = along(route, hours);
  const start = at(day, 15.6 + random.near(0, 0.2), "europe");
  return [
    {
      start,
      end: at(day + 1, 6.1 + random.near(0, 0.2), "europe"),
      cell: tower(random.pick(ROAMING[country]), "4g", point),
    },
  ];
}

/** Day numbers on which the truck sets out, from Oslo (1) and from Rotterdam (-1). It needs three days each way. */
const TRUCK_TRIPS = [
  [1, 1],
  [5, -1],
  [12, 1],
  [15, -1],
  [26, 1],
  [29, -1],
];

/** The truck through five countries: Norway, Sweden, Denmark, Germany, the Netherlands, and back, on ten networks. */
function truckA113() {
  const random = seeded("Truck A-113");
  const spans = [];
  let place = 0;
  for (let day = 0; day <= 30; day += 1) {
    const trip = TRUCK_TRIPS.find(([first]) => day >= first && day < first + 3);
    if (trip === undefined) {
      if (!isWeekend(day)) spans.push(...parked(random, OSLO_ROTTERDAM, day, place));
    } else {
      const goal = place + 7 * trip[1];
      spans.push(...drivingDay(random, OSLO_ROTTERDAM, day, [place, goal]));
      place = goal;
    }
  }
  return sim(
    "a113",
    "0029911",
    "Truck A-113",
    sessionsOf("Truck A-113", ended(spans), {
      zone: "europe",
      perDay: 46000,
      imei: imei("0029911"),
    }),
    { uniqueName: "truck-a-113" },
  );
}

/** Keeps what had begun; what would end after the last record is still open. */
const ended = (spans) =>
  spans
    .filter((span) => span.start < SEEN)
    .map((span) => (span.end > SEEN ? { ...span, end: null, seen: SEEN } : span));

/** A second truck that stays in Sweden, on working days. */
function truckA114() {
  const random = seeded("Truck A-114");
  const spans = [];
  let place = 0;
  for (let day = 1; day <= 30; day += 1) {
    if (isWeekend(day)) continue;
    const goal = 7 - place;
    const start = at(day, random.near(6, 0.4), "europe");
    spans.push({
      start,
      end: start + Math.round(7.4 * HOUR),
      cell: tower(TELE2_SE, "4g", along(STOCKHOLM_MALMO, goal + (goal > place ? -1.2 : 1.2)).point),
    });
    place = goal;
  }
  return sim(
    "a114",
    "0029929",
    "Truck A-114",
    sessionsOf("Truck A-114", ended(spans), {
      zone: "europe",
      perDay: 38000,
      imei: imei("0029929"),
    }),
    { oldestFirst: true },
  );
}

/** A kiosk open from morning to night. */
function kiosk(tail, serial, name, { place, network, radio, radioLink, zone, perDay }) {
  const spans = daily(seeded(name), { zone, plan: [[7.2, 22.3]], skip: 0.3 });
  return sim(
    tail,
    serial,
    name,
    sessionsOf(name, spans, {
      cell: tower(network, radio, place),
      zone,
      perDay,
      imei: imei(serial),
      radioLink,
    }),
  );
}

/** The storm: 196 short sessions from 24 October on, then silence since the evening of 27 October. */
const STORM = {
  from: at(24, 6.2, "central"),
  to: at(27, 12.4, "central"),
  count: 196,
  seconds: [18, 240],
  zone: "central",
};

/** A kiosk at the edge of two cells that reconnects again and again, and then stays offline. Its answer has several pages. */
function kiosk11() {
  const name = "Kiosk 11";
  const random = seeded(name);
  const near = [
    tower(ATT_US, "4g", DALLAS),
    tower(ATT_US, "4g", [DALLAS[0] + 0.03, DALLAS[1] + 0.01]),
  ];
  const calm = daily(random, { days: [12, 23], zone: "central", plan: [[7.1, 21.8]] });
  const settings = { cell: near[0], zone: "central", perDay: 52000, imei: imei("0056948") };
  const before = sessionsOf(name, calm, settings);
  const during = sessionsOf(
    `${name} storm`,
    storm(random, STORM).map((span) => ({ ...span, cell: random.pick(near) })),
    settings,
  );
  return sim("0b11", "7356948", name, [...before, ...during], { pageSize: 50 });
}

/** An irrigation pump on LTE-M, at work at night. */
function pivot5() {
  const spans = daily(seeded("Pivot 5"), {
    days: [0, 30],
    zone: "central",
    plan: [[19.5, 30.5]],
    skip: 0.3,
  });
  return sim(
    "05a5",
    "0070055",
    "Pivot 5",
    sessionsOf("Pivot 5", spans, {
      cell: tower(ATT_US, "lte-m", NEBRASKA_FIELD),
      zone: "central",
      perDay: 900,
      imei: imei("0070055"),
    }),
  );
}

/** A gate on 2G, opened in the morning and in the evening. */
function gate4() {
  const spans = daily(seeded("Gate 4"), { zone: "europe", plan: [[5.6, 19.2]], workdays: true });
  return sim(
    "0004",
    "0017506",
    "Gate 4",
    sessionsOf("Gate 4", spans, {
      cell: tower(TELEKOM_DE, "2g", BERLIN),
      zone: "europe",
      perDay: 640,
      imei: imei("0017506"),
    }),
  );
}

/** Since 17 October the sign connects as always and sends nothing: sessions without a packet. */
function sign21() {
  const random = seeded("Sign 21");
  const cell = tower(TDC_DK, "4g", ODENSE);
  const settings = { cell, zone: "europe", imei: imei("0023801") };
  const well = lasting(random, {
    from: FROM + 2 * HOUR,
    to: at(17, 9, "europe"),
    hours: [26, 44],
    gap: [3, 40],
  });
  const mute = lasting(random, {
    from: at(17, 9.2, "europe"),
    to: SEEN + DAY,
    hours: [26, 44],
    gap: [3, 40],
  });
  return sim(
    "0021",
    "0023801",
    "Sign 21",
    [
      ...sessionsOf("Sign 21", well, { ...settings, perDay: 5200 }),
      ...sessionsOf("Sign 21 mute", mute, { ...settings, perDay: 0 }).map((session) => ({
        ...session,
        seen: session.end ?? session.start + 2 * MINUTE,
      })),
    ],
    { bareLinks: true },
  );
}

/** Answers read from KORE. */
export function koreAnswers() {
  const sims = [
    truckA113(),
    truckA114(),
    kiosk("0b07", "7356906", "Kiosk 7", {
      place: DENVER,
      network: ATT_US,
      radio: "4g",
      zone: "mountain",
      perDay: 41000,
    }),
    kiosk("0b09", "7356922", "Kiosk 9", {
      place: CHICAGO,
      network: TMOBILE_US,
      radio: "5g",
      radioLink: "NR",
      zone: "central",
      perDay: 98000,
    }),
    kiosk("0b10", "7356930", "Kiosk 10", {
      place: CHICAGO_OAK_PARK,
      network: TMOBILE_US,
      radio: "5g",
      zone: "central",
      perDay: 87000,
    }),
    kiosk11(),
    pivot5(),
    gate4(),
    sign21(),
  ];
  const sessions = sims.flatMap((one) =>
    dataSessionPages(KORE, one).map((body, page, all) => ({
      label: `Data sessions of ${one.name}${all.length > 1 ? `, page ${page + 1} of ${all.length}` : ""}`,
      answer: "GET /v1/Sims/{SimSid}/DataSessions",
      sim: one,
      file: all.length > 1 ? `data-sessions-${page + 1}` : "data-sessions",
      body,
    })),
  );
  return [
    { label: "SIMs", answer: "GET /v1/Sims", file: "sims", body: simsPage(KORE, sims) },
    ...sessions,
    {
      label: `Usage of ${sims[0].name}`,
      answer: "GET /v1/Sims/{SimSid}/UsageRecords",
      sim: sims[0],
      file: "usage-records",
      body: usagePage(KORE, sims, { sim: sims[0], days: 21 }),
    },
    {
      label: "Usage of the account",
      answer: "GET /v1/UsageRecords",
      file: "usage-records",
      body: usagePage(KORE, sims, { days: 14 }),
    },
  ].map((answer) => ({ source: KORE.name, ...answer }));
}
