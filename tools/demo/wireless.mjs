// The resource tree that Twilio Wireless and KORE Programmable Wireless share: Sims, DataSessions, UsageRecords and their pages.
// Where the two spell things differently the vendor object says so. What the SIMs do is written in kore.mjs and twilio.mjs.
//
// A session here: { start, end, seen, cell, radioLink, up, down, imei } with packets, not bytes.

import { sid } from "./identifiers.mjs";
import { cellName } from "./places.mjs";
import { seeded } from "./random.mjs";
import { amount } from "./rhythm.mjs";
import { DAY, FROM, MINUTE, NOW, SECOND, SEEN, iso, isoSeconds } from "./time.mjs";

export const KORE = {
  name: "KORE",
  provider: "kore",
  base: "https://programmable-wireless.api.korewireless.com/v1",
  account: sid("AC", "c0de0001"),
  ratePlan: sid("WP", "0001"),
  eidKey: "eid",
};
export const TWILIO = {
  name: "Twilio",
  provider: "twilio",
  base: "https://wireless.twilio.com/v1",
  account: sid("AC", "c0de0002"),
  ratePlan: sid("WP", "0002"),
  eidKey: "e_id",
};

const RADIO_LINK = { "2g": "2G", "3g": "3G", "4g": "LTE", "5g": "5G", "lte-m": "LTE-M" };

/** Sessions of plain spans on one cell. `perDay` is the packets of a whole day, `imei` null where the vendor has none. */
export function sessionsOf(name, spans, { cell, zone, perDay, imei, radioLink }) {
  const random = seeded(`packets of ${name}`);
  return spans
    .filter((span) => (span.end ?? NOW) > FROM)
    .map((span) => {
      const packets = perDay === 0 ? 0 : amount(random, span, perDay, zone);
      const up = Math.round(packets * random.between(0.42, 0.58));
      return {
        ...span,
        seen: span.seen ?? span.end ?? SEEN - random.whole(0, 55) * MINUTE,
        cell: span.cell ?? cell,
        radioLink: radioLink ?? RADIO_LINK[(span.cell ?? cell).radio],
        up,
        down: packets - up,
        imei,
      };
    })
    .map((session) => ({ ...session, seen: Math.max(session.seen, session.start + MINUTE) }));
}

/** One DataSession. `oddities` replaces fields by the spellings that the vendor is known to send. */
function dataSession(vendor, sim, session, sessionSid) {
  const { network } = session.cell;
  return {
    sid: sessionSid,
    sim_sid: sim.sid,
    account_sid: vendor.account,
    radio_link: session.radioLink,
    operator_mcc: network.mcc,
    operator_mnc: network.mnc,
    operator_country: network.alpha3,
    operator_name: network.operator,
    cell_id: cellName(session.cell),
    cell_location_estimate: { lat: session.cell.lat, lon: session.cell.lon },
    packets_uploaded: session.up,
    packets_downloaded: session.down,
    last_updated: isoSeconds(session.seen),
    start: isoSeconds(session.start),
    end: session.end === null ? null : isoSeconds(session.end),
    imei: session.imei,
    ...session.oddities,
  };
}

/** Pages of a list. `order` arranges the rows: the vendors document none. */
function pages(vendor, path, key, rows, size, tokenOf) {
  const address = (page) => {
    const token = page === 0 ? "" : `&PageToken=PA${tokenOf(rows[page * size - 1])}`;
    return `${vendor.base}/${path}PageSize=${size}&Page=${page}${token}`;
  };
  const count = Math.max(1, Math.ceil(rows.length / size));
  return Array.from({ length: count }, (_, page) => ({
    [key]: rows.slice(page * size, (page + 1) * size),
    meta: {
      key,
      page,
      page_size: size,
      url: address(page),
      first_page_url: address(0),
      previous_page_url: page === 0 ? null : address(page - 1),
      next_page_url: page + 1 === count ? null : address(page + 1),
    },
  }));
}

