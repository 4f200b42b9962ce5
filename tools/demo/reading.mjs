// Reads the written fleet back, for the tests: nothing here knows the generator.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "www", "demo");

export const text = (path) => readFileSync(join(FOLDER, path), "utf8");
export const json = (path) => JSON.parse(text(path));
export const manifest = json("index.json");

/** All files below the folder, as paths with forward slashes, sorted. */
export const paths = () =>
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(FOLDER.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();

/** Bodies of the answers of one vendor call, in the manifest's order; of one SIM where `sim` is given. */
export const bodies = (provider, answer, sim) =>
  manifest.answers
    .filter(
      (entry) =>
        entry.provider === provider &&
        entry.answer === answer &&
        (sim === undefined || entry.sim === sim),
    )
    .map((entry) => json(entry.file));

function named(list, name, nameOf) {
  const found = list.find((item) => nameOf(item) === name);
  if (found === undefined) throw new Error(`no SIM is named ${name}`);
  return found;
}

export const soracomSims = () => bodies("soracom", "listSims").flat();
export const soracomSim = (name) => named(soracomSims(), name, (sim) => sim.tags.name);
export const soracomEvents = (name) =>
  bodies("soracom", "listSimSessionEvents", soracomSim(name).simId).flat();

/** Sessions rebuilt from events: those of the same IMSI with the same createdTime belong together. */
export function soracomSessions(name) {
  const sessions = new Map();
  for (const event of soracomEvents(name).sort((a, b) => a.time - b.time)) {
    const key = `${event.imsi} ${event.createdTime}`;
    const session = sessions.get(key) ?? {
      imsi: event.imsi,
      start: Date.parse(event.createdTime),
      events: [],
      end: null,
    };
    session.events.push(event);
    if (event.event === "Deleted") session.end = event.time;
    sessions.set(key, session);
  }
  return [...sessions.values()].sort((a, b) => a.start - b.start);
}

export const wirelessSims = (provider) =>
  bodies(provider, "GET /v1/Sims").flatMap((page) => page.sims);
export const wirelessSim = (provider, name) =>
  named(wirelessSims(provider), name, (sim) => sim.friendly_name);

/** Data sessions of a SIM of the Twilio and KORE tree over all its pages, oldest first. */
export const dataSessions = (provider, name) =>
  bodies(provider, "GET /v1/Sims/{SimSid}/DataSessions", wirelessSim(provider, name).sid)
    .flatMap((page) => page.data_sessions)
    .sort((a, b) => (a.start < b.start ? -1 : 1));

export const things = () => bodies("monogoto", "GET /things").flat();
export const thing = (name) =>
  named(things(), name, (row) => row.ThingDescription || row.ThingName);
export const thingStatus = (name) =>
  bodies("monogoto", "GET /thing/status")
    .flatMap((answer) => answer.Data)
    .find((row) => row.ThingId === thing(name).ThingId);
export const thingLog = (name) =>
  bodies("monogoto", "POST /thing/searchCDR", thing(name).ThingId).flatMap((answer) => answer.hits);

export const devices = () => bodies("wayscloud", "GET /devices/{device_id}/sim");
export const device = (name) => named(devices(), name, (row) => row.device_name);
export const wayscloudSessions = (name) =>
  bodies("wayscloud", "GET /sims/{iccid}/sessions", device(name).sim.iccid)[0];
export const wayscloudActivity = (name) =>
  bodies("wayscloud", "GET /sims/{iccid}/activity", device(name).sim.iccid)[0];
export const fleetLog = () => bodies("wayscloud", "GET /sims/activity");
