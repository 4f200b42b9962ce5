// The demo fleet: everything recorded is shown, and the figures agree with each other and with the files.
import { expect, test } from "./guard.ts";
import { demoAnswers, engines, readDemo, Scope } from "./scope.ts";

test("the demo fleet opens whole", async ({ page }) => {
  const scope = await Scope.open(page);
  expect(engines(page), "nothing runs before something is opened").toHaveLength(0);
  await scope.openDemo();
  expect(engines(page)).toHaveLength(1);

  const sources = [...new Set(demoAnswers().map(({ source }) => source))];
  expect(sources).toHaveLength(6);
  await expect(scope.chips.locator(".chip-name")).toHaveText(sources);

  expect((await scope.totals()).sims).toBe(40);
  expect(await scope.count("SIMs")).toBe(40);
  const shown = await scope.chips.locator(".dim").allInnerTexts();
  const sims = shown.map((text) => parseInt(text, 10)).reduce((sum, count) => sum + count);
  expect(sims, "SIMs of all chips").toBe(40);

  // The overview is painted.
  const inked = await scope.element.locator(".strip canvas").evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const image = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
    return image?.data.filter((value, at) => at % 4 === 3 && value > 0).length ?? 0;
  });
  expect(inked).toBeGreaterThan(1000);

  await expect(scope.element.locator(".map canvas")).toBeVisible();
  await expect(scope.element.locator(".map header")).toContainText(/\d+ places/);
  await expect(scope.element.locator(".message.bad")).toHaveCount(0);
});

test("every SIM of the demo fleet has a lane and a row", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await scope.element.getByLabel("Group", { exact: true }).selectOption("none");
  await expect(scope.element.locator(".group-label")).toHaveCount(0);

  const lanes = new Set<string>();
  const list = scope.element.locator(".lanes-scroll");
  const height = await list.evaluate((list) => list.scrollHeight);
  expect(height).toBe(40 * 28);
  for (let top = 0; top < height; top += 200) {
    await list.evaluate((list, top) => list.scrollTo(0, top), top);
    // The lane at the upper edge is drawn: the labels have followed.
    await expect(scope.laneLabels.first()).toBeVisible();
    const upper = Math.min(top, height - (await list.evaluate((list) => list.clientHeight)));
    await expect
      .poll(() =>
        scope.laneLabels.evaluateAll((all) => all.map((label) => (label as HTMLElement).offsetTop)),
      )
      .toContain(Math.floor(upper / 28) * 28);
    // All at once: one that scrolls away meanwhile would be waited for.
    const names = scope.laneLabels.locator(".lane-name");
    const titles = await names.evaluateAll((all) => all.map((name) => name.getAttribute("title")));
    for (const title of titles) lanes.add(title ?? "");
  }
  expect(lanes.size).toBe(40);

  await scope.table("SIMs");
  await expect(scope.rows).toHaveCount(40);
  const named = await scope.rows.locator("td:first-child").allInnerTexts();
  const rows = new Set(named.map((text) => text.replace(/^.*\n/s, "").trim()));
  const laneNames = new Set([...lanes].map((title) => title.split(" · ")[0] ?? ""));
  expect(rows.size).toBe(40);
  expect(laneNames.size).toBe(40);
});

/** Sessions in the files of a vendor whose answers list them: by what the model tells them apart. */
function listedSessions(provider: string): number {
  const files = demoAnswers().filter(
    (answer) => answer.provider === provider && answer.file.includes("data-sessions"),
  );
  const records = files.flatMap(({ file }) => {
    const body = JSON.parse(readDemo(file)) as {
      data_sessions: { sim_sid: string; sid: string | null; start: string | null }[];
    };
    return body.data_sessions;
  });
  return new Set(records.map(({ sim_sid, sid, start }) => JSON.stringify([sim_sid, sid, start])))
    .size;
}

test("table, totals and files agree on how many sessions there are", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const { sessions } = await scope.totals();
  const table = await scope.table("Sessions");
  expect(await scope.count("Sessions")).toBe(sessions);
  await expect(table).toHaveAttribute("aria-rowcount", String(sessions + 1));

  // By vendor, as the legend counts them.
  await scope.element.getByLabel("Colour by").selectOption("provider");
  const entries = scope.element.locator(".legend li button:not(.only)");
  await expect(entries.filter({ hasText: "KORE" })).toHaveCount(1);
  const counts = new Map<string, number>();
  for (const entry of await entries.all()) {
    const title = (await entry.getAttribute("title")) ?? "";
    counts.set((await entry.innerText()).trim(), parseInt(title.replaceAll(",", ""), 10));
  }
  const sum = [...counts.values()].reduce((sum, count) => sum + count);
  expect(sum, "of all vendors").toBe(sessions);
  const of = (vendor: string) =>
    [...counts]
      .filter(([label]) => label.includes(vendor))
      .reduce((sum, [, count]) => sum + count, 0);
  expect(of("KORE")).toBe(listedSessions("kore"));
  expect(of("Twilio")).toBe(listedSessions("twilio"));
});
