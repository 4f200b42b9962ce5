import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ask, now, posted } from "./asking.mjs";
import { start } from "./soracom.mjs";

const day = 86_400_000;
const open = [];
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close();
});

async function begin(options = {}) {
  const simulator = await start({ now, ...options });
  open.push(simulator);
  const base = simulator.baseUrls.api;
  const { authKeyId, authKey } = simulator.credentials;
  const signed = await ask(`${base}/auth`, posted({ authKeyId, authKey }));
  const headers = headersOf(signed.json);
  const get = (path) => ask(base + path, { headers });
  const post = (path, body) => ask(base + path, posted(body, headers));
  return { simulator, base, signed, headers, get, post };
}

const headersOf = ({ apiKey, token }) => ({
  "X-Soracom-API-Key": apiKey,
  "X-Soracom-Token": token,
});

/** Follows the header key, or with `fallback` the key that the last row gives, to the end. */
async function walk(get, path, fallback = null) {
  const rows = [];
  let pages = 0;
  for (let key = ""; key !== null; pages += 1) {
    const more = key === "" ? "" : `${path.includes("?") ? "&" : "?"}last_evaluated_key=${key}`;
    const { status, json, headers } = await get(path + more);
    assert.equal(status, 200);
    rows.push(...json);
    const next = headers.get("x-soracom-next-key");
    key = fallback
      ? json.length
        ? fallback(json.at(-1))
        : null
      : next && encodeURIComponent(next);
    if (next) assert.match(headers.get("link"), /^<\/v1\/.+last_evaluated_key=.+>; rel=next$/);
  }
  return { rows, pages };
}

/** The names that `truth()` gives to a session's and an event's rows. */
const sessionName = ({ sessionId, imsi, createdTime }) =>
  sessionId ?? `${imsi} ${new Date(createdTime).toISOString()}`;
const eventName = (event) => `${sessionName(event)} ${event.event} ${event.time}`;

for (const [how, options, keys] of [
  ["the header's key", {}, {}],
  ["an opaque header key", { opaqueKeys: true }, {}],
  [
    "the last row's key",
    { opaqueKeys: true, shuffle: true },
    { sims: ({ simId }) => simId, events: ({ time }) => time, imsis: ({ imsi }) => imsi },
  ],
]) {
  test(`every page by ${how} gives exactly what the account holds`, async () => {
    const { simulator, get } = await begin({ sims: 24, pageSize: 9, ...options });
    const truth = simulator.truth();
    const sims = await walk(get, "/sims", keys.sims);
    assert.equal(sims.pages, keys.sims ? 4 : 3);
    assert.deepEqual(sims.rows.map(({ simId }) => simId).sort(), [...truth.ids.sims].sort());
    const events = [];
    const sessions = new Set();
    for (const { simId, sessionStatus, previousSession } of sims.rows) {
      const path = `/sims/${simId}/events/sessions`;
      events.push(...(await walk(get, path, keys.events)).rows);
      if (previousSession) sessions.add(sessionName(previousSession));
      if (sessionStatus?.sessionId) sessions.add(sessionStatus.sessionId);
    }
    assert.deepEqual(events.map(eventName).sort(), [...truth.ids.events].sort());
    for (const event of events) sessions.add(sessionName(event));
    // An open session of the old kind is told of by its events alone: its state has neither id nor start.
    assert.deepEqual([...sessions].sort(), [...truth.ids.sessions].sort());
    const online = sims.rows.filter(({ sessionStatus }) => sessionStatus?.online);
    assert.equal(online.length, truth.openSessions);
    const imsis = await walk(get, "/subscribers?limit=100", keys.imsis);
    assert.ok(imsis.rows.length > truth.sims, "a SIM with several IMSIs");
    assert.equal(new Set(imsis.rows.map(({ imsi }) => imsi)).size, imsis.rows.length);
    assert.deepEqual(simulator.violations, []);
  });
}

