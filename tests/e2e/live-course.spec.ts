// The course of a live source: stopped and gone on with, some vendors down, signed out, taken out again, forgotten.
import { accounts, names, type Simulator } from "./live/vendors.ts";
import { expect, test } from "./live/test.ts";

const lacks =
  /^console: Failed to load resource: net::ERR_(CONNECTION_REFUSED|FAILED|EMPTY_RESPONSE)/;
const sessionsAsked = ({ log }: Simulator) =>
  log.filter(({ method, path }) => method === "GET" && path.endsWith("/DataSessions"));

test("a stopped load keeps what it has, and Retry completes it", async ({ visit }) => {
  const simulator = await visit.start("kore", { sims: 10 });
  const { panel, scope } = visit;
  await visit.open();
  simulator.fail({ path: /DataSessions$/, after: 4, times: Infinity, hang: true });
  await visit.connect("kore", simulator);
  await expect.poll(() => sessionsAsked(simulator).length).toBeGreaterThan(4);
  await expect(panel.state).toContainText("Fetching 5 of 11");
  await panel.button("Stop").click();
  await panel.reaches("stopped");
  await expect(panel.state).toContainText("what had come stays");
  await expect(panel.chip("KORE")).toContainText("stopped · 10 SIMs");
  await scope.settled();
  const before = await scope.totals();
  expect(before.sims).toBe(10);
  expect(before.sessions).toBeGreaterThan(0);
  expect(before.sessions).toBeLessThan(simulator.truth().sessions);

  simulator.clearFailures();
  simulator.clearLog();
  await panel.button("Retry").click();
  await panel.reaches("done");
  // Only what was missing is asked for.
  expect(sessionsAsked(simulator)).toHaveLength(6);
  await expect.poll(() => scope.count("Sessions")).toBe(simulator.truth().sessions);
});

test("with one vendor down the other four are fetched", async ({ visit }) => {
  visit.expectComplaints(lacks);
  const { form, panel, scope } = visit;
  const simulators = new Map<string, Simulator>();
  for (const name of names) simulators.set(name, await visit.start(name, { sims: 3 }));
  await visit.open();
  await simulators.get("monogoto")?.close();
  for (const name of names) {
    await form.fill(name, simulators.get(name) as Simulator);
    await form.fetch();
    await panel.close();
  }
  for (const name of names) {
    const { label } = accounts[name];
    const chip = panel.chip(label);
    await expect(chip.locator(".dot"), label).toHaveClass(
      name === "monogoto" ? "dot bad" : "dot ok",
      { timeout: 30_000 },
    );
    await expect(chip).toContainText(
      name === "monogoto" ? "not reachable" : /\d SIMs? · \d\d:\d\d$/,
    );
  }
  await scope.settled();
  expect((await scope.totals()).sessions).toBe(
    names
      .filter((name) => name !== "monogoto")
      .reduce((sum, name) => sum + (simulators.get(name)?.truth().sessions ?? 0), 0),
  );
});

test("signing out ends the sign-in at the vendor and forgets the credentials", async ({
  visit,
}) => {
  const simulator = await visit.start("soracom");
  const { panel, form, scope } = visit;
  await visit.open();
  await visit.load("soracom", simulator);
  const rows = await scope.totals();
  await panel.open("Soracom");
  simulator.clearLog();
  await panel.button("Sign out").click();
  await panel.reaches("signedout");
  await expect(panel.state).toContainText("the credentials are forgotten, what had come stays");
  await expect
    .poll(() => simulator.log.filter(({ method }) => method === "POST").map(({ path }) => path))
    .toEqual(["/v1/auth/logout"]);
  await expect.poll(() => simulator.log.at(-1)?.status).toBe(204);
  for (const name of ["Fetch again", "Retry", "Sign out", "Stop"]) {
    await expect(panel.button(name)).toHaveCount(0);
  }
  await expect(panel.watch).toHaveCount(0);
  await expect(panel.chip("Soracom")).toContainText("signed out");
  expect(await scope.totals()).toEqual(rows);
  // The form that follows is an empty one.
  await panel.button("Sign in again").click();
  await form.choose("soracom");
  for (const label of ["Auth key ID", "Auth key secret"]) {
    await expect(form.field(label)).toHaveValue("");
  }
});

test("a source is taken out with its rows, and the other's stay", async ({ visit }) => {
  const kore = await visit.start("kore");
  const soracom = await visit.start("soracom");
  const { panel, scope } = visit;
  await visit.open();
  await visit.load("soracom", soracom);
  const alone = await scope.totals();
  const events = await scope.count("Events");
  await visit.load("kore", kore);
  expect((await scope.totals()).sims).toBe(12);
  await panel.open("KORE");
  await panel.button("Remove").click();
  await expect(panel.dialog).toBeHidden();
  await expect(panel.chip("KORE")).toHaveCount(0);
  await expect.poll(() => scope.count("SIMs")).toBe(6);
  await scope.settled();
  expect(await scope.totals()).toEqual(alone);
  expect(await scope.count("Events")).toBe(events);
  await expect(scope.chips).toHaveCount(1);
  // And it can be connected once more.
  await visit.load("kore", kore);
  expect(await scope.count("Sessions")).toBe(kore.truth().sessions + soracom.truth().sessions);
});

test("Clear ends every source, and a reload knows of none", async ({ visit, page }) => {
  const kore = await visit.start("kore", { sims: 10 });
  const soracom = await visit.start("soracom");
  const { panel, scope } = visit;
  await visit.open();
  await visit.load("soracom", soracom);
  kore.fail({ path: /DataSessions$/, after: 2, times: Infinity, hang: true });
  await visit.connect("kore", kore);
  await expect.poll(() => sessionsAsked(kore).length).toBeGreaterThan(2);
  await panel.close();
  await scope.element.getByRole("button", { name: "Clear" }).click();
  await expect(scope.element.getByRole("button", { name: "Connect…" })).toBeVisible();
  await expect(scope.chips).toHaveCount(0);
  // Each is told where it wants to know, and asked nothing more.
  await expect.poll(() => soracom.log.at(-1)?.path).toBe("/v1/auth/logout");
  const asked = kore.log.length;
  await page.waitForTimeout(1000);
  expect(kore.log.length).toBe(asked);

  kore.clearFailures();
  await visit.load("kore", kore);
  await page.reload();
  await expect(scope.element.getByRole("button", { name: "Connect…" })).toBeVisible();
  await expect(scope.chips).toHaveCount(0);
  await visit.form.open();
  await visit.form.choose("kore");
  await expect(visit.form.field("Client ID")).toHaveValue("");
  await expect(visit.form.field("Base URL")).toHaveValue(/korewireless\.com/);
});

test("a sign-in that the vendor ended is renewed unseen", async ({ visit }) => {
  visit.expectComplaints(/^console: Failed to load resource: .*status of 403/);
  const simulator = await visit.start("kore");
  const { panel, scope } = visit;
  await visit.open();
  await visit.load("kore", simulator);
  simulator.revokeTokens?.();
  simulator.clearLog();
  await panel.open("KORE");
  await panel.button("Fetch again").click();
  await expect.poll(() => simulator.log.filter(({ server }) => server === "auth").length).toBe(1);
  await panel.reaches("done");
  await expect(panel.advice).toHaveCount(0);
  expect(await scope.count("Sessions")).toBe(simulator.truth().sessions);
});
