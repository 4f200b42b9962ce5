// WAYSCloud: a cold box, a delivery bike on a border, a gate, a router, a cabin, a van and a display.

import { iccid, msisdn } from "./identifiers.mjs";
import { rounded } from "./json.mjs";
import {
  ATT_US,
  DNA_FI,
  ELISA_FI,
  TELENOR_NO,
  TELE2_SE,
  TELIA_NO,
  TELIA_SE,
  VODAFONE_DE,
} from "./networks.mjs";
import { seeded } from "./random.mjs";
import { amount, daily, lasting } from "./rhythm.mjs";
import { DAY, FROM, HOUR, MINUTE, NOW, SEEN, at } from "./time.mjs";
import {
  deviceAnswer,
  fleetActivity,
  sessionsAnswer,
  simActivity,
  thresholdsOf,
} from "./wayscloud-wire.mjs";

const SOURCE = "WAYSCloud";

const sim = (serial, countryCode, story) => ({
  iccid: iccid(6, serial),
  msisdn: msisdn(countryCode, serial),
  deviceId: `iot_dev_${serial}`,
  linked: FROM - 120 * DAY,
  ...story,
});

/** Gives plain spans their network and megabytes; a day's worth is `mbPerDay`. */
function sessionsOf(name, spans, { network, type, zone, mbPerDay }) {
  const random = seeded(`megabytes of ${name}`);
  return spans
    .filter((span) => (span.end ?? NOW) > FROM)
    .map((span) => {
      const kilobytes = mbPerDay === 0 ? 0 : amount(random, span, mbPerDay * 1000, zone);
      const up = Math.round(kilobytes * random.between(0.1, 0.3));
      return {
        network,
        type,
        ...span,
        upMb: rounded(up / 1000, 2),
        downMb: rounded((kilobytes - up) / 1000, 2),
      };
    });
}

function coldBox1() {
  const name = "Cold box 1";
  const spans = lasting(seeded(name), { from: FROM - 6 * HOUR, hours: [16, 31], gap: [2, 40] });
  return sim("0060011", "47", {
    name,
    sessions: sessionsOf(name, spans, {
      network: TELENOR_NO,
      type: "4G",
      zone: "europe",
      mbPerDay: 12,
    }),
  });
}

/** A bike that delivers in Haparanda and Tornio, on both sides of the river: each day it changes network inside its sessions. */
function bike52() {
  const name = "Bike 52";
  const random = seeded(name);
  const spans = daily(random, {
    zone: "finland",
    plan: [
      [8, 12.4],
      [13, 18.2],
    ],
    workdays: true,
    skip: 0.1,
  }).map((span) => {
    const changes = [];
    const times = [0.2, 0.45, 0.8].map(
      (share) => span.start + Math.round(share * ((span.end ?? SEEN) - span.start)),
    );
    let from = TELIA_SE;
    for (const time of times.slice(0, random.whole(1, 3))) {
      const to = from === TELIA_SE ? random.pick([ELISA_FI, DNA_FI]) : TELIA_SE;
      changes.push({ at: time, from, to });
      from = to;
    }
    return { ...span, changes };
  });
  return sim("0060052", "46", {
    name,
    sessions: sessionsOf(name, spans, {
      network: TELIA_SE,
      type: "4G",
      zone: "finland",
      mbPerDay: 60,
    }),
  });
}

/** A gate on 2G that speaks seldom. */
function gate6() {
  const name = "Gate 6";
  const spans = daily(seeded(name), { zone: "europe", plan: [[5.8, 20.1]], workdays: true });
  return sim("0060066", "49", {
    name,
    sessions: sessionsOf(name, spans, {
      network: VODAFONE_DE,
      type: "2G",
      zone: "europe",
      mbPerDay: 0.4,
    }),
  });
}