test("the events have the oddities that the vendor's have", async () => {
  const { get, simulator } = await begin();
  const sims = (await get("/sims")).json;
  const events = [];
  for (const { simId } of sims) {
    const { rows } = await walk(get, `/sims/${simId}/events/sessions`);
    const times = rows.map(({ time }) => time);
    assert.equal(new Set(times).size, times.length);
    events.push(...rows);
  }
  const kinds = new Set(events.map(({ event }) => event));
  assert.deepEqual([...kinds].sort(), ["Created", "Deleted", "Modified"]);
  assert.ok(events.every(({ createdTime }) => typeof createdTime === "string"));
  assert.ok(sims.some(({ sessionStatus }) => sessionStatus === null));
  assert.ok(sims.some(({ simId, profiles }) => !(simId in profiles)));
  assert.ok(sims.some(({ previousSession }) => previousSession?.deletedTime < now - 32 * day));
  const previous = sims.map(({ previousSession }) => previousSession).filter(Boolean);
  assert.ok(previous.every(({ createdTime }) => typeof createdTime === "number"));
  const of = (kind) => events.filter(({ event }) => event === kind);
  const ended = new Map(of("Deleted").map((event) => [sessionName(event), event]));
  const late = of("Created").filter(({ time, imsi }) =>
    [...ended.values()].some(
      (end) => end.imsi === imsi && end.time > time && Date.parse(end.createdTime) < time - 5000,
    ),
  );
  assert.ok(late.length > 0, "a Deleted after the next Created");
  const lost = of("Created").filter((event) => !ended.has(sessionName(event)));
  assert.ok(lost.length > simulator.truth().openSessions, "a lost Deleted");
  assert.ok(events.some((event) => !event.cell) && events.some((event) => event.cell?.lac));
});

test("three kinds of sign-in, a one-time code, and how long a token may last", async () => {
  const { simulator, base } = await begin({ mfa: "123456" });
  const { email, password, operatorId, userName, authKeyId } = simulator.credentials;
  const signIn = (body) => ask(`${base}/auth`, posted(body));
  assert.equal((await signIn({ email, password })).status, 401);
  const root = await signIn({ email, password, mfaOTPCode: "123456" });
  assert.deepEqual(Object.keys(root.json), ["apiKey", "token", "operatorId"]);
  const sam = { operatorId, userName, password, mfaOTPCode: "123456" };
  assert.equal((await signIn({ ...sam, tokenTimeoutSeconds: 180 })).json.userName, userName);
  for (const tokenTimeoutSeconds of [179, 172_801, "200"]) {
    assert.equal((await signIn({ ...sam, tokenTimeoutSeconds })).status, 400);
  }
  assert.equal((await signIn({ authKeyId, authKey: "no" })).status, 401);
  assert.equal((await signIn({ authKeyId })).status, 400);
  assert.ok(simulator.secrets.includes(root.json.token));
});

test("a token ends, is renewed in time, and is gone after signing out", async () => {
  const { simulator, get, base, headers, post, signed } = await begin({ tokenSeconds: 600 });
  const renewing = `/operators/${signed.json.operatorId}/token`;
  simulator.advance(599_000);
  const { json } = await post(renewing, { tokenTimeoutSeconds: 180 });
  simulator.advance(1000);
  const late = await get("/sims");
  assert.deepEqual([late.status, Object.keys(late.json)], [401, ["code", "message"]]);
  assert.equal((await post(renewing, { tokenTimeoutSeconds: 180 })).status, 400);
  const renewed = { ...headers, "X-Soracom-Token": json.token };
  const sims = () => ask(`${base}/sims`, { headers: renewed });
  assert.equal((await sims()).status, 200);
  const out = await ask(`${base}/auth/logout`, { method: "POST", headers: renewed });
  assert.deepEqual([out.status, out.text], [204, ""]);
  assert.equal((await sims()).status, 401);
});

test("seconds for milliseconds and the reverse ask for a window with nothing in it", async () => {
  const { get } = await begin();
  const { simId } = (await get("/sims")).json[0];
  const events = (from, to) => get(`/sims/${simId}/events/sessions?from=${from}&to=${to}`);
  assert.ok((await events(now - 20 * day, now)).json.length > 0);
  assert.deepEqual((await events((now - 20 * day) / 1000, now / 1000)).json, []);
  const stats = (from, to) => get(`/stats/air/sims/${simId}?from=${from}&to=${to}&period=day`);
  assert.ok((await stats((now - 20 * day) / 1000, now / 1000)).json.length > 5);
  const far = await stats(now - 20 * day, now);
  assert.deepEqual([far.status, far.json], [200, []]);
  assert.equal((await get(`/stats/air/sims/${simId}?from=1&to=2`)).status, 400);
});

