// The written fleet as a whole: reproducible, small, complete, consistent with its manifest, and nobody's real data.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fleetFiles } from "./fleet.mjs";
import {
  bodies,
  devices,
  json,
  manifest,
  paths,
  soracomSims,
  text,
  things,
  wirelessSims,
} from "./reading.mjs";

test("generating again gives the committed files, byte for byte", () => {
  const fresh = fleetFiles();
  assert.deepEqual(paths(), [...fresh.keys()].sort());
  for (const [path, body] of fresh)
    assert.ok(text(path) === body, `${path} differs: run node tools/demo/generate.mjs`);
});

test("two runs in a row agree", () => {
  assert.deepEqual([...fleetFiles()], [...fleetFiles()]);
});

test("all files together stay below 1 MB, and no line is long", () => {
  let total = 0;
  for (const path of paths()) {
    total += Buffer.byteLength(text(path));
    for (const line of text(path).split("\n"))
      assert.ok(line.length < 3000, `${path} has a line of ${line.length}`);
  }
  assert.ok(total <= 1_000_000, `${total} bytes`);
});

test("the manifest lists each answer once, in the order of reading", () => {
  const listed = manifest.answers.map((entry) => entry.file);
  assert.deepEqual([...listed, "index.json"].sort(), paths());
  assert.equal(manifest.now, "2026-10-30T14:00:00.000Z");
  assert.equal(manifest.to, manifest.now);
  assert.equal(Date.parse(manifest.to) - Date.parse(manifest.from), 30 * 24 * 3600 * 1000);
  let before = "";
  for (const entry of manifest.answers) {
    assert.ok(entry.file.startsWith(`${entry.provider}/`));
    assert.ok(entry.source && entry.label && entry.answer);
    assert.ok(entry.observed > before && entry.observed < manifest.now, entry.observed);
    before = entry.observed;
  }
});

test("answers that do not name their SIM get it from the manifest", () => {
  const silent = ["listSimSessionEvents", "getAirStatsOfSim", "POST /thing/searchCDR"];
  const known = new Set([
    ...soracomSims().map((sim) => sim.simId),
    ...things().map((row) => row.ThingId),
  ]);
  const entries = manifest.answers.filter((entry) => silent.includes(entry.answer));
  assert.ok(entries.length > 15);
  for (const entry of entries) assert.ok(known.has(entry.sim), entry.file);
});

test("forty SIMs of five vendors", () => {
  const counts = {
    soracom: soracomSims().length,
    kore: wirelessSims("kore").length,
    twilio: wirelessSims("twilio").length,
    monogoto: things().length,
    wayscloud: devices().length,
  };
  assert.deepEqual(counts, { soracom: 12, kore: 9, twilio: 6, monogoto: 6, wayscloud: 7 });
});

/** Calls `visit(key, value, holder)` for every member of every answer. */
function walk(value, visit, holder) {
  if (value === null || typeof value !== "object") return;
  for (const [key, member] of Object.entries(value)) {
    visit(key, member, value, holder);
    walk(member, visit, holder);
  }
}
const everyMember = (visit) => {
  for (const { file, observed } of manifest.answers) walk(json(file), visit, { file, observed });
};

test("no identifier can be real", () => {
  let seen = 0;
  const rules = {
    iccid: /^8999\d{14,15}$/,
    imei: /^0012340\d{8}$/,
    imsi: /^(00101|99999)\d{10}$/,
    IMEI: /^0012340\d{8}$/,
    IMSI: /^(00101|99999)\d{10}$/,
    ExternalUniqueId: /^8999\d{15}$/,
    sim_sid: /^DE0{16}[0-9a-f]{16}$/,
    account_sid: /^AC0{16}[0-9a-f]{16}$/,
  };
  everyMember((key, value, _, { file }) => {
    if (rules[key] === undefined || value === null || (key === "imei" && value === "")) return;
    assert.match(value, rules[key], `${key} in ${file}`);
    seen += 1;
  });
  assert.ok(seen > 2000);
});

test("IMEIs carry a correct check digit", () => {
  const luhn = (digits) =>
    [...digits].reverse().reduce((sum, digit, i) => {
      const n = Number(digit) * (i % 2 === 1 ? 2 : 1);
      return sum + (n > 9 ? n - 9 : n);
    }, 0) %
      10 ===
    0;
  const imeis = new Set();
  everyMember((key, value) => {
    if ((key === "imei" || key === "IMEI") && value) imeis.add(value);
  });
  assert.ok(imeis.size > 25);
  for (const one of imeis) assert.ok(luhn(one), one);
});

test("nothing is younger than the answer it stands in", () => {
  const instants = /^20\d\d-\d\d-\d\dT.*Z$/;
  everyMember((key, value, _, { file, observed }) => {
    const time =
      typeof value === "number" && value > 1.7e12 && value < 2e12
        ? value
        : instants.test(value)
          ? Date.parse(value)
          : null;
    if (time !== null) assert.ok(time <= Date.parse(observed), `${key} ${value} in ${file}`);
  });
});

test("0,0 stands only where a vendor means that it knows no place", () => {
  const files = new Set();
  everyMember((key, value, holder, { file }) => {
    if (/^(lat|latitude)$/i.test(key) && value === 0) files.add(file);
    if (/^(lat|latitude)$/i.test(key)) assert.ok(Math.abs(value) <= 85, file);
    if (/^(lat|latitude)$/i.test(key))
      assert.equal(value === 0, (holder.lon ?? holder.Longitude) === 0, file);
  });
  assert.deepEqual([...files].sort(), [
    "monogoto/things.json",
    "twilio/boat-77-data-sessions.json",
  ]);
});

test("lists have the vendors' order: Soracom's events newest first, pages linked", () => {
  for (const events of bodies("soracom", "listSimSessionEvents")) {
    for (let i = 1; i < events.length; i += 1) assert.ok(events[i - 1].time >= events[i].time);
  }
  const pages = bodies("kore", "GET /v1/Sims/{SimSid}/DataSessions");
  for (const [i, page] of pages.entries()) {
    assert.ok(page.data_sessions.length <= page.meta.page_size);
    const next = page.meta.next_page_url;
    if (next !== null) assert.equal(pages[i + 1].meta.url, next);
  }
  assert.equal(pages.filter((page) => page.meta.next_page_url !== null).length, 4);
});
