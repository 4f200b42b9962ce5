import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ask, now, posted } from "./asking.mjs";
import { nrCell, wcdmaCell } from "./geolocate-cells.mjs";
import { start } from "./geolocate.mjs";
import { cellAt, networks } from "./networks.mjs";
import { start as startSoracom } from "./soracom.mjs";

const open = [];
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close();
});

async function begin(options) {
  const simulator = await start({ now, ...options });
  open.push(simulator);
  const url = simulator.baseUrls.api;
  const send = (body, query = "") => ask(url + query, posted(body));
  return { simulator, url, send };
}

const tower = (radioType, mcc, mnc, area, id) => ({
  radioType,
  mobileCountryCode: mcc,
  mobileNetworkCode: mnc,
  locationAreaCode: area,
  cellId: id,
});
/** A question as a careful client asks it. */
const question = (one, rest = {}) => ({
  considerIp: false,
  radioType: one.radioType,
  fallbacks: { ipf: false, lacf: true },
  cellTowers: [one],
  ...rest,
});

/** A site of network 440-10; nobody measured in its area 4705. */
const lte = (site) => {
  const { area, id } = cellAt("lte", site);
  return tower("lte", 440, 10, area, id);
};
const whole = lte(0);
const areaOnly = lte(10);
const nowhere = lte(5 * 8);
const reason = ({ status, json }) => [status, json.error.errors[0].reason, json.error.message];
const notFound = [404, "notFound", "Not found"];
const parseError = [400, "parseError", "Parse Error"];
const violations = (simulator) => simulator.violations.map(({ what }) => what);

test("a known cell has a place in its country, the same at every asking", async () => {
  const { simulator, send } = await begin();
  for (const { mcc, mnc, lat, lon } of networks) {
    const asked = { ...lte(3), mobileCountryCode: Number(mcc), mobileNetworkCode: Number(mnc) };
    const { status, json } = await send(question(asked));
    if (status === 404) continue;
    assert.deepEqual(Object.keys(json), ["location", "accuracy"]);
    assert.ok(Math.abs(json.location.lat - lat) <= 0.1 && Math.abs(json.location.lng - lon) <= 0.1);
    assert.ok(json.accuracy >= 500 && json.accuracy <= 5000);
    assert.deepEqual((await send(question(asked))).json, json);
    assert.deepEqual(simulator.place(asked), json);
  }
  assert.deepEqual(simulator.violations, []);
});

test("every radio has cells, NR beyond 32 bits and 3G only with its RNC", async () => {
  const { simulator, send } = await begin();
  const ci = cellAt("3g", 0).id;
  for (const one of [
    tower("nr", 440, 10, 4700, nrCell(0)),
    tower("wcdma", 440, 10, 4700, wcdmaCell(ci)),
    tower("gsm", 440, 10, 4700, ci),
  ]) {
    const { status, json } = await send(question(one));
    assert.deepEqual([status, json.fallback], [200, undefined], one.radioType);
  }
  const part = await send(question(tower("wcdma", 440, 10, 4700, ci)));
  assert.equal(part.json.fallback, "lacf");
  assert.deepEqual(simulator.violations, []);
});

test("an unknown cell of a known area has the area's place, unless that is forbidden", async () => {
  const { simulator, send } = await begin();
  const { status, json } = await send(question(areaOnly));
  assert.deepEqual([status, json.accuracy, json.fallback], [200, 20_000, "lacf"]);
  assert.deepEqual(simulator.place(areaOnly), json);
  const only = question(areaOnly, { fallbacks: { ipf: false, lacf: false } });
  assert.deepEqual(reason(await send(only)), notFound);
  assert.equal(simulator.place(areaOnly, { lacf: false }), null);
  assert.deepEqual(reason(await send(question(nowhere))), notFound);
  assert.deepEqual(reason(await send(question(tower("lte", 901, 28, 1, 1)))), notFound);
});

test("the asker's address is the answer for an unknown cell, unless that is forbidden", async () => {
  const { simulator, send } = await begin();
  const answered = async (rest) => {
    const { status, json } = await send({ cellTowers: [nowhere], ...rest });
    return json.fallback ?? status;
  };
  assert.equal(await answered({}), "ipf");
  assert.equal(await answered({ considerIp: true }), "ipf");
  assert.equal(await answered({ fallbacks: { lacf: true } }), "ipf");
  assert.equal(simulator.violations.length, 3);
  assert.equal(await answered({ considerIp: false }), 404);
  assert.equal(await answered({ fallbacks: { ipf: false } }), 404);
  assert.equal(simulator.violations.length, 3);
  // With fallbacks in the question, those alone count.
  assert.equal(await answered({ considerIp: false, fallbacks: { lacf: true } }), "ipf");
  const { json } = await send({ cellTowers: [whole] });
  assert.equal(json.fallback, undefined);
  const unplaced = await begin({ address: null });
  assert.deepEqual(reason(await unplaced.send({ cellTowers: [nowhere] })), notFound);
});

