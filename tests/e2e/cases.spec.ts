// Cases: everything that is loaded, with the view, as one file that shows the same in another tab; masked it names nobody; and
// whatever is in one never breaks the page.
import { readFileSync } from "node:fs";
import type { Download } from "@playwright/test";
import type { SimScopeElement } from "../../www/element.ts";
import { damagedCases } from "../host/damaged-cases.ts";
import { unzipped } from "../host/case-bench.ts";
import { expect, test, type Page } from "./guard.ts";
import { demoAnswers, readDemo, recorded, Scope, upload, type Upload } from "./scope.ts";

/** What is looked at. */
const shown = async (scope: Scope) => ({
  edges: await scope.edges(),
  colour: await scope.element.getByLabel("Colour").first().inputValue(),
  tab: await scope.element.locator('.tables [role="tab"][aria-selected="true"]').innerText(),
  totals: await scope.totals(),
  tabs: await scope.element.locator(".tables .tabs").innerText(),
  legend: await scope.element.locator(".legend").innerText(),
});

/** The same, with what names SIMs. */
const named = async (scope: Scope) => ({
  ...(await shown(scope)),
  filter: await scope.filter.inputValue(),
  session: await scope.inspector.locator("header").first().innerText(),
  lanes: await scope.laneLabels.allInnerTexts(),
  chips: await scope.chips.allInnerTexts(),
});

const sessions = (scope: Scope): Promise<Record<string, unknown>[]> =>
  scope.element.evaluate(
    (element) => (element as SimScopeElement).sessions({ all: true }) as Promise<never>,
  );

/** Makes the view another one than at first. */
async function change(scope: Scope): Promise<void> {
  await scope.element.getByLabel("Colour").first().selectOption("operator");
  await scope.tab("Sessions").click();
  await scope.focus();
  for (const key of ["Home", "ArrowDown", ".", "w", "p"]) await scope.page.keyboard.press(key);
  await scope.settled();
}

/** Saves a case by hand. */
async function save(scope: Scope, masked: boolean): Promise<Upload> {
  await scope.focus();
  await scope.page.keyboard.press("Control+s");
  await expect(scope.dialog.getByRole("heading", { name: "Save a case" })).toBeVisible();
  if (masked) await scope.dialog.getByLabel("Mask identifiers").check();
  const [download] = await Promise.all([
    scope.page.waitForEvent("download"),
    scope.dialog.getByRole("button", { name: "Save", exact: true }).click(),
  ]);
  await expect(scope.dialog).toHaveCount(0);
  return asUpload(download);
}

async function asUpload(download: Download): Promise<Upload> {
  const name = download.suggestedFilename();
  expect(name).toMatch(/^simscope-case-\d{4}-\d\d-\d\d-\d{4}\.zip$/);
  return { name, mimeType: "application/zip", buffer: readFileSync(await download.path()) };
}

async function another(page: Page): Promise<Scope> {
  return Scope.open(await page.context().newPage());
}

test("what was saved is shown in another tab, and nothing of it is lost", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await scope.filter.fill("radio:4g");
  await scope.filter.press("Enter");
  await change(scope);
  const file = await save(scope, false);
  await expect(scope.messages.last()).toContainText(/\d+ documents, \d/);
  const before = await named(scope);
  const rows = await sessions(scope);

  const other = await another(page);
  await other.drop(file);
  await expect(other.chips).toHaveCount(6);
  await other.settled();
  await expect.poll(() => named(other), { timeout: 60_000 }).toEqual(before);
  expect(await sessions(other)).toEqual(rows);
  await expect(other.messages).toHaveCount(0);
  // The vendor's own record is there as well.
  await other.inspector.locator("details.raw summary").first().click();
  await expect(other.inspector.locator("details.raw pre").first()).toContainText('"sid"');
  // Opened a second time beside itself it adds no row, and moves nothing; what was to be said of it is said again.
  await other.drop(file);
  await expect(other.chips.first()).toContainText("2 warnings");
  await other.settled();
  const again = async () => ({ ...(await named(other)), chips: before.chips });
  await expect.poll(again, { timeout: 60_000 }).toEqual(before);
  expect(await sessions(other)).toEqual(rows);
  await other.page.close();
});

test("masked it shows the same of other SIMs, and names nobody", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await change(scope);
  const before = await shown(scope);
  const rows = await sessions(scope);
  await scope.filter.fill("name:Gate");
  await scope.filter.press("Enter");
  const file = await save(scope, true);
  await expect(scope.messages.last()).toContainText("The filter was left out");

  const texts = Object.entries(await unzipped(file.buffer)).join("\n");
  const names = /"(iccid|imsi|imei|eid|msisdn|friendly_name|ThingName|name)"\s*:\s*"([^"]{5,})"/gi;
  const known = demoAnswers().flatMap(({ file }) => [...readDemo(file).matchAll(names)]);
  const identifiers = new Set(known.map((found) => found[2] ?? ""));
  for (const apn of ["data.mono", "soracom.io"]) identifiers.delete(apn);
  expect(identifiers.size).toBeGreaterThan(100);
  for (const identifier of identifiers) {
    expect(texts.includes(identifier), identifier).toBe(false);
  }

  const other = await another(page);
  // Browsers offer no file for a choice that the button does not accept.
  const chooser = other.element.locator('input[type="file"]').first();
  expect((await chooser.getAttribute("accept"))?.split(",")).toContain(".zip");
  await other.choose(file);
  await expect(other.chips).toHaveCount(6);
  await other.settled();
  await expect(other.messages).toContainText("The identifiers in this case are masked");
  await expect.poll(() => shown(other), { timeout: 60_000 }).toEqual(before);
  // The session that was chosen is chosen, of a SIM of another name.
  await expect(other.element.locator(".lane-label.chosen")).toHaveCount(1);
  const told = ["start", "end", "mcc", "mnc", "operator", "cell", "bytes_total", "radio"];
  const plain = (all: Record<string, unknown>[]) =>
    all.map((row) => JSON.stringify(told.map((name) => row[name]))).sort();
  expect(plain(await sessions(other))).toEqual(plain(rows));
  await other.page.close();
});