test("the limit counts per path and minute, and tells itself in headers", async () => {
  const { simulator, get } = await begin({ rate: { perMinute: 2 } });
  const left = async (path) => {
    const { status, headers } = await get(path);
    return [status, headers.get("x-soracom-ratelimit-remaining")];
  };
  assert.deepEqual(await left("/sims"), [200, "1"]);
  assert.deepEqual(await left("/sims"), [200, "0"]);
  assert.deepEqual(await left("/sims"), [429, "0"]);
  assert.deepEqual(await left("/subscribers"), [200, "1"]);
  simulator.advance(60_000);
  assert.deepEqual(await left("/sims"), [200, "1"]);
});

test("searching shows ten at first, at most 100, and wants two characters", async () => {
  const { get } = await begin({ sims: 120 });
  assert.equal((await get("/query/sims")).json.length, 10);
  assert.equal((await get("/query/sims?limit=100")).json.length, 100);
  assert.equal((await get("/query/sims?limit=101")).status, 400);
  assert.equal((await get("/query/sims?name=a")).status, 400);
  const pumps = (await get("/query/sims?name=PUMP&limit=100")).json;
  assert.ok(pumps.length > 0 && pumps.every(({ tags }) => tags.name.startsWith("Pump")));
  const online = (await get("/query/sims?session_status=ONLINE&limit=100")).json;
  assert.ok(online.every(({ sessionStatus }) => sessionStatus.online));
  const none = (await get("/query/sims?session_status=NA&limit=100")).json;
  assert.ok(none.length > 0 && none.every(({ sessionStatus }) => sessionStatus === null));
});

test("parameters that a call does not have are refused and recorded", async () => {
  const { simulator, get, post } = await begin();
  for (const path of ["/sims?Limit=5", "/sims?offset=5", "/subscribers?limit=1000"]) {
    const { status, json } = await get(path);
    assert.deepEqual([status, Object.keys(json)], [400, ["code", "message"]], path);
  }
  assert.equal((await get("/sims/8999")).status, 404);
  assert.equal((await post("/sims/8999/terminate", {})).status, 404);
  assert.equal(simulator.violations.length, 4);
});

test("cells are looked up singly and together, in strings", async () => {
  const { get, post } = await begin();
  const sims = (await get("/sims")).json;
  const cells = sims.map(({ sessionStatus }) => sessionStatus?.cell).filter((cell) => cell?.eci);
  const asked = cells.map(({ mcc, mnc, tac, eci }, at) => ({
    ...{ mcc: String(mcc), mnc: String(mnc), tac: String(tac), eci: String(eci) },
    identifier: `cell ${at}`,
  }));
  const { json } = await post("/cell_locations", asked);
  assert.ok(json.length > 0 && json.length < asked.length, "some towers are unknown");
  const answers = new Map(json.map((row) => [row.identifier, row]));
  for (const { identifier, ...cell } of asked) {
    const one = await get(`/cell_locations?${new URLSearchParams(cell)}`);
    assert.equal(one.status, answers.has(identifier) ? 200 : 404);
    if (one.status === 200) assert.deepEqual({ ...one.json, identifier }, answers.get(identifier));
  }
  assert.equal((await post("/cell_locations", [{ ...asked[0], mcc: 440 }])).status, 400);
});

test("a burst adds events at the present instant, also to the state of the SIMs", async () => {
  const { simulator, get } = await begin({ sims: 12, repeat: true, shuffle: true });
  const before = simulator.truth();
  simulator.advance(30_000);
  const { events } = simulator.burst(15);
  const after = simulator.truth();
  assert.equal(new Set(events).size, 15);
  assert.deepEqual(
    after.ids.events.filter((id) => !before.ids.events.includes(id)).sort(),
    [...events].sort(),
  );
  const seen = [];
  let online = 0;
  for (const { simId, sessionStatus } of (await get("/sims")).json.filter(unique())) {
    seen.push(...(await walk(get, `/sims/${simId}/events/sessions`)).rows.map(eventName));
    online += sessionStatus?.online ? 1 : 0;
  }
  assert.ok(new Set(seen).size < seen.length, "some rows came twice");
  assert.deepEqual([...new Set(seen)].sort(), [...after.ids.events].sort());
  assert.equal(online, after.openSessions);
});

function unique() {
  const seen = new Set();
  return ({ simId }) => !seen.has(simId) && seen.add(simId);
}
