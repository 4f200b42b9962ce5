import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ask, basic, bearer, now } from "./asking.mjs";
import { start as startKore } from "./kore.mjs";
import { start as startTwilio } from "./twilio.mjs";

const open = [];
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close();
});

async function twilio(options = {}) {
  const simulator = await startTwilio({ now, ...options });
  open.push(simulator);
  const { keySid, keySecret } = simulator.credentials;
  const headers = basic(keySid, keySecret);
  return { simulator, get: getter(simulator.baseUrls.api, headers) };
}

const getter = (base, headers) => (path) =>
  ask(path.startsWith("http") ? path : base + path, { headers });

const form = (fields) => ({
  method: "POST",
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams(fields).toString(),
});

async function kore(options = {}) {
  const simulator = await startKore({ now, ...options });
  open.push(simulator);
  const url = `${simulator.baseUrls.auth}/auth/token`;
  const token = await ask(
    url,
    form({ grant_type: "client_credentials", ...simulator.credentials }),
  );
  const headers = bearer(token.json.access_token);
  return { simulator, url, token, get: getter(simulator.baseUrls.api, headers) };
}

/** Follows `next_page_url` to its end. */
async function walk(get, path, key) {
  const rows = [];
  let pages = 0;
  for (let url = path; url; pages += 1) {
    const { status, json } = await get(url);
    assert.equal(status, 200);
    assert.equal(json.meta.key, key);
    rows.push(...json[key]);
    url = json.meta.next_page_url;
  }
  return { rows, pages };
}

/** The names that `truth()` gives to rows of one SIM. */
function names(rows) {
  const count = (sid) => rows.filter((row) => row.sid === sid).length;
  return rows.map(({ sid, sim_sid, start }) =>
    sid !== null && count(sid) === 1 ? sid : `${sid ?? ""}/${sim_sid}/${start}`,
  );
}

for (const [vendor, begin] of [
  ["twilio", twilio],
  ["kore", kore],
]) {
  test(`${vendor}: walking every page gives exactly what the account holds`, async () => {
    const { simulator, get } = await begin({ sims: 40, pageSize: 7 });
    const truth = simulator.truth();
    const sims = await walk(get, "/Sims?PageSize=1000", "sims");
    assert.equal(sims.pages, 6);
    assert.deepEqual(sims.rows.map(({ sid }) => sid).sort(), [...truth.ids.sims].sort());
    const found = [];
    let openSessions = 0;
    for (const { sid } of sims.rows) {
      const { rows } = await walk(get, `/Sims/${sid}/DataSessions`, "data_sessions");
      found.push(...names(rows));
      openSessions += rows.filter(({ end }) => end === null).length;
      for (const row of rows) {
        assert.ok(row.end === null || Date.parse(row.end) >= now - 30 * 86_400_000);
        assert.ok(Date.parse(row.start) <= Date.parse(row.last_updated));
      }
    }
    assert.deepEqual(found.sort(), [...truth.ids.sessions].sort());
    assert.equal(openSessions, truth.openSessions);
    assert.deepEqual(simulator.violations, []);
  });

  test(`${vendor}: the fleet has the oddities that published samples have`, async () => {
    const { get, simulator } = await begin({ sims: 40 });
    const rows = [];
    for (const sid of simulator.truth().ids.sims) {
      rows.push(...(await get(`/Sims/${sid}/DataSessions?PageSize=1000`)).json.data_sessions);
    }
    for (const [what, odd] of Object.entries({
      "no sid": ({ sid }) => sid === null,
      "a number for the MCC": ({ operator_mcc }) => typeof operator_mcc === "number",
      "no operator": ({ operator_name }) => operator_name === "",
      "an empty place": ({ cell_location_estimate: at }) => at && Object.keys(at).length === 0,
      "a place at 0, 0": ({ cell_location_estimate: at }) => at?.lat === 0,
      "a null place": ({ cell_location_estimate: at }) => at === null,
      "an open session": ({ end }) => end === null,
      "no imei field": (row) => !("imei" in row),
      "a field that nobody knows": (row) => "is_5g" in row,
    })) {
      assert.ok(rows.some(odd), what);
    }
    const sids = rows.map(({ sid }) => sid).filter((sid) => sid !== null);
    assert.ok(new Set(sids).size < sids.length, "a repeated sid");
  });
}