test("a host page saves a case and loads it", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  const told = await scope.element.evaluate(async (element) => {
    const scope = element as SimScopeElement;
    const saved = await scope.saveCase();
    const masked = await scope.saveCase({ mask: true });
    const before = await scope.sessions({ all: true });
    scope.clear();
    const nothing = await scope.saveCase().catch((error: { code: string }) => error.code);
    const loaded = await scope.load(saved, { name: "Ticket 12" });
    const after = await scope.sessions({ all: true });
    const broken = await scope
      .load(saved.slice(0, saved.size - 40))
      .catch((error: { code: string; message: string }) => [error.code, error.message]);
    return { saved: saved.type, masked: masked.size, before, after, nothing, loaded, broken };
  });
  expect(told.saved).toBe("application/zip");
  expect(told.masked).toBeGreaterThan(500);
  expect(told.after).toEqual(told.before);
  expect(told.nothing).toBe("nothing_loaded");
  expect(told.loaded).toMatchObject({ name: "Ticket 12", sims: 1, skipped: 0, events: 0 });
  expect(told.loaded.sessions).toBe(told.before.length);
  expect(told.loaded.records).toBe(told.before.length);
  expect(told.broken).toEqual(["bad_case", expect.stringContaining("cut off")]);
});

test("what is no case, or damaged, is told, and loses nothing", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  const file = await save(scope, false);
  const before = await scope.totals();
  await scope.messages.getByRole("button", { name: "Dismiss" }).click();
  await scope.drop(upload("cut.zip", file.buffer.subarray(0, 700)));
  await expect(scope.messages).toContainText("This ZIP file is cut off");
  await scope.drop(upload("empty.zip", Buffer.from("504b0506" + "00".repeat(18), "hex")));
  await expect(scope.messages.last()).toContainText("no case saved by simscope");
  await scope.settled();
  expect(await scope.totals()).toEqual(before);
  await expect(scope.chips).toHaveCount(1);
});

// Ten thousand damaged cases, in parts that run side by side.
const parts = [1, 2, 3, 4];
const casesOfAPart = 10_000 / parts.length;
for (const part of parts) {
  test(`damaged cases leave the page at work, part ${part}`, async ({ page }) => {
    test.setTimeout(600_000);
    const scope = await Scope.open(page);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    const before = await scope.totals();
    const counts = { loaded: 0, refused: 0 };
    const batch = 250;
    const { next } = await damagedCases(20_261_200 + part);
    for (let round = 0; round < casesOfAPart; round += batch) {
      const files = Array.from({ length: batch }, () => Buffer.from(next()).toString("base64"));
      const found = await scope.element.evaluate(async (element, files) => {
        const scope = element as SimScopeElement;
        const found = { loaded: 0, refused: 0 };
        const load = async (file: string) => {
          const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
          // A beginning that was damaged makes it a file of another kind.
          await scope.load(bytes).then(
            () => (found.loaded += 1),
            (error: { name: string; message: string }) => {
              if (error.name !== "SimScopeError") throw new Error(error.message);
              found.refused += 1;
            },
          );
        };
        await Promise.all(files.map(load));
        scope.clear();
        return found;
      }, files);
      counts.loaded += found.loaded;
      counts.refused += found.refused;
    }
    console.log(`${counts.loaded} loaded, ${counts.refused} refused`);
    expect(counts.loaded + counts.refused).toBe(casesOfAPart);
    expect(counts.loaded).toBeGreaterThan(casesOfAPart / 10);
    expect(counts.refused).toBeGreaterThan(casesOfAPart / 10);
    await expect(scope.element.locator(".stopped")).toHaveCount(0);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    expect(await scope.totals()).toEqual(before);
  });
}

test.describe("without its part", () => {
  test.use({ allowed: { complaints: [/ERR_FAILED/, /the part for cases could not be fetched/] } });

  test("a case is not saved, which is told, and can be opened later", async ({ page, context }) => {
    const scope = await Scope.open(page);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    await context.route("**/case.js*", (route) => route.abort());
    await scope.focus();
    await page.keyboard.press("Control+s");
    await scope.dialog.getByRole("button", { name: "Save", exact: true }).click();
    await expect(scope.dialog.getByRole("alert")).toContainText("must copy case.js as well");
    await context.unroute("**/case.js*");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      scope.dialog.getByRole("button", { name: "Save", exact: true }).click(),
    ]);
    expect((await asUpload(download)).buffer.length).toBeGreaterThan(500);
  });
});