test("what cannot be read is a parse error", async () => {
  const { simulator, url, send } = await begin();
  const { radioType: _, ...without } = whole;
  for (const cellTowers of [
    [without],
    [{ ...whole, radioType: "LTE" }],
    [{ ...whole, radioType: "umts" }],
    [{ ...whole, cellId: String(whole.cellId) }],
    [{ ...whole, mobileCountryCode: 70_000 }],
    [{ ...whole, locationAreaCode: null }],
    [whole, {}],
    null,
  ]) {
    assert.deepEqual(reason(await send(question(whole, { cellTowers }))), parseError);
  }
  assert.deepEqual(reason(await send([])), parseError);
  const text = (body, type) =>
    ask(url, { method: "POST", headers: { "Content-Type": type }, body });
  const cut = await text("{", "application/json");
  assert.deepEqual(cut.json, {
    error: {
      errors: [{ domain: "global", reason: "parseError", message: "Parse Error" }],
      code: 400,
      message: "Parse Error",
    },
  });
  const untold = await text(JSON.stringify(question(whole)), "text/plain");
  assert.deepEqual(reason(untold), parseError);
  assert.equal(simulator.violations.length, 11);
  assert.equal((await text("", "application/json")).json.fallback, "ipf");
});

test("numbers out of range are unknown, and recorded", async () => {
  const { simulator, send } = await begin();
  const wrong = [
    { ...whole, mobileCountryCode: 0 },
    { ...whole, mobileNetworkCode: 1000 },
    { ...whole, locationAreaCode: 65_534 },
    { ...whole, locationAreaCode: 0 },
    tower("gsm", 440, 10, 4700, 70_000),
    { ...whole, cellId: 2 ** 28 },
  ];
  const answers = [];
  for (const one of wrong) {
    const { status, json } = await send(question(one));
    answers.push(json.fallback ?? status);
  }
  // A wrong cell number leaves the area.
  assert.deepEqual(answers, [404, 404, 404, 404, "lacf", "lacf"]);
  assert.equal(simulator.violations.length, wrong.length);
});

test("Ichnaea reads more, has no NR, and leaves out what it cannot use", async () => {
  const { url, send } = await begin({ manner: "ichnaea" });
  const { radioType: _, ...without } = whole;
  assert.equal((await send(question(whole, { cellTowers: [without] }))).status, 200);
  const bare = { considerIp: false, cellTowers: [without] };
  assert.deepEqual(reason(await send(bare)), notFound);
  const quoted = { ...whole, cellId: String(whole.cellId), mobileCountryCode: "440" };
  const plain = { method: "POST", body: JSON.stringify(question(quoted)) };
  assert.equal((await ask(url, plain)).status, 200);
  const nr = tower("nr", 440, 10, 4700, nrCell(0));
  assert.deepEqual(reason(await send(question(nr))), parseError);
  assert.equal((await send(question(areaOnly))).json.fallback, "lacf");
  const choices = { considerIp: "false", cellTowers: [nowhere] };
  assert.deepEqual(reason(await send(choices)), notFound);
});

test("beaconDB refuses in plain text and knows no areas", async () => {
  const { send } = await begin({ manner: "beacondb" });
  assert.equal((await send(question(whole))).status, 200);
  const refused = await send(question(whole, { cellTowers: [{}] }));
  assert.deepEqual([refused.status, refused.json], [400, undefined]);
  const missing = await send(question(areaOnly));
  assert.deepEqual(reason(missing), notFound);
  assert.match(missing.json.error.errors[0].message, /^No location could be estimated/);
  const careless = { cellTowers: [nowhere] };
  assert.equal((await send(careless)).json.fallback, "ipf");
  assert.equal((await send({ ...careless, considerIp: false, fallbacks: {} })).status, 404);
  await assert.rejects(begin({ manner: "other" }), TypeError);
});

test("a configured key is needed in the query, and nowhere else", async () => {
  const key = "made-up-key-1";
  const { simulator, url, send } = await begin({ key });
  const invalid = [400, "keyInvalid", "Missing or invalid API key."];
  assert.deepEqual(reason(await send(question(whole))), invalid);
  assert.deepEqual(reason(await send("{", "?key=other")), invalid);
  assert.equal((await send(question(whole), `?key=${key}`)).status, 200);
  assert.deepEqual([simulator.credentials, simulator.secrets], [{ key }, [key]]);
  assert.deepEqual(simulator.violations, []);
  await ask(url, posted(question(whole), { "X-Key": key }));
  assert.deepEqual(violations(simulator), ["the key is outside of the query"]);
  simulator.clearLog();
  await send(question(whole), `?key=${key}&token=1`);
  assert.deepEqual(violations(simulator), ["unknown parameter token"]);
});

test("a daily limit ends with the day", async () => {
  const { simulator, send } = await begin({ dailyLimit: 2 });
  const asked = async () => (await send(question(whole))).status;
  assert.deepEqual([await asked(), await asked(), await asked()], [200, 200, 403]);
  assert.deepEqual(reason(await send(question(whole))), [
    ...[403, "dailyLimitExceeded", "You have exceeded your daily limit."],
  ]);
  simulator.advance(86_400_000);
  assert.equal(await asked(), 200);
});

