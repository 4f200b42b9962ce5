// Sums over a span and over picked sessions, compared with the same worked out from the public model.
import { readCsv, recordsOf } from "./csv.ts";
import { expect, test, type Page } from "./guard.ts";
import { demoAnswers, readDemo, recorded, Scope } from "./scope.ts";
import {
  median,
  sum,
  times,
  type Flow,
  type Known,
  type ModelSession,
  type Row,
} from "./sums-truth.ts";

const day = 86_400_000;

/** The sessions that the public function reads out of recorded answers. */
async function sessionsOf(page: Page, files: string[]): Promise<ModelSession[][]> {
  const answers = demoAnswers();
  const given = files.map((file) => {
    const answer = answers.find((answer) => answer.file === file);
    return { text: readDemo(file), provider: answer?.provider, sim: answer?.sim };
  });
  return page.evaluate(async (given) => {
    const url = new URL("simscope.js", document.baseURI).href;
    const { normalize } = await import(url);
    const all = [];
    for (const { text, provider, sim } of given) {
      all.push((await normalize(text, { provider, sim })).sessions);
    }
    return all;
  }, given);
}

/** Drags a span over the middle of what the timeline shows. */
async function dragSpan(page: Page, scope: Scope, from: number, to: number): Promise<void> {
  const box = await scope.canvas.boundingBox();
  if (!box) throw new Error("the canvas is not on the page");
  const y = box.y + 10;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * ((from + to) / 2), y, { steps: 3 });
  await page.mouse.move(box.x + box.width * to, y, { steps: 3 });
  await page.mouse.up();
  await expect(scope.inspector.getByRole("heading", { name: "Span" })).toBeVisible();
}

/** Copies the sums and resolves to their rows. */
async function copied(page: Page, scope: Scope): Promise<Record<string, string>[]> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await scope.inspector.getByRole("button", { name: "Copy as CSV" }).click();
  await expect(scope.messages.last()).toContainText("The sums as CSV");
  return recordsOf(readCsv(await page.evaluate(() => navigator.clipboard.readText())));
}

const seconds = (ms: number) => (ms % 1000 === 0 ? String(ms / 1000) : (ms / 1000).toFixed(3));
const figure = (n: number | null) => (n === null ? "" : String(n));

function flow(what: string, { up, down, total }: Flow): Record<string, string> {
  return {
    [`${what} up`]: figure(up),
    [`${what} down`]: figure(down),
    [`${what} total`]: figure(total),
  };
}

function figures(row: Row): Record<string, string> {
  return {
    sessions: String(row.sessions),
    SIMs: String(row.sims),
    "online at least (s)": seconds(row.least),
    "online at most (s)": seconds(row.most),
    ...flow("bytes", row.bytes),
    ...flow("packets", row.packets),
  };
}

/** Compares what was copied, and what stands in the inspector, with the truth. */
async function compare(scope: Scope, csv: Record<string, string>[], known: Known[]): Promise<void> {
  const [all] = csv;
  const [from, to] = [Date.parse(all?.["from (UTC)"] ?? ""), Date.parse(all?.["to (UTC)"] ?? "")];
  const truth = sum(known, from, to);
  expect(truth.sessions).toBeGreaterThan(5);
  expect(truth.gaps.length).toBeGreaterThan(2);
  expect(all).toMatchObject({
    by: "all",
    ...figures(truth),
    "known time (s)": seconds(truth.known),
    "unknown time (s)": seconds(truth.unknown),
    "session coverage at least (%)": ((truth.least / truth.known) * 100).toFixed(2),
    "session coverage at most (%)": ((truth.most / truth.known) * 100).toFixed(2),
    gaps: String(truth.gaps.length),
    "median gap (s)": seconds(median(truth.gaps)),
    "longest gap (s)": seconds(Math.max(...truth.gaps)),
  });
  for (const [kind, rows] of Object.entries(truth.by)) {
    const copied = csv.filter(({ by }) => by === kind);
    expect(copied.map(({ value }) => value).sort(), kind).toEqual([...rows.keys()].sort());
    for (const row of copied) {
      const expected = rows.get(row["value"] ?? "");
      if (!expected) throw new Error("checked above");
      expect(row, `${kind} ${row["value"]}`).toMatchObject(figures(expected));
    }
  }
  const said = (key: string) => scope.inspector.locator(`dt:text-is('${key}') + dd`);
  await expect(said("Sessions")).toHaveText(new RegExp(`^${truth.sessions} `));
  await expect(said("SIMs")).toHaveText(String(truth.sims));
  const percent = (part: number) => ((part / truth.known) * 100).toFixed(1);
  await expect(said("Coverage")).toContainText(percent(truth.least));
  await expect(said("Coverage")).toContainText(percent(truth.most));
  await expect(said("Median gap")).toContainText(`of ${truth.gaps.length} gaps`);
}

