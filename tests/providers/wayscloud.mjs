// WAYSCloud GlobalSIM, simulated: finished sessions, an activity log per SIM and over all, devices and bills, with offset paging.
import { day, Fleet, latest } from "./fleet.mjs";
import { FleetRows } from "./fleet-rows.mjs";
import { unkindness } from "./lists.mjs";
import { hex } from "./random.mjs";
import { router, unknownParameter, wholeNumber } from "./routes.mjs";
import { MinuteCounter, settled, startSimulator } from "./simulator.mjs";
import * as rows from "./wayscloud-rows.mjs";

const paging = ["limit", "offset"];
const dates = ["start_date", "end_date"];
const parameters = {
  "GET /sims/activity": [...paging, "event_type", "iccid", "device_id", ...dates],
  "GET /sims/billing": [...dates, "iccid"],
  "GET /sims/{iccid}/sessions": [...paging, ...dates],
  "GET /sims/{iccid}/activity": [...paging, "event_type"],
  "GET /devices/{device}/sim": [],
  "GET /devices/{device}/sim/sessions": [...paging, ...dates],
  "GET /devices/{device}/sim/activity": [...paging, "event_type"],
};
const route = router(Object.fromEntries(Object.keys(parameters).map((call) => [call, call])));

function error(status, code, message, details) {
  return { status, body: { error: { code, message, ...(details ? { details } : {}) } } };
}
const detail = (status, what) => ({ status, body: { detail: what } });
function refusal(status) {
  const usual = {
    400: error(400, "INVALID_PARAMETER", "Invalid parameter"),
    401: error(401, "AUTH_FAILED", "Authentication failed"),
    403: error(403, "INSUFFICIENT_PERMISSIONS", "The key may not do this"),
    404: error(404, "NOT_FOUND", "Not found"),
    422: detail(422, [{ msg: "value is not valid" }]),
    429: error(429, "RATE_LIMIT_EXCEEDED", "Too many requests"),
  };
  return usual[status] ?? detail(status, { error: "Internal error" });
}

const spareDevice = "iot_dev_spare";

/**
 * Beside what every simulator takes: `rate.perMinute` (500), `limitAbove` (what a `limit` above 100 gets: `refuse` with 422, or a silent
 * `cut`), `total` (of the `page` or `grand`), `summary` (over the `page` or the whole `filter`), `endDate` (`inclusive` or `exclusive`),
 * `deviceQuery: "ignored"` (the device's sub-calls take no parameters), `retentionDays` (90).
 * Credentials: `apiKey`; `secondKey` works too. The simulator's `otherServiceKey()` is a key that gets 403. The device `iot_dev_spare` has no SIM.
 * @param {import("./simulator.mjs").Options & { limitAbove?: "refuse" | "cut", total?: "page" | "grand", summary?: "page" | "filter",
 *   endDate?: "inclusive" | "exclusive", deviceQuery?: "ignored", retentionDays?: number }} [options]
 */
