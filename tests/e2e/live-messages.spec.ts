// Every way in which asking a vendor goes wrong, provoked for real: each has its own message and its own next step.
import { accounts, names, originsOf, type Name, type Simulator } from "./live/vendors.ts";
import { expect, test, type Visit } from "./live/test.ts";

const { label } = accounts.kore;
const console = (what: string) => new RegExp(`^console: .*${what}`);
const failed = console("Failed to load resource: ");
const corsRefusal = console("blocked by CORS policy");

/** The one message that is there: its kind, what happened, what to do next. */
async function says(visit: Visit, kind: string, what: string, next: string): Promise<void> {
  const { advice } = visit.panel;
  await expect(advice).toHaveCount(1, { timeout: 45_000 });
  await expect(advice).toHaveAttribute("data-kind", kind);
  await expect(advice.locator("p").nth(0)).toContainText(what);
  await expect(advice.locator("p").nth(1)).toContainText(next);
  await expect(advice).toBeVisible();
}

/** The same where the address is checked, before anything is typed as a secret. */
async function reachSays({ form }: Visit, kind: string, what: string): Promise<void> {
  await expect(form.reach).toHaveAttribute("data-kind", kind);
  await expect(form.reach).toContainText(what);
}

async function begin(visit: Visit, options = {}): Promise<Simulator> {
  const simulator = await visit.start("kore", options);
  visit.expectComplaints(failed);
  await visit.open();
  return simulator;
}

test("blocked by this page's own policy", async ({ visit }) => {
  // Of dist/ as it is shipped, whose policy names the vendors' own addresses and no other.
  const url = process.env["SIMSCOPE_URL"] ?? "";
  const simulator = await visit.start("kore");
  visit.allowed.origins.push(new URL(url).origin);
  visit.allowed.violations.push("connect-src");
  visit.expectComplaints(failed, console("Content Security Policy"));
  await visit.open({ url });
  await visit.form.fill("kore", simulator);
  const what = "This page's own policy does not let it ask KORE.";
  await reachSays(visit, "page_policy", what);
  await visit.form.fetch();
  await says(visit, "page_policy", what, "adds the address to connect-src");
  await expect(visit.panel.advice.getByText("Proxy configuration (nginx)")).toBeVisible();
  expect(simulator.log).toEqual([]);
});

for (const name of names) {
  test(`${accounts[name].label} refuses other origins`, async ({ visit }) => {
    const simulator = await visit.start(name, { cors: "none" });
    visit.expectComplaints(failed, corsRefusal);
    await visit.open();
    await visit.form.fill(name, simulator);
    const what = `${accounts[name].label} answers, but does not let this page read it`;
    await reachSays(visit, "cross_origin", what);
    await visit.form.fetch();
    await says(visit, "cross_origin", what, "Put a proxy of your own before it");

    const shown = visit.panel.advice;
    await shown.getByText("Proxy configuration (nginx)").click();
    const proxy = shown.getByRole("region", { name: "Proxy configuration" });
    await expect(proxy).toContainText(/location \/vendors\/[\w.-]+\/ \{\s+proxy_pass https:\/\//);
    await shown.getByText("Commands whose output can be dropped here").click();
    await expect(shown.getByRole("region", { name: "Commands" })).toContainText(/curl|soracom/);
    const text = await shown.innerText();
    for (const secret of [...simulator.secrets, ...Object.values(simulator.credentials)]) {
      expect(text).not.toContain(secret);
    }
  });
}

test("nothing answers", async ({ visit }) => {
  const simulator = await begin(visit);
  await simulator.close();
  await visit.form.fill("kore", simulator);
  const what = `Nothing answers at the address of ${label}.`;
  await reachSays(visit, "unreachable", what);
  await visit.form.fetch();
  await says(visit, "unreachable", what, "Check the base URL letter by letter");
});

test("offline", async ({ visit, context }) => {
  const simulator = await begin(visit);
  await visit.load("kore", simulator);
  await visit.panel.open("KORE");
  await context.setOffline(true);
  await visit.panel.button("Fetch again").click();
  await says(
    visit,
    "offline",
    "This browser has no network connection.",
    "Connect, then retry. What had come stays.",
  );
  expect((await visit.scope.totals()).sessions).toBe(simulator.truth().sessions);
  await context.setOffline(false);
  await visit.panel.button("Retry").click();
  await visit.panel.reaches("done");
});

test("wrong secrets, at every vendor", async ({ visit }) => {
  visit.expectComplaints(failed);
  await visit.open();
  for (const name of names) {
    const simulator = await visit.start(name);
    const { way, fields } = accounts[name].signIn(simulator.credentials);
    const wrong = Object.entries(fields).map(([field, value], at, all) => [
      field,
      at === all.length - 1 ? `${value.slice(0, -3)}000` : value,
    ]);
    const signIn = { ...(way ? { way } : {}), fields: Object.fromEntries(wrong) as typeof fields };
    await visit.form.fill(name, simulator, { signIn });
    await visit.form.tryIt();
    const advice = visit.form.outcome.locator(".advice");
    await expect(advice).toHaveAttribute("data-kind", "bad_secret");
    await expect(advice).toContainText(
      `${accounts[name].label} does not accept these credentials (HTTP 401)`,
    );
    await expect(advice).toContainText("Check that nothing is missing or doubled");
    // What was typed right is still there, to be corrected.
    for (const [field, value] of wrong) {
      await expect(visit.form.field(field ?? "")).toHaveValue(value ?? "");
    }
    await visit.form.close();
  }
});

test("a sign-in that has run out and cannot be renewed", async ({ visit }) => {
  const simulator = await visit.start("monogoto");
  visit.expectComplaints(failed);
  // With a token that the visitor brings there is nothing to renew it with.
  const { UserName, Password, CustomerId = "" } = simulator.credentials;
  const response = await fetch(`${simulator.baseUrls.api}/Auth`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ UserName, Password }),
  });
  const { token } = (await response.json()) as { token: string };
  await visit.open();
  const signIn = { way: "Token", fields: { Token: token, "Customer ID": CustomerId } };
  await visit.load("monogoto", simulator, { signIn, history: false });
  simulator.revokeTokens?.();
  await visit.panel.open("Monogoto");
  await visit.panel.button("Fetch again").click();
  await says(
    visit,
    "expired",
    "The sign-in to Monogoto has run out and could not be renewed",
    "Sign in again. What had come stays.",
  );
  expect((await visit.scope.totals()).sims).toBe(6);
});

