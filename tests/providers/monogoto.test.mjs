import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ask, bearer, now, posted } from "./asking.mjs";
import { start } from "./monogoto.mjs";

const day = 86_400_000;
const open = [];
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close();
});

async function begin(options = {}) {
  const simulator = await start({ now, ...options });
  open.push(simulator);
  const base = simulator.baseUrls.api;
  const { UserName, Password } = simulator.credentials;
  const signed = await ask(`${base}/Auth`, posted({ UserName, Password }));
  const headers = { ...bearer(signed.json.token), apikey: signed.json.CustomerId };
  const get = (path) => ask(base + path, { headers });
  const search = (body, own = headers) => ask(`${base}/thing/searchCDR`, posted(body, own));
  return { simulator, base, signed, headers, get, search };
}

const times = ({ _source }) => _source.Timestamp;

test("signing in takes PascalCase names, and refuses in plain text", async () => {
  const { simulator, base, signed } = await begin();
  assert.equal(signed.json.CustomerId, simulator.credentials.CustomerId);
  assert.ok(simulator.secrets.includes(signed.json.token));
  const { UserName, Password } = simulator.credentials;
  const wrong = await ask(`${base}/Auth`, posted({ UserName, Password: "no" }));
  assert.deepEqual([wrong.status, wrong.text, wrong.json], [401, "Access denied", undefined]);
  await ask(`${base}/Auth`, posted({ username: UserName, password: Password }));
  assert.equal(simulator.violations.length, 1);
});

test("a token ends", async () => {
  const { simulator, get } = await begin({ tokenSeconds: 60 });
  simulator.advance(59_999);
  assert.equal((await get("/things")).status, 200);
  simulator.advance(1);
  assert.equal((await get("/things")).status, 401);
});

test("things come 50 at a time as a bare array; walking gives all", async () => {
  const { simulator, get } = await begin({ sims: 120 });
  const ids = [];
  for (let offset = 0; ; offset += 50) {
    const { json } = await get(`/things?limit=1000&offset=${offset}`);
    ids.push(...json.map(({ ThingId }) => ThingId));
    if (json.length < 50) break;
  }
  assert.deepEqual(ids, simulator.truth().ids.sims);
  const named = encodeURIComponent("filterBy[ThingName]");
  const { ThingName } = (await get("/things?limit=1")).json[0];
  assert.equal((await get(`/things?${named}=${encodeURIComponent(ThingName)}`)).json.length, 1);
  assert.equal((await get("/things?page=2")).status, 400);
});

test("the status of several things: all, the first, or some of them", async () => {
  for (const [plural, count] of [
    ["all", 9],
    ["first", 1],
    ["some", 7],
  ]) {
    const { simulator, get } = await begin({ plural, sims: 9 });
    const list = simulator.truth().ids.sims.join();
    const { json } = await get(`/thing/status?ThingIds=${list}`);
    assert.deepEqual([json.Success, json.Data.length], [true, count], plural);
  }
});

test("the status holds the vendor's oddities and tells what truth counts", async () => {
  const { simulator, get } = await begin();
  const truth = simulator.truth();
  const { Data } = (await get(`/thing/status?ThingIds=${truth.ids.sims.join()}`)).json;
  const connected = Data.filter(({ ConnectionStatus }) => ConnectionStatus === "CONNECTED");
  assert.equal(connected.length, truth.openSessions);
  const told = Data.filter(
    ({ ConnectionStatus, LastConnectionTime }) =>
      ConnectionStatus === "CONNECTED" || LastConnectionTime,
  );
  assert.equal(told.length, truth.sessions);
  assert.ok(connected.some(({ ActiveSessions }) => Array.isArray(ActiveSessions)));
  assert.ok(connected.some(({ ActiveSessions }) => ActiveSessions.ActiveSessionId));
  assert.ok(connected.some(({ LastConnectionTime }) => LastConnectionTime === null));
  assert.ok(Data.some(({ LastConnectionTime }) => /^\d{13}$/.test(LastConnectionTime)));
  const unknown = await get("/thing/status?ThingIds=ThingId_ICCID_1");
  assert.deepEqual([unknown.status, unknown.json.Success], [200, false]);
  assert.equal((await get("/thing/status")).status, 400);
  assert.equal((await get("/thing/status?ThingId=x")).status, 400);
});