test("twilio: both kinds of credentials sign in, others get 401 with code 20003", async () => {
  const { simulator } = await twilio();
  const { accountSid, authToken, keySid, keySecret } = simulator.credentials;
  const status = async (headers) =>
    (await ask(`${simulator.baseUrls.api}/Sims`, { headers })).status;
  assert.equal(await status(basic(accountSid, authToken)), 200);
  assert.equal(await status(basic(keySid, keySecret)), 200);
  for (const headers of [{}, basic(accountSid, keySecret), basic(keySid, ""), bearer(authToken)]) {
    assert.equal(await status(headers), 401);
  }
  const { json } = await ask(`${simulator.baseUrls.api}/Sims`);
  assert.deepEqual([json.code, json.status], [20003, 401]);
});

test("twilio: bad parameters, sizes, paths and casings are refused with their codes", async () => {
  const { simulator, get } = await twilio();
  const [sid] = simulator.truth().ids.sims;
  for (const [path, status, code] of [
    ["/Sims?pageSize=5", 400, 20001],
    ["/Sims?Foo=1", 400, 20001],
    [`/Sims/${sid}/DataSessions?Start=2026-01-01T00:00:00Z`, 400, 20001],
    [`/Sims/${sid}/DataSessions?PageSize=1001`, 400, 20007],
    ["/Sims?PageSize=0", 400, 20007],
    ["/Sims?Status=online", 400, 20001],
    ["/sims", 404, 20404],
    [`/Sims/${sid}/datasessions`, 404, 20404],
    ["/Sims/DE00000000000000000000000000000000/DataSessions", 404, 20404],
    ["/Sims/HS00000000000000000000000000000000", 404, 20404],
    [`/Sims/${sid}/UsageRecords?Granularity=weekly`, 400, 20001],
  ]) {
    const answer = await get(path);
    assert.deepEqual([answer.status, answer.json.code], [status, code], path);
    assert.equal(answer.json.status, status);
  }
  assert.ok(simulator.violations.length >= 6);
  assert.equal((await get(`/Sims/${sid}/DataSessions?PageSize=1000`)).status, 200);
});

test("twilio: a page number without its token does not advance; the token goes back too", async () => {
  const { get } = await twilio({ sims: 12 });
  const first = (await get("/Sims?PageSize=5")).json;
  assert.deepEqual((await get("/Sims?PageSize=5&Page=1")).json.sims, first.sims);
  const second = (await get(first.meta.next_page_url)).json;
  assert.notDeepEqual(second.sims, first.sims);
  assert.equal(second.meta.page, 1);
  assert.deepEqual((await get(second.meta.previous_page_url)).json.sims, first.sims);
  assert.equal((await get("/Sims?PageSize=5&Page=1&PageToken=PAno")).status, 400);
});

test("twilio: one SIM by sid or name, SIMs by ICCID, usage by day", async () => {
  const { simulator, get } = await twilio();
  const { json } = await get("/Sims");
  const named = json.sims.find(({ unique_name }) => unique_name);
  assert.deepEqual((await get(`/Sims/${named.sid}`)).json, named);
  assert.deepEqual((await get(`/Sims/${encodeURIComponent(named.unique_name)}`)).json, named);
  assert.deepEqual((await get(`/Sims?Iccid=${named.iccid}`)).json.sims, [named]);
  const sid = simulator.truth().ids.sims[3];
  const usage =
    "UsageRecords?Granularity=daily&Start=2026-05-01T00:00:00Z&End=2026-05-11T00:00:00Z";
  const days = (await get(`/Sims/${sid}/${usage}`)).json.usage_records;
  assert.equal(days.length, 10);
  assert.ok(days.some(({ data }) => data.total > 2 ** 32));
  const all = (await get(`/UsageRecords?PageSize=2`)).json.usage_records;
  assert.equal(all.length, 1);
  assert.equal(all[0].sim_sid, null);
});