test("it is limited and fails as the vendors do", async () => {
  const { simulator, send } = await begin({ rate: { perMinute: 4 } });
  const path = /geolocate/;
  simulator.fail({ path, status: 503 });
  simulator.fail({ path, status: 429, headers: { "Retry-After": "7" } });
  simulator.fail({ path, drop: true });
  const busy = await send(question(whole));
  assert.deepEqual(reason(busy), [503, "serviceUnavailable", "Service Unavailable"]);
  const limited = await send(question(whole));
  assert.deepEqual([limited.status, limited.headers.get("retry-after")], [429, "7"]);
  await assert.rejects(send(question(whole)));
  for (let count = 0; count < 4; count += 1)
    assert.equal((await send(question(whole))).status, 200);
  assert.deepEqual(reason(await send(question(whole))), [
    ...[429, "rateLimitExceeded", "Too Many Requests"],
  ]);
  assert.deepEqual(
    simulator.asked().bodies.map(({ status }) => status),
    [503, 429, null, 200, 200, 200, 200, 429],
  );
});

test("a page may ask: any origin, with the header Content-Type", async () => {
  const { simulator, url, send } = await begin();
  const preflight = (header) =>
    ask(url, {
      method: "OPTIONS",
      headers: {
        Origin: "http://page.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": header,
      },
    });
  const { status, headers } = await preflight("content-type");
  assert.equal(status, 204);
  assert.equal(headers.get("access-control-allow-origin"), "*");
  assert.equal(headers.get("access-control-allow-headers"), "Content-Type");
  assert.equal(headers.get("access-control-allow-methods"), "POST, OPTIONS");
  assert.deepEqual(simulator.violations, []);
  for (const answer of [await send(question(whole)), await send(question(nowhere))]) {
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
  }
  await preflight("authorization");
  assert.equal(simulator.violations.length, 1);
  assert.equal((await ask(url)).status, 405);
  assert.equal((await ask(new URL("/v1/other", url))).status, 404);
});

test("it records what was asked, cell by cell, also for other programs", async () => {
  const { simulator, url, send } = await begin({ control: true });
  await send(question(whole), "?key=any");
  await send(question(nowhere));
  await send(question(whole));
  await ask(url, { method: "POST", body: "{" });
  const { bodies, cells } = simulator.asked();
  assert.deepEqual(bodies[0], { at: now, key: "any", body: question(whole), status: 200 });
  assert.deepEqual(
    bodies.map(({ key, status }) => [key, status]),
    [["any", 200], ...[404, 200, 400].map((status) => [null, status])],
  );
  assert.equal(bodies[3].body, null);
  assert.deepEqual(cells, {
    [`lte 440-10-4700-${whole.cellId}`]: 2,
    [`lte 440-10-4705-${nowhere.cellId}`]: 1,
  });
  const control = await ask(new URL("/-/control", url), posted({ do: "asked" }));
  assert.deepEqual(control.json.result, { bodies, cells });
  simulator.clearLog();
  assert.deepEqual(simulator.asked(), { bodies: [], cells: {} });
});

test("more than a cell's numbers is recorded", async () => {
  const { simulator, send } = await begin();
  // A scrambling code must be the listed one: with it the cell is not found.
  const { json } = await send(question({ ...whole, psc: 3 }, { carrier: "Example" }));
  assert.equal(json.fallback, "lacf");
  await send(question(whole, { cellTowers: [] }));
  assert.deepEqual(violations(simulator), [
    ...["the body has carrier", "a tower has psc", "no tower is asked for"],
  ]);
});

test("what is known can be chosen", async () => {
  const { send } = await begin({ knows: ({ id }) => (id === 1 ? null : "cell") });
  assert.equal((await send(question(tower("lte", 440, 99, 7, 5)))).status, 200);
  assert.equal((await send(question(tower("lte", 440, 99, 7, 1)))).status, 404);
});

test("of the cells of a Soracom fleet most are known, some by their area, some not at all", async () => {
  const soracom = await startSoracom({ now, sims: 40 });
  open.push(soracom);
  const { authKeyId, authKey } = soracom.credentials;
  const { api } = soracom.baseUrls;
  const signed = await ask(`${api}/auth`, posted({ authKeyId, authKey }));
  const headers = { "X-Soracom-API-Key": signed.json.apiKey, "X-Soracom-Token": signed.json.token };
  const sims = (await ask(`${api}/sims?limit=100`, { headers })).json;
  const { simulator } = await begin();
  const counts = { cell: 0, area: 0, none: 0 };
  for (const { sessionStatus, previousSession } of sims) {
    for (const cell of [sessionStatus?.cell, previousSession?.cell]) {
      if (!cell?.eci) continue;
      const place = simulator.place(tower("lte", cell.mcc, cell.mnc, cell.tac, cell.eci));
      counts[place === null ? "none" : place.fallback ? "area" : "cell"] += 1;
    }
  }
  assert.ok(counts.cell > 20 && counts.area > 0 && counts.none > 0, JSON.stringify(counts));
});
