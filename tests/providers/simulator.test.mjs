import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import path from "node:path";
import { afterEach, test } from "node:test";
import { startAll } from "./all.mjs";
import { ask, basic, now } from "./asking.mjs";
import { start } from "./twilio.mjs";

const open = [];
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close();
});

async function begin(options) {
  const simulator = await start({ now, sims: 8, ...options });
  open.push(simulator);
  const { accountSid, authToken } = simulator.credentials;
  const headers = basic(accountSid, authToken);
  const sims = (init = {}) =>
    ask(`${simulator.baseUrls.api}/Sims`, { ...init, headers: { ...headers, ...init.headers } });
  return { simulator, sims, headers };
}

test("the same seed gives the same fleet, another seed another", async () => {
  const truths = [];
  for (const seed of [1, 1, 2]) {
    const all = await startAll({ now, seed, sims: 12 });
    open.push(all);
    truths.push(Object.values(all).map((one) => one.truth?.()));
  }
  assert.deepEqual(truths[0], truths[1]);
  assert.notDeepEqual(truths[0], truths[2]);
});

test("fleets may have no, one or ten thousand SIMs", async () => {
  for (const sims of [0, 1, 10_000]) {
    const { simulator, sims: list } = await begin({ sims });
    assert.equal((await list()).json.sims.length, Math.min(sims, 50));
    assert.equal(simulator.truth().sims, sims);
  }
});

test("ids are unique", async () => {
  const all = await startAll({ now, sims: 40 });
  open.push(all);
  for (const vendor of ["twilio", "kore", "soracom", "monogoto", "wayscloud"]) {
    const { ids, ...counts } = all[vendor].truth();
    for (const kind of ["sims", "sessions", "events"]) {
      assert.equal(new Set(ids[kind]).size, counts[kind], `${vendor} ${kind}`);
    }
    assert.ok(counts.openSessions > 5, vendor);
  }
});

test("bursts follow on one another without a pause, in a fleet of any size", async () => {
  for (const sims of [0, 1, 3, 12]) {
    const all = await startAll({ now, sims });
    open.push(all);
    for (const vendor of ["soracom", "monogoto", "wayscloud"]) {
      const before = all[vendor].truth();
      const ids = [5, 1, 7].flatMap((n) => all[vendor].burst(n).events);
      const after = all[vendor].truth();
      assert.equal(new Set(ids).size, sims === 0 ? 0 : 13, `${vendor} ${sims}`);
      const known = new Set(before.ids.events);
      const fresh = after.ids.events.filter((id) => !known.has(id));
      assert.deepEqual(fresh.sort(), ids.sort(), `${vendor} ${sims}`);
    }
  }
});

test("CORS open exposes headers, hidden does not, none says nothing, also to a preflight", async () => {
  const { simulator, sims } = await begin();
  const preflight = () =>
    ask(`${simulator.baseUrls.api}/Sims`, {
      method: "OPTIONS",
      headers: {
        Origin: "http://page.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
      },
    });
  const open = await sims();
  assert.equal(open.headers.get("access-control-allow-origin"), "*");
  assert.match(open.headers.get("access-control-expose-headers"), /Retry-After/);
  const allowed = await preflight();
  assert.equal(allowed.status, 204);
  assert.match(allowed.headers.get("access-control-allow-headers"), /Authorization/);
  assert.equal(simulator.violations.length, 0);

  simulator.cors = "hidden";
  const hidden = await sims();
  assert.equal(hidden.headers.get("access-control-allow-origin"), "*");
  assert.equal(hidden.headers.get("access-control-expose-headers"), null);

  simulator.cors = "none";
  for (const { headers } of [await sims(), await preflight()]) {
    const names = [...headers.keys()].filter((name) => name.startsWith("access-control"));
    assert.deepEqual(names, []);
  }
});

test("a preflight does not allow a header outside the vendor's list, and tells of it", async () => {
  const { simulator } = await begin({ allowOrigin: "https://page.example" });
  const { headers } = await ask(`${simulator.baseUrls.api}/Sims`, {
    method: "OPTIONS",
    headers: { "Access-Control-Request-Headers": "authorization, x-requested-with" },
  });
  assert.doesNotMatch(headers.get("access-control-allow-headers"), /x-requested-with/i);
  assert.equal(headers.get("access-control-allow-origin"), "https://page.example");
  assert.deepEqual(
    simulator.violations.map(({ what }) => what),
    ["preflight asks for the header x-requested-with"],
  );
});

test("failure rules: the vendor's own error, a given body, other headers, and how often", async () => {
  const { simulator, sims } = await begin();
  simulator.fail({ path: /\/Sims$/, status: 503 });
  simulator.fail({ path: /\/Sims$/, status: 502, body: "<h1>Bad gateway</h1>", times: 2 });
  simulator.fail({ path: /\/Sims$/, status: 200, body: "", after: 1 });
  simulator.fail({ path: /\/none$/, status: 500 });
  simulator.fail({ path: /\/Sims$/, query: /PageSize/, status: 500 });
  const own = await sims();
  assert.deepEqual([own.status, own.json.code], [503, 20503]);
  for (let time = 0; time < 2; time += 1) {
    const { status, text, json } = await sims();
    assert.deepEqual([status, text, json], [502, "<h1>Bad gateway</h1>", undefined]);
  }
  assert.equal((await sims()).json.sims.length, 8);
  const empty = await sims();
  assert.deepEqual([empty.status, empty.text], [200, ""]);
  assert.equal((await sims()).status, 200);
  simulator.fail({ path: /./, status: 401, cors: "none", times: Infinity });
  const refused = await sims();
  assert.equal(refused.headers.get("access-control-allow-origin"), null);
  assert.equal((await sims()).json.code, 20003);
  simulator.clearFailures();
  assert.equal((await sims()).status, 200);
  assert.throws(() => simulator.fail({ path: "/Sims" }), TypeError);
  assert.throws(() => simulator.fail({ path: /x/, code: 500 }), TypeError);
});

