import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ask, bearer, now } from "./asking.mjs";
import { start } from "./wayscloud.mjs";

const open = [];
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close();
});

async function begin(options = {}) {
  const simulator = await start({ now, ...options });
  open.push(simulator);
  const headers = bearer(simulator.credentials.apiKey);
  return { simulator, get: (path) => ask(simulator.baseUrls.api + path, { headers }) };
}

/** Reads by offset until an empty page. */
async function walk(get, path, key) {
  const rows = [];
  for (;;) {
    const { status, json } = await get(
      `${path}${path.includes("?") ? "&" : "?"}offset=${rows.length}`,
    );
    assert.equal(status, 200);
    if (json[key].length === 0) return rows;
    rows.push(...json[key]);
  }
}

test("walking the fleet's activity and every SIM gives exactly what the account holds", async () => {
  const { simulator, get } = await begin({ sims: 12, sessionsPerSim: 10, pageSize: 30, rate: {} });
  const truth = simulator.truth();
  const fleet = await walk(get, "/sims/activity?limit=100", "activity");
  assert.deepEqual(fleet.map(({ event_id }) => event_id).sort(), [...truth.ids.events].sort());
  const [sessions, events] = [[], []];
  for (const iccid of truth.ids.sims) {
    sessions.push(...(await walk(get, `/sims/${iccid}/sessions`, "sessions")));
    events.push(...(await walk(get, `/sims/${iccid}/activity`, "activity")));
  }
  assert.deepEqual(
    sessions.map(({ session_id }) => session_id).sort(),
    [...truth.ids.sessions].sort(),
  );
  assert.deepEqual(events.map(({ event_id }) => event_id).sort(), [...truth.ids.events].sort());
  assert.equal(sessions.filter(({ end_time }) => !end_time).length, truth.openSessions);
  assert.ok(
    sessions.some((row) => !("end_time" in row)) && sessions.some((row) => row.end_time === null),
  );
  const stamps = fleet.map(({ timestamp }) => timestamp);
  assert.notDeepEqual(stamps, [...stamps].sort().reverse(), "events are not sorted");
  assert.ok(fleet.some(({ network, current_network }) => !network && !current_network));
  assert.deepEqual(simulator.violations, []);
});

test("filters of the fleet's activity: type, SIM, device, days", async () => {
  const { get } = await begin({ rate: {} });
  const all = (path) => walk(get, `/sims/activity?limit=100&${path}`, "activity");
  const changes = await all("event_type=network_change");
  assert.ok(
    changes.length > 0 && changes.every((row) => row.previous_network && row.current_network),
  );
  const { iccid, device_id } = changes[0];
  const own = await all(`iccid=${iccid}`);
  assert.ok(own.length > 5 && own.every((row) => row.iccid === iccid));
  assert.deepEqual(await all(`device_id=${device_id}`), own);
  assert.deepEqual(await all(`device_id=${device_id}&iccid=0`), []);
  const days = await all("start_date=2026-05-10&end_date=2026-05-11");
  assert.deepEqual([...new Set(days.map(({ timestamp }) => timestamp.slice(0, 10)))].sort(), [
    "2026-05-10",
    "2026-05-11",
  ]);
  const { json } = await get("/sims/activity?limit=7&offset=3");
  assert.deepEqual([json.limit, json.offset, json.activity.length], [7, 3, 7]);
  assert.equal(json.total, (await all("")).length);
});

test("total and summary of the page or of everything; the last day in or out", async () => {
  const grand = await begin();
  const [iccid] = grand.simulator.truth().ids.sims;
  const path = `/sims/${iccid}/sessions?limit=5`;
  const whole = (await grand.get(path)).json;
  assert.ok(whole.total > 5 && whole.summary.total_sessions === whole.total);
  const paged = await begin({ total: "page", summary: "page" });
  const page = (await paged.get(path)).json;
  assert.deepEqual([page.total, page.summary.total_sessions], [5, 5]);
  const exclusive = await begin({ endDate: "exclusive" });
  const one = `/sims/${iccid}/sessions?start_date=2026-05-01&end_date=2026-05-19`;
  const last = ({ json }) => json.sessions[0].start_time.slice(0, 10);
  const shorter = `/sims/${iccid}/sessions?start_date=2026-05-01&end_date=2026-05-20`;
  assert.ok(last(await exclusive.get(shorter)) <= "2026-05-19");
  assert.equal(last(await exclusive.get(shorter)), last(await grand.get(one)));
});

