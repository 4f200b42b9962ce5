// Monogoto's console API, simulated: the state of Things now, their places, and the log that is paged by time. Nothing here may change
// anything: a call that would is recorded and refused.
import { day, Fleet, latest } from "./fleet.mjs";
import { FleetRows } from "./fleet-rows.mjs";
import { unkindness } from "./lists.mjs";
import { hitOf, kindFits, logOf, statusRow, thingIdOf, thingRow } from "./monogoto-rows.mjs";
import { rowName, sessionNameOf, toldByStatus, usualWords } from "./monogoto-rows.mjs";
import { hex } from "./random.mjs";
import { jsonBody, router, wholeNumber } from "./routes.mjs";
import { MinuteCounter, settled, startSimulator } from "./simulator.mjs";

const route = router({
  "POST /Auth": "signIn",
  "GET /things": "things",
  "GET /thing/status": "status",
  "GET /thing/{id}": "thing",
  "GET /thing/{id}/state": "state",
  "POST /thing/searchCDR": "search",
});
const searchFields = [
  ...["ThingIdELK", "SeverityELK", "gteTimestampELK", "ltTimestampELK", "EsDataTypeELK"],
  ...["MessageTypeELK", "limit"],
];
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

const text = (status, body) => ({ status, body, headers: { "Content-Type": "text/plain" } });
function refusal(status, message) {
  const usual = {
    401: text(401, "Unauthorized"),
    403: text(403, "Forbidden"),
    429: { ...text(429, "Too Many Requests") },
    500: { status, body: { Success: false, Message: "Internal server error" } },
  };
  return usual[status] ?? { status, body: { Success: false, Message: message ?? "Refused" } };
}

/**
 * Beside what every simulator takes: `plural` tells what `GET /thing/status` answers to several ids (`all` of them, the `first`, or `some`),
 * `order: "ascending"` the log's oldest rows first, `tokenSeconds` (3600), `twoFactor` (the sign-in then holds no token), `mostHits` (the most
 * rows of one search, 1000), `words` (of the log, by kind; see monogoto-rows.mjs), `retentionDays` (90). Credentials: `UserName`, `Password`, and `CustomerId`, which a sign-in also tells.
 * @param {import("./simulator.mjs").Options & { plural?: "all" | "first" | "some", order?: "ascending" | "descending",
 *   twoFactor?: boolean, words?: Record<string, [string, string]>, mostHits?: number, retentionDays?: number }} [options]
 */