test("signed in, but not allowed", async ({ visit }) => {
  const sims = 40;
  const simulator = await visit.start("soracom", { sims, sessionsPerSim: 1 });
  visit.expectComplaints(failed);
  await visit.open();
  simulator.fail({ path: /events\/sessions$/, status: 403, times: Infinity });
  await visit.connect("soracom", simulator);
  await visit.panel.reaches("done");
  await says(
    visit,
    "forbidden",
    "Signed in to Soracom, but not allowed to ask for listSimSessionEvents (HTTP 403). It says: You do not have permission",
    "Give the user or key that permission at the provider, then retry.",
  );
  await expect(visit.panel.state).toContainText("Fetched in part.");
  await expect(visit.panel.chip("Soracom")).toContainText(`partial · ${sims} SIMs`);
  // Not one refusal for each SIM: of the four calls that are under way at once, and of these again with a new sign-in.
  const refused = simulator.log.filter(({ status }) => status === 403);
  expect(refused.length).toBeLessThanOrEqual(8);
  simulator.clearFailures();
  await visit.panel.button("Retry").click();
  await expect(visit.panel.advice).toHaveCount(0);
  await visit.panel.reaches("done");
});

test("a SIM that the vendor does not know, beside one that it does", async ({ visit }) => {
  const simulator = await begin(visit);
  const unknown = `DE${"0".repeat(32)}`;
  const [known = ""] = simulator.truth().ids.sims;
  await visit.connect("kore", simulator, { identifiers: [known, unknown] });
  await visit.panel.reaches("done");
  await says(
    visit,
    "not_found",
    "KORE does not know what was asked for with Sim (HTTP 404)",
    "Check the identifier, and whether the SIM is of this account",
  );
  await expect(visit.panel.dialog).toContainText(`Not fetched for ${unknown}`);
  expect(await visit.scope.count("SIMs")).toBe(1);
});

test("too many calls, with a wait that is not waited for", async ({ visit }) => {
  const simulator = await begin(visit);
  simulator.fail({
    path: /Sims$/,
    status: 429,
    headers: { "Retry-After": "3600" },
    times: Infinity,
  });
  await visit.connect("kore", simulator);
  await says(visit, "rate_limited", `${label} asks for fewer calls (HTTP 429)`, "Wait a few min");
  expect(simulator.log.filter(({ status }) => status === 429)).toHaveLength(1);
});

