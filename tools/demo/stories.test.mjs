// Each story of stories.md, found again in the written answers alone.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  bodies,
  dataSessions,
  device,
  fleetLog,
  manifest,
  soracomEvents,
  soracomSessions,
  soracomSim,
  thing,
  thingLog,
  thingStatus,
  wayscloudActivity,
  wayscloudSessions,
  wirelessSim,
} from "./reading.mjs";

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const NOW = Date.parse(manifest.now);
const FROM = Date.parse(manifest.from);
const distinct = (values) => [...new Set(values)];
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const length = (session) => Date.parse(session.end) - Date.parse(session.start);

test("Truck A-113 drives through five countries on ten networks, without a jump", () => {
  const sessions = dataSessions("kore", "Truck A-113");
  assert.deepEqual(distinct(sessions.map((s) => s.operator_country)).sort(), [
    "DEU",
    "DNK",
    "NLD",
    "NOR",
    "SWE",
  ]);
  assert.equal(distinct(sessions.map((s) => `${s.operator_mcc}-${s.operator_mnc}`)).length, 10);
  assert.ok(sessions.every((s) => s.radio_link === "LTE"));
  assert.ok(distinct(sessions.map((s) => s.cell_id)).length > 20);
  for (let i = 1; i < sessions.length; i += 1) {
    const [a, b] = [sessions[i - 1], sessions[i]];
    const hours = (Date.parse(b.last_updated) - Date.parse(a.last_updated)) / HOUR;
    // One degree of latitude is 111 km, one of longitude about 63 km here; towers stand off the road by a few km.
    const km = Math.hypot(
      (b.cell_location_estimate.lat - a.cell_location_estimate.lat) * 111,
      (b.cell_location_estimate.lon - a.cell_location_estimate.lon) * 63,
    );
    assert.ok(km <= 110 * hours + 8, `${km} km in ${hours} h before ${b.start}`);
  }
  assert.equal(sessions.at(-1).end, null);
});

for (const [name, atLeast] of [
  ["Meter 0441", 120],
  ["Meter 0442", 35],
]) {
  test(`${name} reconnects every four hours on NB-IoT in Japan`, () => {
    const sessions = soracomSessions(name);
    assert.ok(sessions.length >= atLeast, `${sessions.length}`);
    const pace = sessions.slice(1).map((s, i) => s.start - sessions[i].start);
    assert.ok(pace.every((ms) => Math.abs(ms - 4 * HOUR) < 120 * 1000));
    assert.ok(
      soracomEvents(name).every((e) => e.cell.radioType === "NB-IoT" && e.cell.mcc === 440),
    );
    assert.equal(soracomSim(name).sessionStatus.online, true);
  });
}

test("Meter 0442 has a status history: ready, then active when its first session began", () => {
  const [history] = bodies("soracom", "listSimStatusHistory");
  assert.deepEqual(
    history.map((row) => row.status),
    ["active", "ready", "ready"],
  );
  assert.equal(history[0].simId, soracomSim("Meter 0442").simId);
  assert.ok(
    Math.abs(history[0].applyDateTimeEpochSec * 1000 - soracomSessions("Meter 0442")[0].start) <
      60 * 1000,
  );
});

test("Meter 0517's SIM moves to another device once, at the same place", () => {
  const events = soracomEvents("Meter 0517").sort((a, b) => a.time - b.time);
  const imeis = events.map((e) => e.imei);
  assert.equal(distinct(imeis).length, 2);
  assert.equal(imeis.filter((imei, i) => i > 0 && imei !== imeis[i - 1]).length, 1);
  assert.equal(distinct(events.map((e) => e.cell.eci)).length, 1);
  assert.ok(events.every((e) => e.cell.radioType === "LTE-M"));
});

test("Kiosk 4's session is open, and silent for more than eight days", () => {
  const last = dataSessions("twilio", "Kiosk 4").at(-1);
  assert.equal(last.end, null);
  assert.ok(NOW - Date.parse(last.last_updated) > 8 * DAY);
  assert.ok(last.packets_uploaded > 0);
});

