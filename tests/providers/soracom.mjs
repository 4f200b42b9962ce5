// Soracom, simulated: state inside the SIM, session events, statistics and the cell look-up, with paging by response headers and a limit
// per operator and path.
import { day, Fleet, latest } from "./fleet.mjs";
import { unkindness } from "./lists.mjs";
import { jsonBody, router, unknownParameter, wholeNumber } from "./routes.mjs";
import { MinuteCounter, settled, startSimulator } from "./simulator.mjs";
import { error, signIns } from "./soracom-auth.mjs";
import * as rows from "./soracom-rows.mjs";
import { searchNames, simSearch, subscriberFilter } from "./soracom-search.mjs";
import { airStats, cellLocation, statusRows } from "./soracom-usage.mjs";

const paging = ["limit", "last_evaluated_key"];
const events = ["from", "to", ...paging];
const stats = ["from", "to", "period"];
const cells = ["mcc", "mnc", "lac", "cid", "tac", "ecid", "eci"];
const filters = ["tag_name", "tag_value", "tag_value_match_mode", "status_filter"];
const parameters = {
  "POST /auth": [],
  "POST /auth/logout": [],
  "POST /operators/{id}/token": [],
  "GET /sims": paging,
  "GET /sims/{sim}": [],
  "GET /query/sims": [...searchNames, "session_status", "search_type", ...paging],
  "GET /subscribers": [...filters, "speed_class_filter", "serial_number_filter", ...paging],
  "GET /subscribers/{imsi}": [],
  "GET /sims/{sim}/events/sessions": events,
  "GET /subscribers/{imsi}/events/sessions": events,
  "GET /sims/{sim}/statuses/history": [...events, "sort"],
  "GET /stats/air/sims/{sim}": stats,
  "GET /stats/air/subscribers/{imsi}": stats,
  "GET /cell_locations": cells,
  "POST /cell_locations": [],
};
const route = router(Object.fromEntries(Object.keys(parameters).map((call) => [call, call])));

const refusals = {
  400: ["SEM0001", "Invalid request."],
  401: ["AUM0004", "Invalid token."],
  403: ["SEM0049", "You do not have permission to call this API."],
  404: ["SEM0017", "No such resource found."],
  429: ["GTW0001", "Too many requests."],
};
function refusal(status, message) {
  const [code, usual] = refusals[status] ?? ["SEM0500", "An error occurred."];
  return error(status, code, message ?? usual);
}

/**
 * Beside what every simulator takes: `rate.perMinute` counts per path (1000), `tokenSeconds` (86400) where a sign-in names none, `mfa` (the
 * one-time code that password sign-ins then need), `opaqueKeys` (the key in the headers is another than the fallback key), `emptyList: "404"`,
 * `retentionDays` (32), `maxCells` (the most in one POST). Credentials: `authKeyId` + `authKey`; `email` + `password`;
 * `operatorId` + `userName` + `password`; `mfaOTPCode` with `mfa`.
 * @param {import("./simulator.mjs").Options & { mfa?: string, opaqueKeys?: boolean, emptyList?: "404",
 *   retentionDays?: number, maxCells?: number }} [options]
 */