export async function start(options = {}) {
  const settings = settled(options);
  const { sims, seed, base, sessionsPerSim, plural = "all", tokenSeconds = 3600 } = settings;
  const fleet = new Fleet({ vendor: "monogoto", sims, seed, base, sessionsPerSim });
  const log = new FleetRows(
    fleet,
    (index, present) => logOf(fleet, index, present),
    (row) => row.at,
  );
  const retention = (settings.retentionDays ?? 90) * day;
  const counter = new MinuteCounter(settings.rate.perMinute);
  const { repeated, reordered } = unkindness(settings);
  const cap = Math.min(settings.pageSize ?? 50, 50);
  const credentials = {
    UserName: "fleet@example.com",
    Password: `Pw-${hex(16, seed, "monogoto password")}`,
    CustomerId: `cid_${hex(24, seed, "monogoto customer")}`,
  };
  /** @type {Map<string, number>} */
  const tokens = new Map();
  const refreshTokens = [];
  const words = { ...usualWords, ...settings.words };
  let byId = null;

  function indexOf(id) {
    byId ??= new Map(Array.from({ length: fleet.count }, (_, at) => [thingIdOf(fleet, at), at]));
    return byId.get(id) ?? null;
  }

  function signIn(asked) {
    const body = jsonBody(asked);
    const names = Object.keys(body ?? {})
      .sort()
      .join();
    if (names !== "Password,UserName") asked.violation(`the sign-in has the fields ${names}`);
    const right = ["UserName", "Password"].every((name) => body?.[name] === credentials[name]);
    if (!right) return text(401, "Access denied");
    const number = tokens.size;
    const token = `eyJ${hex(60, seed, "monogoto token", number)}`;
    tokens.set(token, asked.present + tokenSeconds * 1000);
    const refreshToken = `refresh-${hex(40, seed, "monogoto refresh", number)}`;
    refreshTokens.push(refreshToken);
    const body200 = {
      token: settings.twoFactor ? null : token,
      refreshToken,
      CustomerId: credentials.CustomerId,
      UserId: "user-1",
      UserName: credentials.UserName,
      Role: "Viewer",
      Realm: "customer",
      OrganizationId: "org-1",
      AccountSettings: { TwoFactorAuthentication: settings.twoFactor === true },
      ThingsGroupIds: [],
      UserProfile: { Permissions: {} },
    };
    return { status: 200, body: body200 };
  }

  /** `limit` and `offset` of a query; null when they are no numbers. */
  function cut(asked) {
    const limit = wholeNumber(asked.query.get("limit")) ?? 50;
    const offset = wholeNumber(asked.query.get("offset")) ?? 0;
    if (Number.isNaN(limit + offset) || limit < 1) {
      asked.violation("limit and offset are whole numbers");
      return null;
    }
    return { offset, limit: Math.min(limit, cap) };
  }

  /** The first parameter that is neither among `names` nor a sort or filter. */
  const unknown = (asked, names, brackets = false) =>
    [...asked.query.keys()].find(
      (name) => !names.includes(name) && !(brackets && /^(sortBy|filterBy)\[\w+\]$/.test(name)),
    );

  function things(asked) {
    const page = cut(asked);
    if (!page) return refusal(400, "Invalid input data");
    const fields = [...asked.query].filter(([name]) => name.startsWith("filterBy"));
    const rows = [];
    const count = fleet.count;
    // Without a filter only the page's own rows are made.
    const whole = fields.length > 0;
    const from = whole ? 0 : page.offset;
    const to = whole ? count : Math.min(count, page.offset + page.limit);
    for (let index = from; index < to; index += 1) {
      const sessions = fleet.sessions(index, asked.present);
      const row = thingRow(fleet, index, sessions, asked.present);
      const fits = fields.every(([name, value]) => String(row[name.slice(9, -1)]) === value);
      if (fits) rows.push(row);
    }
    const own = whole ? rows.slice(page.offset, page.offset + page.limit) : rows;
    return { status: 200, body: reordered(own) };
  }

  function status(asked) {
    const page = cut(asked);
    const ids = (asked.query.get("ThingIds") ?? "").split(",").filter((id) => id !== "");
    if (!page || ids.length === 0) return refusal(400, "Invalid input data");
    const answered = ids.filter(
      (_, at) => plural === "all" || at === 0 || (plural === "some" && at % 3),
    );
    const found = answered.map(indexOf).filter((index) => index !== null);
    if (found.length === 0) {
      return { status: 200, body: { Success: false, Message: "Thing not found", Data: [] } };
    }
    const rows = found
      .slice(page.offset, page.offset + page.limit)
      .map((index) =>
        statusRow(fleet, index, fleet.sessions(index, asked.present), credentials.CustomerId),
      );
    const body = { Success: true, Message: "Operation succeeded", Data: reordered(rows) };
    return { status: 200, body };
  }

  function search(asked) {
    if (asked.headers.apikey !== credentials.CustomerId) {
      asked.violation("searchCDR without the apikey header");
      return refusal(401);
    }
    const body = jsonBody(asked);
    const wrong = !body
      ? "the body is no JSON"
      : Object.keys(body).find((name) => !searchFields.includes(name));
    const limit = wholeNumber(String(body?.limit ?? "50")) ?? NaN;
    const [gte, lt] = ["gteTimestampELK", "ltTimestampELK"].map((name) => body?.[name] || null);
    const badTime = [gte, lt].some((time) => time !== null && !instant.test(String(time)));
    if (wrong || !(limit >= 1) || badTime) {
      asked.violation(wrong ?? (badTime ? "a time of the log's window is not ISO" : "limit"));
      return refusal(400, "Invalid input data");
    }
    const present = asked.present;
    const from = Math.max(gte ? Date.parse(gte) : -Infinity, present - retention);
    const to = lt ? Date.parse(lt) : Infinity;
    const fits = ({ at, kind }) =>
      at >= from && at < to && at <= present && kindFits(kind, body, words);
    const most = Math.min(limit, settings.mostHits ?? 1000, settings.pageSize ?? Infinity);
    const oldest = settings.order === "ascending";
    let rows;
    if (body.ThingIdELK) {
      const index = indexOf(body.ThingIdELK);
      rows = index === null ? [] : logOf(fleet, index, present).filter(fits);
      rows.sort((a, b) => (oldest ? a.at - b.at : b.at - a.at));
      rows = repeated(rows).slice(0, most);
    } else {
      const timesOf = (number) => (settings.repeat && number % 5 === 0 ? 2 : 1);
      const asking = { present, fits, timesOf };
      const { total } = oldest ? log.page({ ...asking, offset: 0, limit: 0 }) : { total: 0 };
      const offset = oldest ? Math.max(0, total - most) : 0;
      rows = log.page({ ...asking, offset, limit: most }).rows;
      if (oldest) rows.reverse();
    }
    if (body.SeverityELK) {
      rows = rows.filter((row) => hitOf(row, words)._source.Severity === body.SeverityELK);
    }
    return { status: 200, body: { hits: reordered(rows.map((row) => hitOf(row, words))) } };
  }

  function one(asked, id, answer) {
    const index = indexOf(id);
    if (index === null) return refusal(404, "Thing not found");
    return answer(index, fleet.sessions(index, asked.present));
  }

  const parameters = { things: ["limit", "offset"], status: ["ThingIds", "limit", "offset"] };
  const answers = {
    things,
    status,
    search,
    thing: (asked, [id]) =>
      one(asked, id, (index, sessions) => ({
        status: 200,
        body: thingRow(fleet, index, sessions, asked.present),
      })),
    state: (asked, [id]) =>
      one(asked, id, (index) =>
        text(200, fleet.sim(index).habit === "gone" ? "SUSPENDED" : "ACTIVE"),
      ),
  };

  function answer(asked) {
    const call = route(asked.method, asked.path);
    if (!call) {
      const reads = asked.method === "GET" && !/refreshConnection|ping|sms/i.test(asked.path);
      asked.violation(reads ? "no such path" : "a call with side effects");
      return refusal(reads ? 404 : 500, "Not found");
    }
    if (call.route === "signIn") return signIn(asked);
    const sent = /^Bearer (\S+)$/.exec(asked.headers.authorization ?? "")?.[1];
    if (!sent) asked.violation("no Bearer authorization");
    if (!((tokens.get(sent) ?? -Infinity) > asked.present)) return refusal(401);
    if (counter.count("account", asked.present).over) return refusal(429);
    const stranger = unknown(asked, parameters[call.route] ?? [], call.route === "things");
    if (stranger !== undefined) {
      asked.violation(`unknown parameter ${stranger}`);
      return refusal(400, "Invalid input data");
    }
    return answers[call.route](asked, call.params);
  }

  /** Sessions: those that a reading of the status tells of. Events: the rows of the log. */
  function truth(present) {
    const ids = { sims: [], sessions: [], events: [] };
    let openSessions = 0;
    for (let index = 0; index < fleet.count; index += 1) {
      ids.sims.push(thingIdOf(fleet, index));
      const sessions = fleet.sessions(index, present);
      const told = toldByStatus(fleet, index, sessions);
      if (told) ids.sessions.push(sessionNameOf(told));
      if (told?.end === null) openSessions += 1;
      for (const row of logOf(fleet, index, present)) {
        if (row.at >= present - retention) ids.events.push(row.name);
      }
    }
    const { sims: things, sessions, events } = ids;
    const counts = { sims: things.length, sessions: sessions.length, events: events.length };
    return { ...counts, openSessions, ids };
  }

  return startSimulator(
    {
      bases: { api: "" },
      allowHeaders: ["Accept", "Authorization", "apikey", "Content-Type"],
      exposeHeaders: ["Retry-After"],
      credentials,
      secrets: () => [credentials.Password, ...tokens.keys(), ...refreshTokens],
      answer,
      refusal: (status) => refusal(status),
      tooMany: () => refusal(429),
      truth,
      burst(n, present) {
        const marks = fleet.burst(n, present);
        return {
          events: marks.map(rowName),
          sessions: marks.map(({ session }) => sessionNameOf(session)),
          at: latest(marks, present),
        };
      },
      more: {
        revokeTokens() {
          for (const token of tokens.keys()) tokens.set(token, -Infinity);
        },
      },
    },
    settings,
  );
}