test("Weather Hakone 3 has a session that began before the window, then one open and silent since", () => {
  const [before, after] = soracomSessions("Weather Hakone 3");
  assert.ok(before.start < FROM - 6 * DAY);
  assert.deepEqual(
    before.events.map((e) => e.event),
    ["Modified", "Deleted"],
  );
  assert.equal(after.end, null);
  const status = soracomSim("Weather Hakone 3").sessionStatus;
  assert.equal(status.online, true);
  assert.ok(NOW - status.lastUpdatedAt > 25 * DAY);
});

test("Sign 21 sends packets until 17 October and none after", () => {
  const sessions = dataSessions("kore", "Sign 21");
  const mute = sessions.filter((s) => s.packets_uploaded === 0 && s.packets_downloaded === 0);
  assert.ok(mute.length >= 6);
  assert.ok(mute.every((s) => s.start > "2026-10-17T06"));
  assert.ok(sessions.filter((s) => s.start < "2026-10-17").every((s) => s.packets_uploaded > 0));
});

test("Cabin 17 connects every morning and moves no data", () => {
  const { sessions, summary } = wayscloudSessions("Cabin 17");
  assert.ok(sessions.length > 25);
  assert.ok(
    sessions.every((s) => s.data_usage.total_mb === 0 && s.network.network_type === "NB-IoT"),
  );
  assert.equal(summary.total_data_mb, 0);
});

test("Oslo pump 13 has been offline for twelve days, its neighbour is online; both are on LTE-M", () => {
  const { sessionStatus, previousSession } = soracomSim("Oslo pump 13");
  assert.equal(sessionStatus.online, false);
  const days = (NOW - previousSession.deletedTime) / DAY;
  assert.ok(days > 12 && days < 13, `${days}`);
  assert.ok(Math.abs(sessionStatus.lastUpdatedAt - previousSession.deletedTime) < 30 * 1000);
  assert.equal(soracomSim("Oslo pump 12").sessionStatus.online, true);
  assert.equal(soracomSim("Oslo pump 12").sessionStatus.cell.radioType, "LTE-M");
});

test("Bus 33's sessions overlap: Deleted is stamped up to five seconds after the next Created", () => {
  const sessions = soracomSessions("Bus 33");
  const overlaps = sessions
    .slice(1)
    .map((s, i) => sessions[i].end - s.start)
    .filter((ms) => ms > 0);
  assert.ok(overlaps.length >= 8);
  assert.ok(overlaps.every((ms) => ms <= 5000));
  assert.ok(sessions.every((s) => s.events.every((e) => e.sessionId === s.events[0].sessionId)));
});

test("Crane DE-3 is online with two IMSIs at once, on two networks", () => {
  const sessions = soracomSessions("Crane DE-3");
  const [first, second] = distinct(sessions.map((s) => s.imsi)).map((imsi) =>
    sessions.filter((s) => s.imsi === imsi),
  );
  const together = second.filter((s) =>
    first.some((f) => f.start < (s.end ?? NOW) - HOUR && (f.end ?? NOW) > s.start + HOUR),
  );
  assert.ok(together.length >= 8);
  assert.notEqual(first[0].events[0].cell.mnc, second[0].events[0].cell.mnc);
  const subscribers = Object.values(soracomSim("Crane DE-3").profiles).flatMap((profile) =>
    Object.keys(profile.subscribers),
  );
  assert.deepEqual(subscribers.sort(), distinct(sessions.map((s) => s.imsi)).sort());
});

test("Kiosk 11 goes through a storm of short sessions, then falls silent; its answer has five pages", () => {
  const sessions = dataSessions("kore", "Kiosk 11");
  const short = sessions.filter((s) => length(s) < 5 * 60 * 1000);
  assert.ok(short.length > 180 && short.length < 220, `${short.length}`);
  assert.ok(Date.parse(short.at(-1).start) - Date.parse(short[0].start) < 4 * DAY);
  for (let i = 1; i < sessions.length; i += 1) assert.ok(sessions[i].start > sessions[i - 1].end);
  assert.equal(sessions.at(-1), short.at(-1));
  assert.ok(NOW - Date.parse(sessions.at(-1).end) > 2.5 * DAY);
  assert.equal(
    bodies("kore", "GET /v1/Sims/{SimSid}/DataSessions", wirelessSim("kore", "Kiosk 11").sid)
      .length,
    5,
  );
  assert.equal(distinct(short.map((s) => s.cell_id)).length, 2);
});