test("twilio: too many requests at once get 429 with code 20429", async () => {
  const { get } = await twilio({ rate: { concurrent: 2 }, latencyMs: 40 });
  const answers = await Promise.all([1, 2, 3, 4].map(() => get("/Sims")));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 429, 429]);
  assert.equal(answers.find(({ status }) => status === 429).json.code, 20429);
});

test("twilio: a burst starts and ends sessions, and truth follows", async () => {
  const { simulator, get } = await twilio({ sims: 12 });
  const before = simulator.truth();
  simulator.advance(3_600_000);
  const { sessions } = simulator.burst(20);
  const after = simulator.truth();
  assert.equal(sessions.length, 20);
  const fresh = after.ids.sessions.filter((id) => !before.ids.sessions.includes(id));
  assert.ok(fresh.length > 0 && fresh.every((id) => sessions.includes(id)));
  const rows = [];
  for (const sid of after.ids.sims) {
    rows.push(...names((await get(`/Sims/${sid}/DataSessions?PageSize=1000`)).json.data_sessions));
  }
  assert.deepEqual(rows.sort(), [...after.ids.sessions].sort());
});

test("kore: the token endpoint takes a form with client credentials, and says no in its own shapes", async () => {
  const { simulator, url, token } = await kore({ tokenSeconds: 1800 });
  assert.deepEqual(Object.keys(token.json), ["access_token", "expires_in", "token_type", "scope"]);
  assert.equal(token.json.expires_in, 1800);
  assert.ok(simulator.secrets.includes(token.json.access_token));
  const grant = { grant_type: "client_credentials", ...simulator.credentials };
  const wrong = await ask(url, form({ ...grant, client_secret: "no" }));
  assert.equal(wrong.status, 401);
  assert.deepEqual(Object.keys(wrong.json), ["error", "error_description"]);
  assert.equal((await ask(url, form({ ...grant, grant_type: "password" }))).status, 400);
  const json = { method: "POST", body: JSON.stringify(grant) };
  assert.equal((await ask(url, json)).status, 400);
  assert.equal((await ask(url)).status, 405);
});

test("kore: an ended or revoked token gets the gateway's 403, if wanted without CORS headers", async () => {
  const { simulator, get } = await kore({ tokenSeconds: 60, gatewayCors: false });
  assert.equal((await get("/Sims")).status, 200);
  simulator.advance(60_000);
  const late = await get("/Sims");
  assert.equal(late.status, 403);
  assert.equal(late.json.error, "Invalid or expired token");
  assert.equal(late.headers.get("access-control-allow-origin"), null);
  const other = await kore();
  other.simulator.revokeTokens();
  const revoked = await other.get("/Sims");
  assert.equal(revoked.status, 403);
  assert.equal(revoked.headers.get("access-control-allow-origin"), "*");
  assert.equal((await ask(`${other.simulator.baseUrls.api}/Sims`)).status, 401);
});

test("kore: another host in the paging links, its own codes, its own name of the EID", async () => {
  const { get } = await kore({ nextPageOrigin: "https://elsewhere.example", sims: 12 });
  const { json } = await get("/Sims?PageSize=5");
  assert.ok(json.meta.next_page_url.startsWith("https://elsewhere.example/v1/Sims?PageSize=5&"));
  assert.ok("eid" in json.sims[4] && !("e_id" in json.sims[4]));
  assert.equal((await get("/Sims?PageSize=1001")).json.code, 33103);
  const missing = await get("/Sims/DE00000000000000000000000000000000/DataSessions");
  assert.deepEqual([missing.status, missing.json.code], [404, 33107]);
});