export async function start(options = {}) {
  const settings = settled(options);
  const { sims, seed, base, sessionsPerSim } = settings;
  const fleet = new Fleet({
    vendor: "soracom",
    sims,
    seed,
    base,
    sessionsPerSim,
    severalImsis: true,
  });
  const retention = (settings.retentionDays ?? 32) * day;
  const counter = new MinuteCounter(settings.rate.perMinute ?? 1000);
  const auth = signIns(settings);
  const { repeated, reordered } = unkindness(settings);
  const cap = settings.pageSize ?? 100;
  let places = null;

  /** Finds a SIM by `sim …` or `imsi …`; `{ index, imsi }` or null. */
  function find(name) {
    if (!places) {
      places = new Map();
      for (let index = 0; index < fleet.count; index += 1) {
        places.set(`sim ${rows.simIdOf(fleet, index)}`, { index, imsi: null });
        for (const imsi of fleet.sim(index).imsis) places.set(`imsi ${imsi}`, { index, imsi });
      }
    }
    return places.get(name) ?? null;
  }

  /** Cuts one page out of `list` ({ key, row }), with the two headers that lead on. */
  function page(asked, list, { usual = cap, most = Infinity } = {}) {
    const limit = wholeNumber(asked.query.get("limit")) ?? usual;
    if (Number.isNaN(limit) || limit < 1 || limit > most) {
      asked.violation(`limit ${asked.query.get("limit")}`);
      return refusal(400, `limit is 1 to ${most}`);
    }
    const size = Math.min(limit, cap);
    const key = asked.query.get("last_evaluated_key") || null;
    const all = repeated(list);
    let from = 0;
    if (key !== null) {
      const plain = key.startsWith("k.") ? Buffer.from(key.slice(2), "base64url").toString() : key;
      from = all.findLastIndex((entry) => entry.key === plain) + 1;
      if (from === 0 && all[0]?.time !== undefined && wholeNumber(plain) !== null) {
        // An event's key is its time, whether that event is still kept or not.
        const older = all.findIndex(({ time }) => time < Number(plain));
        from = older < 0 ? all.length : older;
      } else if (from === 0 && all.length > 0) {
        return refusal(400, "last_evaluated_key is not valid");
      }
    }
    const own = all.slice(from, from + size);
    const headers = {};
    if (from + own.length < all.length) {
      const last = own[own.length - 1].key;
      const next = settings.opaqueKeys ? `k.${Buffer.from(last).toString("base64url")}` : last;
      const query = new URLSearchParams(asked.query);
      query.set("last_evaluated_key", next);
      headers["x-soracom-next-key"] = next;
      headers.link = `<${asked.path}?${query}>; rel=next`;
    }
    return { status: 200, body: reordered(own, true).map(({ row }) => row), headers };
  }

  const simEntry = (index, present, sessions = null) => ({
    key: rows.simIdOf(fleet, index),
    get row() {
      return rows.simRow(fleet, index, sessions ?? fleet.sessions(index, present), present);
    },
  });

  function searchSims(asked) {
    const test = simSearch(asked.query, asked.present);
    if (typeof test === "string") return refusal(400, test);
    const list = [];
    for (let index = 0; index < fleet.count; index += 1) {
      const sessions = fleet.sessions(index, asked.present);
      const entry = simEntry(index, asked.present, sessions);
      if (test(entry.row, sessions)) list.push(entry);
    }
    return page(asked, list, { usual: 10, most: 100 });
  }

  function listSims(asked) {
    if (fleet.count === 0 && settings.emptyList === "404")
      return refusal(404, "No such SIM found.");
    return page(
      asked,
      Array.from({ length: fleet.count }, (_, at) => simEntry(at, asked.present)),
    );
  }

  function subscriber(index, which, present) {
    const sessions = fleet.sessions(index, present);
    return rows.subscriberRow(fleet, index, which, sessions, present);
  }

  function listSubscribers(asked) {
    const fits = subscriberFilter(asked.query);
    if (typeof fits === "string") return refusal(400, fits);
    const filtered = [...asked.query.keys()].some((name) => !paging.includes(name));
    const list = [];
    for (let index = 0; index < fleet.count; index += 1) {
      fleet.sim(index).imsis.forEach((imsi, which) => {
        const row = () => subscriber(index, which, asked.present);
        const entry = {
          key: imsi,
          get row() {
            return row();
          },
        };
        if (!filtered || fits(entry.row)) list.push(entry);
      });
    }
    return page(asked, list, { most: 100 });
  }

  /** The events of a SIM or IMSI that are kept, newest first. */
  function kept({ index, imsi }, present) {
    const sessions = fleet
      .sessions(index, present)
      .filter((session) => imsi === null || session.imsi === imsi);
    return rows
      .eventRows(fleet, sessions, present)
      .filter((event) => event.time >= present - retention);
  }

  /** The window of a query, in ms; a refusal where it is no number. */
  function window(asked) {
    const [from, to] = ["from", "to"].map((name) => wholeNumber(asked.query.get(name)));
    if (Number.isNaN(from) || Number.isNaN(to)) return refusal(400, "from and to are epoch ms");
    return { from: from ?? -Infinity, to: to ?? Infinity };
  }

  function listEvents(asked, place) {
    const { from, to, status, ...rest } = window(asked);
    if (status) return { status, ...rest };
    const list = kept(place, asked.present)
      .filter(({ time }) => time >= from && time <= to)
      .map((event) => ({
        key: String(event.time),
        time: event.time,
        get row() {
          return event.row;
        },
      }));
    return page(asked, list);
  }

  function history(asked, { index }) {
    const { from, to, status, ...rest } = window(asked);
    if (status) return { status, ...rest };
    const list = statusRows(fleet, index)
      .filter(({ time }) => time >= from && time <= to)
      .map(({ time, row }) => ({ key: String(time), row }));
    if (asked.query.get("sort") !== "asc") list.reverse();
    return page(asked, list, { usual: 30, most: 100 });
  }

  function usage(asked, { index }) {
    const [from, to] = ["from", "to"].map((name) => wholeNumber(asked.query.get(name)) ?? NaN);
    const period = asked.query.get("period");
    if (Number.isNaN(from + to) || !["month", "day", "minutes"].includes(period)) {
      asked.violation("from, to and period are required");
      return refusal(400, "from, to and period are required");
    }
    const body = airStats(fleet, index, { from, to, period, present: asked.present });
    return { status: 200, body };
  }

  function oneCell(asked) {
    const found = cellLocation(Object.fromEntries(asked.query));
    if (typeof found === "string") {
      asked.violation(found);
      return refusal(400, found);
    }
    return found ? { status: 200, body: found } : refusal(404, "The cell is unknown.");
  }

  function manyCells(asked) {
    const list = jsonBody(asked);
    const found = Array.isArray(list) ? list.map(cellLocation) : ["an array is expected"];
    const wrong = found.find((one) => typeof one === "string");
    if (wrong || found.length > (settings.maxCells ?? Infinity)) {
      asked.violation(wrong ?? "too many cells at once");
      return refusal(400, wrong ?? "Too many cells at once");
    }
    return { status: 200, body: found.filter((one) => one !== null) };
  }

  const found =
    (prefix, answer) =>
    (asked, [id]) => {
      const place = find(`${prefix} ${id}`);
      return place ? answer(asked, place) : refusal(404, "No such SIM found.");
    };
  const answers = {
    "POST /operators/{id}/token": auth.renew,
    "GET /sims": listSims,
    "GET /sims/{sim}": found("sim", (asked, { index }) => {
      return { status: 200, body: simEntry(index, asked.present).row };
    }),
    "GET /query/sims": searchSims,
    "GET /subscribers": listSubscribers,
    "GET /subscribers/{imsi}": found("imsi", (asked, { index, imsi }) => {
      const which = fleet.sim(index).imsis.indexOf(imsi);
      return { status: 200, body: subscriber(index, which, asked.present) };
    }),
    "GET /sims/{sim}/events/sessions": found("sim", listEvents),
    "GET /subscribers/{imsi}/events/sessions": found("imsi", listEvents),
    "GET /sims/{sim}/statuses/history": found("sim", history),
    "GET /stats/air/sims/{sim}": found("sim", usage),
    "GET /stats/air/subscribers/{imsi}": found("imsi", usage),
    "GET /cell_locations": oneCell,
    "POST /cell_locations": manyCells,
  };

  function answer(asked) {
    const call = asked.path.startsWith("/v1/")
      ? route(asked.method, asked.path.slice("/v1".length))
      : null;
    if (!call) {
      asked.violation(asked.method === "GET" ? "no such path" : "changes things, or no such path");
      return refusal(404);
    }
    const open = call.route === "POST /auth" || call.route === "POST /auth/logout";
    const renewing = call.route === "POST /operators/{id}/token";
    if (!open && !renewing && !auth.live(asked)) return refusal(401);
    const { over, remaining, secondsLeft } = counter.count(call.pattern, asked.present);
    const limits = {
      "X-Soracom-Ratelimit-Limit": String(counter.perMinute),
      "X-Soracom-Ratelimit-Remaining": String(remaining),
      "X-Soracom-Ratelimit-Seconds-Before-Refresh": String(secondsLeft),
    };
    const reply = over ? refusal(429) : called(asked, call);
    return { ...reply, headers: { ...limits, ...reply.headers } };
  }

  function called(asked, { route: call, params }) {
    const unknown = unknownParameter(asked.query, parameters[call]);
    if (unknown !== null) {
      asked.violation(`unknown parameter ${unknown}`);
      return refusal(400, `Unknown parameter ${unknown}`);
    }
    if (call === "POST /auth") return auth.signIn(asked);
    if (call === "POST /auth/logout") return auth.signOut(asked);
    return answers[call](asked, params);
  }

  /** What the events and the state inside the SIMs tell of. */
  function truth(present) {
    const ids = { sims: [], sessions: [], events: [] };
    let openSessions = 0;
    for (let index = 0; index < fleet.count; index += 1) {
      ids.sims.push(rows.simIdOf(fleet, index));
      const sessions = fleet.sessions(index, present);
      const events = kept({ index, imsi: null }, present);
      const open = rows.onlineSession(sessions, present);
      const told = new Set(events.map(({ session }) => session.key));
      for (const state of [open, rows.lastCompleted(sessions, present)])
        if (state) told.add(state.key);
      ids.sessions.push(...sessions.filter(({ key }) => told.has(key)).map(rows.sessionName));
      ids.events.push(...events.map(({ name }) => name));
      if (open) openSessions += 1;
    }
    const { sims: simIds, sessions, events } = ids;
    const counts = { sims: simIds.length, sessions: sessions.length, events: events.length };
    return { ...counts, openSessions, ids };
  }

  function burst(n, present) {
    const marks = fleet.burst(n, present);
    return {
      events: marks.map(
        ({ kind, at, session }) => `${rows.sessionName(session)} ${rows.eventNames[kind]} ${at}`,
      ),
      sessions: marks.map(({ session }) => rows.sessionName(session)),
      at: latest(marks, present),
    };
  }

  return startSimulator(
    {
      bases: { api: "/v1" },
      allowHeaders: [
        ...["Accept", "Content-Type", "X-Soracom-API-Key", "X-Soracom-Token", "X-Soracom-Lang"],
      ],
      exposeHeaders: [
        ...["Link", "X-Soracom-Next-Key", "X-Soracom-Ratelimit-Limit"],
        ...["X-Soracom-Ratelimit-Remaining", "X-Soracom-Ratelimit-Seconds-Before-Refresh"],
      ],
      methods: "GET, POST, PUT, DELETE, OPTIONS",
      credentials: auth.credentials,
      secrets: auth.secrets,
      answer,
      refusal: (status) => refusal(status),
      tooMany: () => refusal(429),
      truth,
      burst,
      more: { revokeTokens: auth.revokeTokens },
    },
    settings,
  );
}