test("failure rules: cut, dropped, late and hanging answers", async () => {
  const { simulator, sims } = await begin();
  simulator.fail({ path: /\/Sims$/, truncate: true });
  const cut = await sims();
  assert.equal(cut.status, 200);
  assert.ok(cut.text.startsWith('{"sims":[') && cut.json === undefined);

  simulator.fail({ path: /\/Sims$/, drop: true });
  await assert.rejects(sims());
  simulator.fail({ path: /\/Sims$/, drop: true, truncate: true });
  await assert.rejects(sims());

  simulator.fail({ path: /\/Sims$/, delayMs: 60 });
  const begun = Date.now();
  assert.equal((await sims()).status, 200);
  assert.ok(Date.now() - begun >= 55);

  simulator.fail({ path: /\/Sims$/, hang: true });
  await assert.rejects(sims({ signal: AbortSignal.timeout(60) }), { name: "TimeoutError" });
  assert.deepEqual(
    simulator.log.map(({ status }) => status),
    [200, null, 200, 200, null],
  );
});

test("the log tells what was asked, and how many were under way", async () => {
  const { simulator, sims } = await begin({ latencyMs: 30 });
  await Promise.all([sims(), sims(), sims()]);
  assert.equal(simulator.maxInFlight, 3);
  const [first] = simulator.log;
  assert.equal(first.at, now);
  assert.deepEqual([first.method, first.path, first.query], ["GET", "/v1/Sims", ""]);
  assert.match(first.headers.authorization, /^Basic /);
  assert.deepEqual(simulator.log.map(({ inFlight }) => inFlight).sort(), [1, 2, 3]);
  simulator.clearLog();
  assert.deepEqual([simulator.log.length, simulator.maxInFlight], [0, 0]);
});

test("the clock stands, advances, or is the request's own", async () => {
  const { simulator, sims } = await begin({ clockHeader: true });
  const updated = async (at) => {
    await sims({ headers: at ? { "simulator-now": String(at) } : {} });
    return simulator.log.at(-1).at;
  };
  assert.equal(await updated(), now);
  simulator.advance(5000);
  assert.equal(await updated(), now + 5000);
  assert.equal(await updated(now + 90_000), now + 90_000);
  assert.equal(simulator.now(), now + 90_000);
});

test("the program prints one line, can be steered, and ends with its input", async () => {
  const child = spawn(process.execPath, [
    path.join(import.meta.dirname, "main.mjs"),
    ...["--sims", "3", "--control", "--clock-header", "--now", String(now)],
    ...["--options", JSON.stringify({ soracom: { mfa: "123456" } })],
  ]);
  const ended = new Promise((resolve) => child.on("close", (code) => resolve(code)));
  let output = "";
  const line = await new Promise((resolve) =>
    child.stdout.on("data", (text) => {
      output += text;
      if (output.includes("\n")) resolve(JSON.parse(output));
    }),
  );
  const vendors = ["twilio", "kore", "soracom", "monogoto", "wayscloud"];
  assert.deepEqual(Object.keys(line), [...vendors, "geolocate"]);
  assert.match(line.geolocate.baseUrls.api, /^http:\/\/127\.0\.0\.1:\d+\/v1\/geolocate$/);
  assert.equal(line.soracom.credentials.mfaOTPCode, "123456");
  const { baseUrls, credentials, truth } = line.wayscloud;
  assert.equal(truth.ids.sims.length, 3);
  const control = (command, headers = {}) =>
    ask(new URL("/-/control", baseUrls.api), {
      method: "POST",
      headers,
      body: JSON.stringify(command),
    });
  const list = () =>
    ask(`${baseUrls.api}/sims/activity`, {
      headers: { Authorization: `Bearer ${credentials.apiKey}` },
    });
  await control({ do: "fail", path: "activity$", status: 500, times: null });
  assert.equal((await list()).status, 500);
  await control({ do: "clear" });
  assert.equal((await list()).status, 200);
  const { result } = (await control({ do: "burst", n: 2 })).json;
  assert.equal(result.events.length, 2);
  await control({ do: "advance", ms: 1000 });
  assert.equal((await control({ do: "truth" })).json.result.events, truth.events + 2);
  assert.equal((await control({ do: "log" })).json.result.length, 2);
  assert.equal((await control({ do: "maxInFlight" })).json.result, 1);
  assert.deepEqual((await control({ do: "violations" })).json.result, []);
  await control({ do: "cors", mode: "none" });
  assert.equal((await list()).headers.get("access-control-allow-origin"), null);
  assert.equal((await control({ do: "explode" })).status, 400);
  assert.equal((await control({ do: "truth" }, { Origin: "http://page.example" })).status, 403);
  child.stdin.end();
  assert.equal(await ended, 0);
});