/** A router that passes one threshold of 2,000 MB after the other through the month. */
function router8() {
  const name = "Router 8";
  const spans = lasting(seeded(name), { from: FROM + HOUR, hours: [20, 47], gap: [1, 12] });
  const sessions = sessionsOf(name, spans, {
    network: TELE2_SE,
    type: "5G",
    zone: "europe",
    mbPerDay: 640,
  });
  return sim("0060088", "46", { name, sessions, thresholds: thresholdsOf(sessions, 2000) });
}

/** A cabin that connects every morning and moves no data at all. */
function cabin17() {
  const name = "Cabin 17";
  const spans = daily(seeded(name), { days: [2, 30], zone: "europe", plan: [[7, 7.7]], sway: 0.2 });
  return sim("0060177", "47", {
    name,
    sessions: sessionsOf(name, spans, {
      network: TELIA_NO,
      type: "NB-IoT",
      zone: "europe",
      mbPerDay: 0,
    }),
  });
}

/** A van on the E8 and E10 through Norway, Sweden and Finland; on the road now, its session open. */
function van20() {
  const name = "Van 20";
  const random = seeded(name);
  const road = [TELENOR_NO, TELIA_SE, ELISA_FI];
  const spans = daily(random, {
    zone: "europe",
    plan: [[6.2, 16.8]],
    workdays: true,
    skip: 0.1,
  }).map((span) => {
    const back = random.chance(0.5);
    const [first, second, third] = back ? [...road].reverse() : road;
    const crossing = (hours) => span.start + Math.round(random.near(hours, 0.6) * HOUR);
    const changes = [
      { at: crossing(2.6), from: first, to: second },
      { at: crossing(5.4), from: second, to: third },
    ].filter((change) => change.at < (span.end ?? SEEN));
    return {
      ...span,
      network: first,
      changes,
      located: changes.map((change) => change.at + 2 * MINUTE),
    };
  });
  return sim("0060200", "47", {
    name,
    sessions: sessionsOf(name, spans, {
      network: TELENOR_NO,
      type: "4G",
      zone: "europe",
      mbPerDay: 35,
    }),
  });
}

/** A display in the United States: its network's code has six digits, 310410. */
function display40() {
  const name = "Display 40";
  const spans = daily(seeded(name), { zone: "central", plan: [[6.8, 23.1]], skip: 0.15 });
  return sim("0060400", "1", {
    name,
    sessions: sessionsOf(name, spans, {
      network: ATT_US,
      type: "4G",
      zone: "central",
      mbPerDay: 220,
    }),
  });
}

/** The fleet log is read from 23 October on: one week. */
const LOG_SINCE = at(23, 0, "europe");

/** Answers read from WAYSCloud. */
export function wayscloudAnswers() {
  const sims = [coldBox1(), bike52(), gate6(), router8(), cabin17(), van20(), display40()];
  const pages = fleetActivity(sims, { since: LOG_SINCE, limit: 50 });
  const named = (one) => ({ name: one.name, key: one.iccid });
  return [
    ...sims.map((one) => ({
      label: `Device of ${one.name}`,
      answer: "GET /devices/{device_id}/sim",
      sim: named(one),
      file: "device",
      body: deviceAnswer(one),
    })),
    ...sims.map((one) => ({
      label: `Sessions of ${one.name}`,
      answer: "GET /sims/{iccid}/sessions",
      sim: named(one),
      file: "sessions",
      body: sessionsAnswer(one),
    })),
    ...pages.map((body, page) => ({
      label: `Activity of all SIMs, page ${page + 1} of ${pages.length}`,
      answer: "GET /sims/activity",
      file: `activity-${page + 1}`,
      body,
    })),
    ...sims
      .filter((one) => ["Bike 52", "Router 8", "Van 20"].includes(one.name))
      .map((one) => ({
        label: `Activity of ${one.name}`,
        answer: "GET /sims/{iccid}/activity",
        sim: named(one),
        file: "activity",
        body: simActivity(one, 50),
      })),
  ].map((answer) => ({ source: SOURCE, ...answer }));
}