test("a failure of the vendor's own", async ({ visit }) => {
  const simulator = await begin(visit);
  simulator.fail({ path: /Sims$/, status: 500, times: Infinity });
  await visit.connect("kore", simulator);
  await says(
    visit,
    "outage",
    `${label} has a failure of its own (HTTP 500). It says: Internal server error`,
    "Nothing is wrong here. Retry in a few minutes",
  );
  // Tried again a few times, and then no more.
  expect(simulator.log.filter(({ status }) => status === 500)).toHaveLength(5);
  simulator.clearFailures();
  await visit.panel.button("Retry").click();
  await visit.panel.reaches("done");
  await expect(visit.panel.advice).toHaveCount(0);
});

test("a web page in the vendor's place", async ({ visit }) => {
  const simulator = await begin(visit);
  simulator.fail({ path: /Sims$/, body: "<html><b>Sign in</b></html>", times: Infinity });
  await visit.connect("kore", simulator);
  await says(
    visit,
    "not_json",
    "What came as answer to Sims is not whole JSON",
    "A proxy or a sign-in page may have answered in the provider's place.",
  );
  await expect(visit.panel.advice.locator("b")).toHaveCount(0);
});

test("a redirect is not followed, and nothing is sent on", async ({ visit }) => {
  const simulator = await begin(visit);
  const other = await visit.start("twilio");
  const headers = { Location: `${other.baseUrls.api}/Sims` };
  simulator.fail({ path: /Sims$/, status: 302, headers, times: Infinity });
  await visit.connect("kore", simulator);
  await says(
    visit,
    "redirect",
    `The address of ${label} leads to another one.`,
    "The credentials are not sent on.",
  );
  expect(other.log).toEqual([]);
});

test("what is typed wrong is said before anything is sent", async ({ visit }) => {
  const simulator = await begin(visit);
  await visit.form.fill("kore", simulator, {
    signIn: { fields: { "Client ID": "someone", "Client secret": "" } },
  });
  const advice = visit.form.outcome.locator(".advice");
  await visit.form.fetch();
  await expect(advice).toContainText("Client secret is missing.");
  await expect(advice).toContainText("Nothing was sent.");
  await visit.form.field("Client secret").fill("something");
  for (const [typed, said] of [
    ["http://api.example/v1", "without encryption anybody on the way could read"],
    ["api.example", "it must begin with https://"],
    [`${originsOf(simulator)[0]}/v1?key=1`, "type the address alone"],
  ] as const) {
    await visit.form.address("Base URL", typed);
    await visit.form.fetch();
    await expect(advice).toContainText(said);
  }
  await visit.form.address("Base URL", simulator.baseUrls.api);
  await visit.form.want({ identifiers: [" "] });
  await visit.form.fetch();
  await expect(advice).toContainText("Type or paste at least one identifier.");
  expect(simulator.log.filter(({ method }) => method === "POST")).toEqual([]);
});

/** Nothing that anybody could use: no header, no body, no parameter. */
const plain = new Set(
  "host connection accept accept-encoding accept-language user-agent origin referer cache-control pragma".split(
    " ",
  ),
);

test("a token endpoint that refuses this page is told before the secret is typed", async ({
  visit,
}) => {
  visit.expectComplaints(failed, corsRefusal);
  const open = await visit.start("kore");
  const shut = await visit.start("kore", { cors: "none" });
  await visit.open();
  await visit.form.open();
  await visit.form.choose("kore");
  await visit.form.address("Base URL", open.baseUrls.api);
  await visit.form.address("Token URL", shut.baseUrls.auth ?? "");
  await expect(visit.form.reach).toHaveText(/✓ Answers/);
  await expect(visit.form.authReach).toHaveAttribute("data-kind", "cross_origin");
  await visit.form.address("Token URL", open.baseUrls.auth ?? "");
  await expect(visit.form.authReach).toHaveText(/✓ Answers/);
});

test("the address is checked before a secret is typed, and without one", async ({ visit }) => {
  visit.expectComplaints(failed);
  const started = new Map<Name, Simulator>();
  for (const name of names) started.set(name, await visit.start(name));
  await visit.open();
  await visit.form.open();
  for (const [name, simulator] of started) {
    await visit.form.choose(name);
    await visit.form.address("Base URL", simulator.baseUrls.api);
    const { auth } = simulator.baseUrls;
    if (auth) await visit.form.address("Token URL", auth);
    await expect.poll(() => simulator.log.length, name).toBe(auth ? 2 : 1);
    await expect(visit.form.reach).toHaveText(/✓ Answers/);
    for (const { method, query, body, headers } of simulator.log) {
      expect([method, query, body]).toEqual(["GET", "", ""]);
      const told = Object.keys(headers).filter((key) => !plain.has(key) && !/^sec-/.test(key));
      expect(told).toEqual([]);
      expect(headers.referer).toBeUndefined();
    }
  }
});