/** Pages of the sessions of one SIM, newest first unless the SIM says otherwise. */
export function dataSessionPages(vendor, sim) {
  const random = seeded(`session sids of ${sim.name}`);
  const rows = sim.sessions.map((session) =>
    dataSession(vendor, sim, session, sid("WN", random.hex(10))),
  );
  rows.sort((a, b) => (a.start < b.start ? 1 : -1));
  if (sim.oldestFirst) rows.reverse();
  return pages(
    vendor,
    `Sims/${sim.sid}/DataSessions?`,
    "data_sessions",
    rows,
    sim.pageSize ?? 1000,
    (row) => row.sid,
  );
}

function simRow(vendor, sim) {
  const url = `${vendor.base}/Sims/${sim.sid}`;
  return {
    sid: sim.sid,
    unique_name: sim.uniqueName ?? null,
    account_sid: vendor.account,
    rate_plan_sid: vendor.ratePlan,
    friendly_name: sim.name,
    iccid: sim.iccid,
    [vendor.eidKey]: sim.eid ?? null,
    status: sim.status ?? "active",
    reset_status: null,
    date_created: isoSeconds(sim.created ?? FROM - 300 * DAY),
    date_updated: isoSeconds(sim.updated ?? FROM - 40 * DAY),
    url,
    links: sim.bareLinks
      ? { rate_plan: `${vendor.base}/RatePlans/${vendor.ratePlan}` }
      : {
          data_sessions: `${url}/DataSessions`,
          rate_plan: `${vendor.base}/RatePlans/${vendor.ratePlan}`,
          usage_records: `${url}/UsageRecords`,
        },
  };
}

/** The one page of the list of SIMs. */
export const simsPage = (vendor, sims) =>
  pages(
    vendor,
    "Sims?",
    "sims",
    sims.map((sim) => simRow(vendor, sim)),
    50,
    (row) => row.sid,
  )[0];

/** Bytes stand in UsageRecords only. About this many per packet of the sessions. */
const BYTES_PER_PACKET = 310;

/** Packets of `sim` in a span of time, spread evenly over each session. */
function packetsIn(sim, from, to) {
  let up = 0;
  let down = 0;
  for (const session of sim.sessions) {
    const length = Math.max(1, session.seen - session.start);
    const share = Math.max(0, Math.min(session.seen, to) - Math.max(session.start, from)) / length;
    up += session.up * share;
    down += session.down * share;
  }
  return { up, down };
}

function usageRecord(vendor, sims, simSid, from, to) {
  const bytes = { up: 0, down: 0 };
  for (const sim of sims) {
    const { up, down } = packetsIn(sim, from, to);
    bytes.up += Math.round(up * BYTES_PER_PACKET);
    bytes.down += Math.round(down * BYTES_PER_PACKET);
  }
  const total = bytes.up + bytes.down;
  return {
    account_sid: vendor.account,
    ...(simSid === undefined ? {} : { sim_sid: simSid }),
    // The running day ends when it was read, and that instant has milliseconds.
    period: { start: isoSeconds(from), end: to % SECOND === 0 ? isoSeconds(to) : iso(to) },
    data: {
      total,
      upload: bytes.up,
      download: bytes.down,
      units: "bytes",
      billed: Number(((total / 1e6) * 0.1).toFixed(2)),
      billing_units: "USD",
      home: {},
      national_roaming: null,
      international_roaming: [],
    },
    commands: {},
  };
}

/** A page of UsageRecords per UTC day: of one SIM, or of the account when `sim` is not given. */
export function usagePage(vendor, sims, { sim, days }) {
  const path = sim === undefined ? "UsageRecords?" : `Sims/${sim.sid}/UsageRecords?`;
  const rows = [];
  const today = Math.floor(NOW / DAY) * DAY;
  for (let day = today; day > today - days * DAY; day -= DAY) {
    rows.push(
      usageRecord(
        vendor,
        sim === undefined ? sims : [sim],
        sim?.sid,
        day,
        Math.min(day + DAY - SECOND, SEEN + 37507),
      ),
    );
  }
  return pages(vendor, `${path}Granularity=daily&`, "usage_records", rows, 50, () => "")[0];
}
