// Each of the five vendors, connected as a visitor does it, against its simulator: what is shown is the account's own truth.
import { faults, names, accounts, type Name, type Simulator } from "./live/vendors.ts";
import { expect, test, type Visit } from "./live/test.ts";

/** What the tables show must be what the account holds. */
async function showsTruth({ scope }: Visit, simulator: Simulator, name: Name): Promise<void> {
  const truth = simulator.truth();
  await expect.poll(() => scope.count("SIMs")).toBe(truth.sims);
  await expect.poll(() => scope.count("Sessions")).toBe(truth.sessions);
  expect(await scope.count("Events")).toBe(accounts[name].events ? truth.events : 0);
  const totals = await scope.totals();
  expect(totals).toMatchObject({ sims: truth.sims, sessions: truth.sessions });
  expect(totals.open).toBe(truth.openSessions);
}

for (const name of names) {
  test(`${accounts[name].label}: tried, fetched, and all of it shown`, async ({ visit }) => {
    const simulator = await visit.start(name);
    const { form, panel, scope } = visit;
    await visit.open();
    await form.fill(name, simulator);
    await expect(form.reach).toHaveText(/Answers, and lets this page read its answers/);
    await form.tryIt();
    await expect(form.outcome).toHaveText(/It works: signed in/);
    await form.fetch();
    await panel.reaches("done");
    await expect(panel.state).toContainText("All was fetched.");
    await expect(panel.advice).toHaveCount(0);
    await panel.close();
    await expect(panel.chip(accounts[name].label)).toContainText(`${simulator.truth().sims} SIMs`);
    await scope.settled();
    await showsTruth(visit, simulator, name);
    await expect(scope.laneLabels).toHaveCount(simulator.truth().sims);
    // A bar that can be looked into.
    await scope.table("Sessions");
    await scope.rows.first().click();
    await expect(scope.inspector.locator("dt").getByText("Session id")).toBeVisible();
    expect(faults(simulator)).toEqual([]);
    expect(simulator.maxInFlight).toBeLessThanOrEqual(4);
  });
}
