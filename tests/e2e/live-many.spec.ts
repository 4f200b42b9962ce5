// A load of more than 200 calls: the visitor is asked first, and says how much of it is made.
import type { Simulator } from "./live/vendors.ts";
import { expect, test } from "./live/test.ts";

const sims = 250;
const askedSims = ({ log }: Simulator) =>
  log
    .filter(({ method, path }) => method === "GET" && path.endsWith("/DataSessions"))
    .map(({ path }) => path.split("/")[3] ?? "");

test("250 SIMs: asked first, then only those on screen, then all of them", async ({ visit }) => {
  test.slow();
  const simulator = await visit.start("kore", { sims, sessionsPerSim: 1, latencyMs: 20 });
  const { panel, scope } = visit;
  await visit.open();
  await visit.connect("kore", simulator);
  await panel.reaches("asking");
  const question = panel.dialog.locator(".go-on");
  await expect(question).toContainText("The rest takes 250 calls at least, about 50 s");
  await expect(panel.chip("KORE")).toContainText("250 SIMs · go on?");
  await expect(panel.button("Fetch all 250")).toBeVisible();
  expect(askedSims(simulator)).toEqual([]);

  // Left: the list stays.
  await panel.button("Leave it").click();
  await panel.reaches("done");
  await expect(question).toHaveCount(0);
  await expect.poll(() => scope.count("SIMs")).toBe(sims);
  expect(await scope.count("Sessions")).toBe(0);
  expect(askedSims(simulator)).toEqual([]);

  // Those on screen.
  await panel.button("Fetch again").click();
  await panel.reaches("asking");
  const some = panel.button(/^Only the \d+ SIMs on screen$/);
  const onScreen = Number(/\d+/.exec(await some.innerText())?.[0]);
  expect(onScreen).toBeGreaterThan(2);
  expect(onScreen).toBeLessThan(60);
  await some.click();
  await panel.reaches("done");
  const first = askedSims(simulator);
  expect(new Set(first).size).toBe(onScreen);
  expect(first).toHaveLength(onScreen);
  await expect.poll(() => scope.count("Sessions")).toBeGreaterThan(0);
  expect(await scope.count("Sessions")).toBeLessThan(simulator.truth().sessions);

  // All: those on screen before the others, never more than four at once.
  await scope.settled();
  await panel.button("Fetch again").click();
  await panel.reaches("asking");
  const now = Number(/\d+/.exec(await some.innerText())?.[0]);
  simulator.clearLog();
  await panel.button("Fetch all 250").click();
  await panel.reaches("done");
  const order = askedSims(simulator);
  expect(new Set(order).size).toBe(sims);
  expect(order).toHaveLength(sims);
  expect(simulator.maxInFlight).toBe(4);
  await expect.poll(() => scope.count("Sessions")).toBe(simulator.truth().sessions);
  // The lanes that are drawn have not moved meanwhile.
  const shown = new Set(first);
  expect(order.slice(0, now).filter((sim) => shown.has(sim)).length).toBe(Math.min(now, onScreen));
});