test("a span over files: sessions of lists, and rebuilt ones that changed network", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  const files = [
    "kore/truck-a-113-data-sessions.json",
    "kore/gate-4-data-sessions.json",
    "twilio/boat-77-data-sessions.json",
    "soracom/bus-33-events.json",
    "soracom/trailer-mx-4-events.json",
  ];
  const sessions = await sessionsOf(page, files);
  await scope.load(...files.map(recorded));
  await expect(scope.chips).toHaveCount(files.length);
  await scope.focus();
  await page.keyboard.press("0");
  await dragSpan(page, scope, 0.3, 0.8);
  // Nobody knows when a file was fetched: what is known of it ends with its last row.
  const known = sessions.flatMap((sessions) => {
    const edges = sessions.map((session) => times({ session, observed: null, fetched: [0, 0] }));
    const fetched: [number, number] = [
      Math.min(...edges.map(([begin]) => begin)),
      Math.max(...edges.map(([, , light]) => light)),
    ];
    return sessions.map((session): Known => ({ session, observed: null, fetched }));
  });
  const csv = await copied(page, scope);
  expect(known.some(({ session }) => session.segments.length > 1)).toBe(true);
  await compare(scope, csv, known);
});

test("a span over answers whose time of fetching is known", async ({ page }) => {
  const scope = await Scope.open(page);
  const answers = demoAnswers();
  const kiosks = answers.filter(({ file }) => /kiosk-.*data-sessions/.test(file));
  const sessions = await sessionsOf(
    page,
    kiosks.map(({ file }) => file),
  );
  await scope.openDemo();
  await scope.filter.fill("kiosk");
  await expect(scope.laneLabels.first()).toBeVisible();
  await scope.focus();
  await page.keyboard.press("0");
  await dragSpan(page, scope, 0.2, 0.99);

  const observed = (answer: { observed: string }) => Date.parse(answer.observed);
  const asOf = Math.max(...answers.map(observed));
  const known = new Map<string, Known>();
  for (const [at, answer] of kiosks.entries()) {
    const until = Math.max(
      ...answers.filter(({ source }) => source === answer.source).map(observed),
    );
    for (const session of sessions[at] ?? []) {
      known.set([session.sim, session.id, session.start].join(), {
        session,
        observed: observed(answer),
        fetched: [asOf - 30 * day, until],
      });
    }
  }
  // Both vendors keep 30 days, and other SIMs' rows go back as far. What is older was kept all the same.
  for (const each of known.values()) {
    const same = [...known.values()].filter(({ session }) => session.sim === each.session.sim);
    each.fetched[0] = Math.min(each.fetched[0], ...same.map((known) => times(known)[0]));
  }
  const csv = await copied(page, scope);
  const sims = csv.filter(({ by }) => by === "SIM");
  expect(sims.length).toBeGreaterThan(2);
  expect(sims.every(({ value }) => value?.startsWith("Kiosk"))).toBe(true);
  await compare(scope, csv, [...known.values()]);
});

test("a row of a breakdown goes into the filter", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await dragSpan(page, scope, 0.1, 0.9);
  const radios = scope.inspector.getByRole("region", { name: "By radio" });
  await radios.getByRole("button", { name: /^2G/ }).click();
  await expect(scope.filter).toHaveValue("radio:2g");
});

test("picked sessions are summed until something else is chosen", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await scope.table("Sessions");
  const row = (at: number) => scope.rows.nth(at).locator("td").nth(1);
  const heading = scope.inspector.getByRole("heading", { level: 2 });
  const picked = scope.element.locator(".table-scroll tr.picked");

  await row(0).click();
  await expect(heading).toHaveText("Session");
  await row(2).click({ modifiers: ["ControlOrMeta"] });
  // The chosen one is among them, as in any list.
  await expect(heading).toHaveText("Picked");
  await expect(picked).toHaveCount(2);
  await expect(scope.inspector.locator("dt:text-is('Sessions') + dd")).toHaveText("2 picked");
  await row(5).click({ modifiers: ["Shift"] });
  await expect(picked).toHaveCount(5);
  await row(3).click({ modifiers: ["ControlOrMeta"] });
  await expect(picked).toHaveCount(4);
  const [all] = await copied(page, scope);
  expect(all?.["sessions"]).toBe("4");

  await page.keyboard.press("Escape");
  await expect(picked).toHaveCount(0);
  await expect(heading).toHaveText("Details");
});

test("sessions on the timeline are picked with Ctrl, and outlined", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  const card = scope.element.locator(".hover-card");
  const box = await scope.canvas.boundingBox();
  if (!box) throw new Error("the canvas is not on the page");
  // Places of two sessions, as the card beside the pointer tells them apart.
  const places = new Map<string, { x: number; y: number }>();
  for (let y = 14; y < 80 && places.size < 2; y += 28) {
    for (let x = 6; x < box.width && places.size < 2; x += 6) {
      await page.mouse.move(box.x + x, box.y + y);
      const [said = ""] = await card.allInnerTexts();
      if (/ – /.test(said) && !said.includes("zoom in")) places.set(said, { x, y });
    }
  }
  const [first, second] = [...places.values()];
  if (!first || !second) throw new Error("no two sessions stand alone on the timeline");
  const heading = scope.inspector.getByRole("heading", { level: 2 });
  await scope.canvas.click({ position: first });
  await expect(heading).toHaveText("Session");
  await scope.canvas.click({ position: second, modifiers: ["ControlOrMeta"] });
  await expect(heading).toHaveText("Picked");
  await expect(scope.inspector.locator("dt:text-is('Sessions') + dd")).toHaveText("2 picked");
  await scope.canvas.click({ position: second, modifiers: ["ControlOrMeta"] });
  await expect(scope.inspector.locator("dt:text-is('Sessions') + dd")).toHaveText("1 picked");
});