test("keys: a bearer or a header; refused ones have the vendor's shapes", async () => {
  const { simulator } = await begin();
  const { apiKey, secondKey } = simulator.credentials;
  const [iccid] = simulator.truth().ids.sims;
  const status = async (headers) =>
    (await ask(`${simulator.baseUrls.api}/sims/${iccid}/sessions`, { headers })).status;
  assert.equal(await status(bearer(apiKey)), 200);
  assert.equal(await status(bearer(secondKey)), 200);
  assert.equal(await status({ "X-API-Key": apiKey }), 200);
  assert.equal(await status(bearer(simulator.otherServiceKey())), 403);
  for (const wrong of [`bearer ${apiKey}`, `Bearer  ${apiKey}`, apiKey, "Bearer no"]) {
    assert.equal(await status({ Authorization: wrong }), 401, wrong);
  }
  const { json } = await ask(`${simulator.baseUrls.api}/sims/activity`);
  assert.equal(json.error.code, "AUTH_FAILED");
});

test("bad parameters are refused; a limit above 100 is refused or cut", async () => {
  const { simulator, get } = await begin();
  const [iccid] = simulator.truth().ids.sims;
  for (const [path, status] of [
    [`/sims/${iccid}/activity?start_date=2026-01-01`, 400],
    ["/sims/activity?Limit=5", 400],
    ["/sims/activity?limit=x", 400],
    ["/sims/activity?start_date=2026-1-1", 400],
    ["/sims/activity?limit=101", 422],
    ["/sims/abc/sessions", 422],
    ["/sims/8999/sessions", 404],
    ["/sims", 404],
    ["/devices/iot_dev_none/sim", 404],
  ]) {
    const answer = await get(path);
    assert.equal(answer.status, status, path);
    assert.ok(answer.json.error ?? answer.json.detail, path);
  }
  assert.deepEqual((await get("/sims/activity?limit=x")).json.error.details, {
    ...{ field: "limit", provided: "x", expected: "integer" },
  });
  const cut = await begin({ limitAbove: "cut" });
  assert.equal((await cut.get("/sims/activity?limit=1000")).json.activity.length, 100);
});

test("500 requests a minute; then 429 until the next minute", async () => {
  const { simulator, get } = await begin({ rate: { perMinute: 3 } });
  simulator.advance(20_000);
  const billing = "/sims/billing";
  for (let time = 0; time < 3; time += 1) assert.equal((await get(billing)).status, 200);
  const over = await get(billing);
  assert.deepEqual([over.status, over.headers.get("retry-after")], [429, "40"]);
  simulator.advance(40_000);
  assert.equal((await get(billing)).status, 200);
});

test("devices tell their SIM, or that they have none; bills name every SIM", async () => {
  const { simulator, get } = await begin();
  const { activity } = (await get("/sims/activity?limit=1")).json;
  const [{ device_id, iccid }] = activity;
  assert.equal((await get(`/devices/${device_id}/sim`)).json.sim.iccid, iccid);
  assert.equal((await get("/devices/iot_dev_spare/sim")).json.sim, null);
  for (const [kind, key] of [
    ["sessions", "sessions"],
    ["activity", "activity"],
  ]) {
    const own = (await get(`/sims/${iccid}/${kind}?limit=3`)).json;
    assert.deepEqual((await get(`/devices/${device_id}/sim/${kind}?limit=3`)).json, own);
    assert.equal(own[key].length, 3);
  }
  const bill = (await get("/sims/billing")).json;
  assert.deepEqual(
    bill.by_sim.map((row) => row.iccid),
    simulator.truth().ids.sims,
  );
  assert.equal(bill.billing_period.start_date, "2026-05-01");
});

test("a burst stands before everything older, each event once more or less", async () => {
  const { simulator, get } = await begin({ repeat: true, shuffle: true });
  const before = simulator.truth();
  simulator.advance(30_000);
  const { events } = simulator.burst(12);
  const after = simulator.truth();
  assert.deepEqual(
    after.ids.events.filter((id) => !before.ids.events.includes(id)).sort(),
    [...events].sort(),
  );
  const ids = ({ json }) => json.activity.map(({ event_id }) => event_id);
  const first = ids(await get("/sims/activity?limit=20"));
  assert.ok(events.every((id) => first.includes(id)));
  assert.ok(new Set(first).size < 20, "some rows came twice");
  const again = ids(await get("/sims/activity?limit=20"));
  assert.notDeepEqual(again, first);
  assert.deepEqual([...again].sort(), [...first].sort());
});
