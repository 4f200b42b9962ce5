// Each of the five vendors, connected as a visitor does it, against its simulator: what is shown is the account's own truth.
import { accounts, faults, names, type Name, type Simulator } from "./live/vendors.ts";
import { expect, test, type Visit } from "./live/test.ts";

/** SIMs of every habit that the simulated fleets know: open, offline, never seen, roaming, long, gone, flapping. */
const sims = 12;
/** Of these, the third was never seen on any network. */
const seen = sims - 1;

interface Shown {
  sims: number;
  sessions: number;
  events: number;
  openSessions: number;
}

/** What a load of everything must show, by vendor. */
const shown: Record<Name, (simulator: Simulator) => Promise<Shown> | Shown> = {
  twilio: (simulator) => simulator.truth(),
  kore: (simulator) => simulator.truth(),
  soracom: (simulator) => simulator.truth(),
  // Each Thing tells of its last place, which is an event beside those of the log.
  monogoto: (simulator) => {
    const truth = simulator.truth();
    return { ...truth, events: truth.events + seen };
  },
  // Everything: SIMs that had activity.
  wayscloud: async (simulator) => ({
    ...simulator.truth(),
    sims: (await activeSims(simulator)).length,
  }),
};

/** The SIMs that the activity of all SIMs names, asked for as any client may. */
async function activeSims({ baseUrls, credentials }: Simulator): Promise<string[]> {
  const found = new Set<string>();
  const headers = { Authorization: `Bearer ${credentials["apiKey"]}` };
  for (let offset = 0; ; offset += 100) {
    const url = `${baseUrls.api}/sims/activity?limit=100&offset=${offset}`;
    const { activity } = (await (await fetch(url, { headers })).json()) as {
      activity: { iccid: string }[];
    };
    for (const { iccid } of activity) found.add(iccid);
    if (activity.length < 100) return [...found];
  }
}

async function shows({ scope }: Visit, expected: Shown): Promise<void> {
  await expect.poll(() => scope.count("SIMs")).toBe(expected.sims);
  await expect.poll(() => scope.count("Sessions")).toBe(expected.sessions);
  expect(await scope.count("Events")).toBe(expected.events);
  expect(await scope.totals()).toMatchObject({
    sims: expected.sims,
    sessions: expected.sessions,
    open: expected.openSessions,
  });
}

for (const name of names) {
  const { label } = accounts[name];
  test(`${label}: tried, fetched, and all of it shown`, async ({ visit }) => {
    const simulator = await visit.start(name, { sims });
    const { form, panel, scope } = visit;
    await visit.open({ map: name === "soracom" });
    await form.fill(name, simulator);
    await expect(form.reach).toHaveText(/Answers this page/);
    await form.tryIt();
    await expect(form.outcome).toHaveText(/It works: signed in/);
    await form.fetch();
    await panel.reaches("done");
    await expect(panel.state).toContainText("All was fetched.");
    await expect(panel.advice).toHaveCount(0);
    await panel.close();

    const expected = await shown[name](simulator);
    await expect(panel.chip(label)).toContainText(`${expected.sims} SIMs`);
    await scope.settled();
    await shows(visit, expected);
    await expect(scope.laneLabels).toHaveCount(expected.sims);
    await scope.table("Sessions");
    await scope.rows.first().click();
    await expect(scope.inspector.locator("dt").getByText("Start")).toBeVisible();
    expect(faults(simulator)).toEqual([]);
    expect(simulator.maxInFlight).toBeLessThanOrEqual(4);
  });
}

test("WAYSCloud: SIMs that are named by ICCID and by device", async ({ visit }) => {
  const simulator = await visit.start("wayscloud", { sims: 9 });
  const active = await activeSims(simulator);
  const truth = simulator.truth();
  await visit.open();
  await visit.load("wayscloud", simulator, { identifiers: active });
  await shows(visit, { ...truth, sims: active.length });

  // The same by their devices, as another source: nothing is there twice.
  const headers = { Authorization: `Bearer ${simulator.credentials["apiKey"]}` };
  const url = `${simulator.baseUrls.api}/sims/activity?limit=100`;
  const { activity } = (await (await fetch(url, { headers })).json()) as {
    activity: { device_id: string | null }[];
  };
  const devices = [...new Set(activity.flatMap(({ device_id }) => device_id ?? []))];
  expect(devices.length).toBeGreaterThan(2);
  await visit.load("wayscloud", simulator, { identifiers: devices });
  await expect(visit.panel.chip("WAYSCloud GlobalSIM 2")).toContainText(`${devices.length} SIMs`);
  await shows(visit, { ...truth, sims: active.length });
  expect(faults(simulator)).toEqual([]);
});