test("Trailer MX-4 hands over between LTE and 3G inside its sessions; MNC 020 arrives as 20", () => {
  const sessions = soracomSessions("Trailer MX-4");
  const changing = sessions.filter(
    (s) => distinct(s.events.map((e) => e.cell.radioType)).length > 1,
  );
  assert.ok(changing.length >= 10);
  const events = soracomEvents("Trailer MX-4");
  assert.deepEqual(distinct(events.map((e) => e.cell.radioType)).sort(), ["3G", "LTE"]);
  assert.ok(events.filter((e) => e.event === "Modified").length >= 40);
  assert.ok(events.every((e) => e.cell.mcc === 334 && e.cell.mnc === 20));
  assert.ok(
    events.every((e) =>
      e.cell.radioType === "3G"
        ? e.cell.ci <= 65535 && e.cell.eci === undefined
        : e.cell.eci > 65535,
    ),
  );
  assert.ok(sessions.every((s) => distinct(s.events.map((e) => e.ueIpAddress)).length === 1));
});

test("Locker NL-2 lost one Deleted event; its id is an EID", () => {
  const sim = soracomSim("Locker NL-2");
  assert.equal(sim.simId.length, 32);
  assert.equal(Object.keys(sim.profiles).length, 2);
  const sessions = soracomSessions("Locker NL-2");
  const endless = sessions.filter((s) => s.end === null);
  assert.deepEqual(
    endless.map((s) => new Date(s.start).toISOString().slice(0, 10)),
    ["2026-10-12", "2026-10-30"],
  );
  assert.equal(sim.sessionStatus.online, true);
  assert.ok(sim.previousSession.createdTime > endless[0].start);
});

test("Spare 7 never connected; Spare 2's list is empty", () => {
  const sim = soracomSim("Spare 7");
  assert.equal(sim.sessionStatus, null);
  assert.equal(sim.previousSession, undefined);
  assert.equal(soracomEvents("Spare 7").length, 0);
  assert.equal(dataSessions("twilio", "Spare 2").length, 0);
  assert.equal(wirelessSim("twilio", "Spare 2").status, "ready");
});

test("Soracom's cells can be looked up: most identifiers of the answers have a place, some have none", () => {
  const known = new Set(
    bodies("soracom", "batchGetCellLocations")
      .flat()
      .map((row) => row.identifier),
  );
  const mnc = ({ mcc, mnc: number }) => String(number).padStart(mcc === 334 ? 3 : 2, "0");
  const used = bodies("soracom", "listSimSessionEvents")
    .flat()
    .map(({ cell }) => `${cell.mcc}-${mnc(cell)}-${cell.tac ?? cell.lac}-${cell.eci ?? cell.ci}`);
  const found = distinct(used).filter((name) => known.has(name));
  assert.ok(found.length >= 20);
  assert.ok(found.length < distinct(used).length);
  for (const name of known) assert.ok(used.includes(name), name);
});

test("Boat 77 has a place in harbour and none at sea, in all of the vendor's spellings", () => {
  const sessions = dataSessions("twilio", "Boat 77");
  const spelling = ({ cell_location_estimate: place }) => {
    if (place === null) return "null";
    return Object.keys(place).length === 0 ? "empty" : place.lat === 0 ? "zero" : "place";
  };
  assert.deepEqual(distinct(sessions.map(spelling)).sort(), ["empty", "null", "place", "zero"]);
  const placed = sessions.filter((s) => spelling(s) === "place");
  assert.ok(placed.length >= 10 && placed.length < sessions.length / 2);
  assert.ok(sessions.filter((s) => spelling(s) !== "place").every((s) => s.cell_id === ""));
});