export async function start(options = {}) {
  const settings = settled(options);
  const { sims, seed, base, sessionsPerSim } = settings;
  const fleet = new Fleet({ vendor: "wayscloud", sims, seed, base, sessionsPerSim });
  const retention = (settings.retentionDays ?? 90) * day;
  const counter = new MinuteCounter(settings.rate.perMinute ?? 500);
  const { repeated, reordered } = unkindness(settings);
  const activity = new FleetRows(
    fleet,
    (index, present) => rows.activityOf(fleet, index, present),
    rows.orderKey,
  );
  const credentials = {
    apiKey: `wayscloud_globalsim_${hex(8, seed, "ways id")}_${hex(32, seed, "ways secret")}`,
    secondKey: `wayscloud_pat_${hex(32, seed, "ways pat")}`,
  };
  const otherServiceKey = `wayscloud_storage_${hex(8, seed, "other")}_${hex(32, seed, "other key")}`;
  let known = null;

  function indexOf(name) {
    if (!known) {
      known = new Map();
      for (let index = 0; index < fleet.count; index += 1) {
        known.set(`sim ${fleet.sim(index).iccid}`, index);
        known.set(`device ${rows.deviceIdOf(fleet, index)}`, index);
      }
    }
    return known.get(name) ?? null;
  }

  /** `limit` and `offset`, or the refusal that a bad one gets. */
  function cut(asked) {
    const { query } = asked;
    const limit = wholeNumber(query.get("limit")) ?? 50;
    const offset = wholeNumber(query.get("offset")) ?? 0;
    const bad = [
      ["limit", limit],
      ["offset", offset],
    ].find(([, value]) => Number.isNaN(value));
    if (bad || limit < 1) {
      const field = bad?.[0] ?? "limit";
      asked.violation(`${field} ${query.get(field)}`);
      const details = { field, provided: query.get(field), expected: "integer" };
      return { refused: error(400, "INVALID_PARAMETER", `Invalid ${field}`, details) };
    }
    if (limit > 100) {
      asked.violation(`limit ${limit}`);
      const msg = "ensure this value is less than or equal to 100";
      if (settings.limitAbove !== "cut") return { refused: detail(422, [{ msg }]) };
    }
    return { offset, limit: Math.min(limit, settings.pageSize ?? 100, 100) };
  }

  /** The span of `start_date` and `end_date` in ms, or the refusal that a bad one gets. */
  function span(asked) {
    const given = {};
    for (const name of dates) {
      const text = asked.query.get(name);
      const at = text === null ? null : /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
      if (Number.isNaN(at)) {
        asked.violation(`${name} ${text}`);
        const details = { field: name, provided: text, expected: "YYYY-MM-DD" };
        return { refused: error(400, "INVALID_PARAMETER", `Invalid ${name}`, details) };
      }
      given[name] = at;
    }
    const more = settings.endDate === "exclusive" ? 0 : day;
    const from = Math.max(given.start_date ?? -Infinity, asked.present - retention);
    const to = given.end_date === null ? Infinity : given.end_date + more;
    return { from, to };
  }

  const totalOf = (all, page) => (settings.total === "page" ? page : all);

  function sessions(asked, index) {
    const page = cut(asked);
    const range = page.refused ? page : span(asked);
    if (range.refused) return range.refused;
    const all = repeated(
      fleet
        .sessions(index, asked.present)
        .filter(({ start }) => start >= range.from && start < range.to)
        .reverse()
        .map((session) => rows.sessionRow(session, asked.present)),
    );
    const own = all.slice(page.offset, page.offset + page.limit);
    const body = {
      iccid: fleet.sim(index).iccid,
      sessions: reordered(own),
      total: totalOf(all.length, own.length),
      summary: rows.summaryOf(settings.summary === "page" ? own : all),
    };
    return { status: 200, body };
  }

  /** The activity of one SIM that fits, in the vendor's order. */
  function activityOf(index, { present, type, from = present - retention, to = Infinity }) {
    return rows
      .activityOf(fleet, index, present)
      .filter(({ kind, at }) => at >= from && at < to && (type === null || kind === type))
      .sort((a, b) => rows.orderKey(b) - rows.orderKey(a));
  }

  function simActivity(asked, index) {
    const page = cut(asked);
    if (page.refused) return page.refused;
    const type = asked.query.get("event_type");
    const all = repeated(activityOf(index, { present: asked.present, type }));
    const own = all.slice(page.offset, page.offset + page.limit);
    const body = {
      iccid: fleet.sim(index).iccid,
      activity: reordered(own.map((row) => rows.eventRow(fleet, row, false))),
      total: totalOf(all.length, own.length),
    };
    return { status: 200, body };
  }

  function fleetActivity(asked) {
    const { query, present } = asked;
    const page = cut(asked);
    const range = page.refused ? page : span(asked);
    if (range.refused) return range.refused;
    const type = query.get("event_type");
    const chosen = ["iccid", "device_id"].filter((name) => query.has(name));
    let found;
    if (chosen.length > 0) {
      const places = chosen.map((name) =>
        indexOf(`${name === "iccid" ? "sim" : "device"} ${query.get(name)}`),
      );
      const one = places.every((place) => place !== null && place === places[0]);
      const all = repeated(one ? activityOf(places[0], { present, type, ...range }) : []);
      found = { total: all.length, rows: all.slice(page.offset, page.offset + page.limit) };
    } else {
      found = activity.page({
        ...page,
        present,
        timesOf: (number) => (settings.repeat && number % 5 === 0 ? 2 : 1),
        fits: ({ at, kind }) =>
          at >= range.from && at < range.to && (type === null || kind === type),
      });
    }
    const body = {
      activity: reordered(found.rows.map((row) => rows.eventRow(fleet, row, true))),
      total: totalOf(found.total, found.rows.length),
      ...page,
    };
    return { status: 200, body };
  }

  function bill(asked) {
    const range = span(asked);
    if (range.refused) return range.refused;
    const { query, present } = asked;
    const today = new Date(present).toISOString().slice(0, 10);
    const start_date = query.get("start_date") ?? `${today.slice(0, 8)}01`;
    const end_date = query.get("end_date") ?? today;
    const from = Date.parse(start_date);
    const to = Math.min(present, Date.parse(end_date) + day);
    const iccid = query.get("iccid");
    return { status: 200, body: rows.billing(fleet, { from, to, start_date, end_date, iccid }) };
  }

  const ofSim =
    (answer) =>
    (asked, [iccid]) => {
      if (!/^\d+$/.test(iccid)) return detail(422, [{ msg: "iccid must be digits" }]);
      const index = indexOf(`sim ${iccid}`);
      return index === null ? error(404, "NOT_FOUND", "No such SIM") : answer(asked, index);
    };
  const ofDevice =
    (answer) =>
    (asked, [device]) => {
      const index = indexOf(`device ${device}`);
      if (index === null) return error(404, "NOT_FOUND", "No such device, or it has no SIM");
      if (settings.deviceQuery === "ignored") asked.query = new URLSearchParams();
      return answer(asked, index);
    };
  const device = ofDevice((asked, index) => ({
    status: 200,
    body: rows.deviceRow(fleet, index, asked.present),
  }));
  const answers = {
    "GET /sims/activity": fleetActivity,
    "GET /sims/billing": bill,
    "GET /sims/{iccid}/sessions": ofSim(sessions),
    "GET /sims/{iccid}/activity": ofSim(simActivity),
    "GET /devices/{device}/sim": (asked, [id]) =>
      id === spareDevice
        ? { status: 200, body: { device_id: id, device_name: "Spare", sim: null } }
        : device(asked, [id]),
    "GET /devices/{device}/sim/sessions": ofDevice(sessions),
    "GET /devices/{device}/sim/activity": ofDevice(simActivity),
  };

  /** The key that a request was sent with, or null. `Bearer` is written exactly so, with one space. */
  function keyOf({ headers }) {
    const own = headers["x-api-key"];
    if (own !== undefined) return own;
    return /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1] ?? null;
  }

  function answer(asked) {
    const key = keyOf(asked);
    if (key === null) asked.violation("no key, or not as `Bearer <key>`");
    if (key === otherServiceKey) return refusal(403);
    if (![credentials.apiKey, credentials.secondKey].includes(key)) return refusal(401);
    const { over, secondsLeft } = counter.count(key, asked.present);
    if (over) return { ...refusal(429), headers: { "Retry-After": String(secondsLeft) } };
    if (asked.method !== "GET") {
      asked.violation(`${asked.method} changes things`);
      return detail(405, "Method Not Allowed");
    }
    const call = asked.path.startsWith("/v1/globalsim/")
      ? route(asked.method, asked.path.slice("/v1/globalsim".length))
      : null;
    if (!call) {
      asked.violation("no such path");
      return detail(404, "Not Found");
    }
    const unknown = unknownParameter(asked.query, parameters[call.route]);
    if (unknown !== null) {
      asked.violation(`unknown parameter ${unknown}`);
      const details = { field: unknown, provided: asked.query.get(unknown), expected: "nothing" };
      return error(400, "INVALID_PARAMETER", `Unknown parameter ${unknown}`, details);
    }
    return answers[call.route](asked, call.params);
  }

  function truth(present) {
    const ids = { sims: [], sessions: [], events: [] };
    let openSessions = 0;
    const from = present - retention;
    for (let index = 0; index < fleet.count; index += 1) {
      ids.sims.push(fleet.sim(index).iccid);
      for (const session of fleet.sessions(index, present)) {
        if (session.start < from) continue;
        ids.sessions.push(rows.sessionIdOf(session));
        if (session.end === null) openSessions += 1;
      }
      for (const { at, id } of rows.activityOf(fleet, index, present)) {
        if (at >= from) ids.events.push(id);
      }
    }
    const { sims: iccids, sessions: own, events } = ids;
    const counts = { sims: iccids.length, sessions: own.length, events: events.length };
    return { ...counts, openSessions, ids };
  }

  return startSimulator(
    {
      bases: { api: "/v1/globalsim" },
      allowHeaders: ["Accept", "Authorization", "X-API-Key", "Content-Type"],
      exposeHeaders: ["Retry-After"],
      credentials,
      secrets: () => [...Object.values(credentials), otherServiceKey],
      answer,
      refusal,
      tooMany: () => refusal(429),
      truth,
      burst(n, present) {
        const marks = fleet.burst(n, present);
        return {
          events: marks.map(rows.markId),
          sessions: marks.map(({ session }) => rows.sessionIdOf(session)),
          at: latest(marks, present),
        };
      },
      more: { otherServiceKey: () => otherServiceKey },
    },
    settings,
  );
}