test("named SIMs alone are fetched", async ({ visit }) => {
  const simulator = await visit.start("twilio", { sims });
  const [first = "", second = ""] = simulator.truth().ids.sims;
  await visit.open();
  await visit.load("twilio", simulator, { identifiers: [first, second] });
  expect(await visit.scope.count("SIMs")).toBe(2);
  const asked = simulator.log.filter(({ path }) => path.includes("/Sims/"));
  expect(asked.length).toBeGreaterThan(1);
  for (const { path } of asked) expect([first, second]).toContain(path.split("/")[3]);
  expect(faults(simulator)).toEqual([]);
});

test("usage, status changes and places of cells come where they are wanted", async ({ visit }) => {
  const simulator = await visit.start("soracom", { sims });
  const { scope } = visit;
  await visit.open();
  await visit.load("soracom", simulator, {
    also: ["Usage", "Changes of the SIM's status", "Where the cells stand"],
  });
  await expect.poll(() => scope.count("Usage")).toBeGreaterThan(sims);
  // The changes themselves are older than any range that can be chosen here; each SIM was asked for them.
  const histories = simulator.log.filter(({ method, path }) => {
    return method === "GET" && path.endsWith("/statuses/history");
  });
  expect(histories).toHaveLength(sims);
  await expect(scope.element.getByText(/^[1-9]\d* places?\b/)).toBeVisible();
  const asked = simulator.log.filter(({ path }) => path.endsWith("/cell_locations"));
  expect(asked.filter(({ method }) => method === "POST")).toHaveLength(1);
  expect(faults(simulator)).toEqual([]);
});

/** Ways to sign in beside those that the other tests take. */
const otherWays = [
  ["twilio", "Account SID and token", { "Account SID": "accountSid", "Auth token": "authToken" }],
  [
    "soracom",
    "SAM user",
    { "Operator ID": "operatorId", "User name": "userName", Password: "password" },
  ],
  ["soracom", "Root user", { Email: "email", Password: "password" }],
  ["wayscloud", "API key (X-API-Key)", { "API key": "apiKey" }],
] as const;

test("the other ways to sign in work", async ({ visit }) => {
  await visit.open();
  for (const [name, way, fields] of otherWays) {
    const simulator = await visit.start(name);
    const given = Object.entries(fields).map(([label, field]) => [
      label,
      simulator.credentials[field] ?? "",
    ]);
    await visit.form.fill(name, simulator, {
      signIn: { way, fields: Object.fromEntries(given) as Record<string, string> },
    });
    await visit.form.tryIt();
    await expect(visit.form.outcome, way).toHaveText(/It works: signed in/);
    await visit.form.close();
    expect(faults(simulator)).toEqual([]);
  }
});

test("two vendors lie on one timeline", async ({ visit }) => {
  const kore = await visit.start("kore");
  const soracom = await visit.start("soracom");
  const { scope, panel } = visit;
  await visit.open();
  await visit.load("kore", kore);
  await visit.load("soracom", soracom);
  const truths = [kore.truth(), soracom.truth()];
  const sum = (key: "sims" | "sessions" | "events" | "openSessions") =>
    truths.reduce((all, truth) => all + truth[key], 0);
  await shows(visit, {
    sims: sum("sims"),
    sessions: sum("sessions"),
    events: sum("events"),
    openSessions: sum("openSessions"),
  });
  await expect(scope.chips).toHaveCount(2);
  for (const label of ["KORE", "Soracom"]) {
    await expect(panel.chip(label).locator(".dot")).toHaveClass("dot ok");
  }
  await expect(scope.laneLabels).toHaveCount(sum("sims"));
});