test('Kiosk 3 has Twilio\'s odd spellings: numbers, zeros, "" and a null or shared sid', () => {
  const sessions = dataSessions("twilio", "Kiosk 3");
  assert.ok(sessions.some((s) => s.operator_mcc === 310 && s.operator_mnc === 260));
  assert.ok(
    sessions.some((s) => s.operator_mcc === 0 && s.operator_name === "" && s.imei === null),
  );
  assert.ok(sessions.some((s) => s.sid === null));
  const sids = sessions.map((s) => s.sid).filter((sid) => sid !== null);
  assert.ok(distinct(sids).length < sids.length);
  assert.equal(wirelessSim("twilio", "Kiosk 3").iccid.length, 18);
  assert.ok(
    dataSessions("twilio", "Freezer 14").every(
      (s) => s.operator_mcc === 302 && s.operator_mnc === 720,
    ),
  );
  assert.ok(dataSessions("twilio", "Forklift 2").some((s) => s.imei === null));
});

test("Kiosks 9 and 10 in Chicago are on 5G, spelled in two ways; Pivot 5 is on LTE-M", () => {
  assert.deepEqual(distinct(dataSessions("kore", "Kiosk 9").map((s) => s.radio_link)), ["NR"]);
  assert.deepEqual(distinct(dataSessions("kore", "Kiosk 10").map((s) => s.radio_link)), ["5G"]);
  for (const name of ["Kiosk 9", "Kiosk 10"]) {
    const nci = Number(dataSessions("kore", name)[0].cell_id.split("-")[3]);
    assert.ok(nci > 2 ** 28 && nci < 2 ** 36);
  }
  assert.deepEqual(distinct(dataSessions("kore", "Pivot 5").map((s) => s.radio_link)), ["LTE-M"]);
});

test("Gates 4 and 6 are on 2G", () => {
  const sessions = dataSessions("kore", "Gate 4");
  assert.deepEqual(distinct(sessions.map((s) => s.radio_link)), ["2G"]);
  assert.ok(sessions.every((s) => Number(s.cell_id.split("-")[3]) <= 65535));
  assert.deepEqual(
    distinct(wayscloudSessions("Gate 6").sessions.map((s) => s.network.network_type)),
    ["2G"],
  );
});

test("Kiosks live by day: hardly a session begins at night, local time", () => {
  const hours = dataSessions("kore", "Kiosk 7").map(
    (s) => (new Date(s.start).getUTCHours() + 24 - 6) % 24,
  );
  assert.ok(hours.every((hour) => hour >= 6 && hour <= 9));
  assert.ok(
    median(
      dataSessions("kore", "Kiosk 7")
        .map(length)
        .filter((ms) => ms > 0),
    ) >
      10 * HOUR,
  );
});

test("Parking 31 is connected since nobody knows when", () => {
  const status = thingStatus("Parking 31");
  assert.equal(status.ConnectionStatus, "CONNECTED");
  assert.deepEqual(status.ActiveSessions, []);
  assert.equal(status.LastConnectionTime, null);
  assert.equal(thingLog("Parking 31").length, 0);
});

test("Monogoto's status has an object, an array, times as text and as digits; the log tells begin and end", () => {
  assert.equal(typeof thingStatus("Parking 32").ActiveSessions.LastConnectedTime, "number");
  assert.match(thingStatus("Bin 118").LastConnectionTime, /^2026-.*Z$/);
  assert.match(thingStatus("Bin 119").LastDisconnectionTime, /^\d{13}$/);
  assert.deepEqual(
    [thing("Bin 119").LastLocation.Latitude, thing("Bin 119").LastLocation.Longitude],
    [0, 0],
  );
  assert.ok(NOW - Number(thingStatus("Bin 119").LastDisconnectionTime) > 5 * DAY);
  assert.equal(thing("Solar 9").ThingName, `ICCID ${thing("Solar 9").ExternalUniqueId}`);
  assert.notEqual(thing("Solar 9").Latitude, thing("Solar 9").LastLocation.Latitude);
  const kinds = thingLog("Ambulance 6").map((hit) => hit._source.message.split(".")[0]);
  assert.deepEqual(distinct(kinds).sort(), [
    "Data session closed",
    "PDP context created",
    "PDP context deleted",
  ]);
  const networks = thingLog("Ambulance 6")
    .map((hit) => /MCC (\d+), MNC (\d+)/.exec(hit._source.message)?.slice(1).join("-"))
    .filter(Boolean);
  assert.deepEqual(distinct(networks).sort(), ["222-01", "222-10"]);
});