test("a thing tells its place in kilometres, its state in plain text", async () => {
  const { simulator, get } = await begin();
  const [id] = simulator.truth().ids.sims;
  const { json } = await get(`/thing/${id}`);
  assert.equal(json.ThingId, id);
  assert.ok(json.LastLocation.AccuracyInKM < 10);
  assert.equal(typeof json.LastLocation.MCC, "string");
  const state = await get(`/thing/${id}/state`);
  assert.deepEqual([state.text, state.json], ["ACTIVE", undefined]);
  assert.equal((await get("/thing/ThingId_ICCID_1")).status, 404);
});

for (const order of ["descending", "ascending"]) {
  test(`the log of a thing, ${order}, in a half-open window, up to the limit`, async () => {
    const { simulator, search } = await begin({ order });
    const [ThingIdELK] = simulator.truth().ids.sims;
    const window = (from, to) => ({
      gteTimestampELK: new Date(from).toISOString(),
      ltTimestampELK: new Date(to).toISOString(),
    });
    const all = (await search({ ThingIdELK, ...window(now - 90 * day, now + 1), limit: "1000" }))
      .json.hits;
    const sorted = all.map(times).sort((a, b) => (order === "ascending" ? a - b : b - a));
    assert.deepEqual(all.map(times), sorted);
    const few = (await search({ ThingIdELK, limit: "5" })).json.hits;
    assert.deepEqual(few, all.slice(0, 5));
    const [from, to] = [times(all[3]), times(all[9])].sort((a, b) => a - b);
    const part = (await search({ ThingIdELK, ...window(from, to), limit: 50 })).json.hits;
    const expected = all.filter((hit) => times(hit) >= from && times(hit) < to);
    assert.deepEqual(part, expected);
    assert.ok(part.some((hit) => times(hit) === from) && part.every((hit) => times(hit) !== to));
  });
}

test("the log of all things, by halving windows, is what truth counts", async () => {
  const { simulator, search } = await begin({
    sims: 20,
    sessionsPerSim: 10,
    repeat: true,
    shuffle: true,
  });
  simulator.advance(5000);
  simulator.burst(7);
  const seen = new Set();
  const read = async (from, to) => {
    const { json } = await search({
      ...{ ThingIdELK: "", SeverityELK: "", EsDataTypeELK: "", MessageTypeELK: "", limit: "50" },
      gteTimestampELK: new Date(from).toISOString(),
      ltTimestampELK: new Date(to).toISOString(),
    });
    if (json.hits.length < 50) return json.hits.forEach((hit) => seen.add(JSON.stringify(hit)));
    const middle = Math.floor((from + to) / 2);
    await read(from, middle);
    await read(middle, to);
  };
  await read(now - 90 * day, now + 10_000);
  assert.equal(seen.size, simulator.truth().events);
});

test("the log needs the apikey, JSON, ISO times and known fields", async () => {
  const { simulator, search, headers } = await begin();
  assert.equal(
    (await search({ limit: "5" }, { Authorization: headers.Authorization })).status,
    401,
  );
  assert.equal((await search({ Limit: "5" })).status, 400);
  assert.equal((await search({ gteTimestampELK: String(now) })).status, 400);
  assert.equal((await search({ limit: "0" })).status, 400);
  assert.equal(simulator.violations.length, 4);
  const sms = (await search({ EsDataTypeELK: "MT_SMS", limit: "1000" })).json.hits;
  assert.ok(sms.length > 0 && sms.every(({ _source }) => _source.EsDataType === "MT_SMS"));
});

test("calls with side effects are recorded and refused", async () => {
  const { simulator, base, headers } = await begin();
  const [id] = simulator.truth().ids.sims;
  for (const [method, path] of [
    ["POST", `/thing/${id}/refreshConnection`],
    ["GET", `/thing/${id}/ping`],
    ["PUT", "/thing/update"],
    ["POST", "/report-template"],
  ]) {
    assert.equal((await ask(base + path, { method, headers })).status, 500, path);
  }
  assert.ok(simulator.violations.every(({ what }) => what === "a call with side effects"));
  assert.equal(simulator.violations.length, 4);
});