test("Bike 52 and Van 20 change network inside their sessions", () => {
  for (const [name, countries] of [
    ["Bike 52", ["Finland", "Sweden"]],
    ["Van 20", ["Finland", "Norway", "Sweden"]],
  ]) {
    const { activity } = wayscloudActivity(name);
    const changes = activity.filter((e) => e.event_type === "network_change");
    assert.ok(changes.length >= 8, name);
    assert.deepEqual(
      distinct(
        changes.flatMap((e) => [e.previous_network.country, e.current_network.country]),
      ).sort(),
      countries,
    );
    const { sessions } = wayscloudSessions(name);
    const inside = changes.filter((e) =>
      sessions.some(
        (s) => s.start_time < e.timestamp && e.timestamp < (s.end_time ?? manifest.now),
      ),
    );
    assert.equal(inside.length, changes.length);
    assert.ok(activity.some((e, i) => i > 0 && e.timestamp > activity[i - 1].timestamp));
    assert.ok(activity.some((e, i) => i > 0 && e.timestamp < activity[i - 1].timestamp));
  }
  assert.equal(wayscloudSessions("Van 20").sessions[0].end_time, null);
  assert.ok(wayscloudActivity("Van 20").activity.some((e) => e.event_type === "location_update"));
});

test("Router 8 passes one data threshold after the other within the month", () => {
  const updates = wayscloudActivity("Router 8")
    .activity.filter((e) => e.event_type === "data_usage_update")
    .sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
  assert.ok(updates.length >= 6);
  const used = updates.map((e) => e.details.current_usage_mb);
  assert.ok(used.every((mb, i) => i === 0 || mb > used[i - 1]));
  assert.ok(used.at(-1) <= device("Router 8").sim.data_usage_mb);
});

test("WAYSCloud's summaries and logs agree with the sessions", () => {
  for (const name of [
    "Cold box 1",
    "Bike 52",
    "Gate 6",
    "Router 8",
    "Cabin 17",
    "Van 20",
    "Display 40",
  ]) {
    const { sessions, summary, total } = wayscloudSessions(name);
    assert.equal(total, sessions.length);
    assert.equal(summary.total_sessions, sessions.length);
    const mb = sessions.reduce((sum, s) => sum + s.data_usage.total_mb, 0);
    assert.ok(Math.abs(mb - summary.total_data_mb) < 0.01);
    for (const s of sessions)
      if (s.end_time !== null)
        assert.equal(s.duration_seconds * 1000, Date.parse(s.end_time) - Date.parse(s.start_time));
  }
  assert.equal(wayscloudSessions("Display 40").sessions[0].network.network_code, "310410");
  const pages = fleetLog();
  assert.ok(pages.length >= 3);
  const events = pages.flatMap((page) => page.activity);
  assert.equal(events.length, pages[0].total);
  assert.equal(distinct(events.map((e) => e.event_id)).length, events.length);
  const own = new Set(
    ["Bike 52", "Router 8", "Van 20"].flatMap((name) =>
      wayscloudActivity(name).activity.map((e) => e.event_id),
    ),
  );
  assert.ok(events.some((e) => own.has(e.event_id)));
  assert.deepEqual(distinct(events.map((e) => e.event_type)).sort(), [
    "connection",
    "data_usage_update",
    "disconnection",
    "location_update",
    "network_change",
  ]);
});
