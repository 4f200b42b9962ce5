// Files into the element: dropped, chosen, pasted, compressed, and the ones that cannot be read.
import { gzipSync } from "node:zlib";
import { expect, test } from "./guard.ts";
import { readDemo, recorded, Scope, upload, type Upload } from "./scope.ts";

const soracom = "soracom/bus-33-events.json";
const kore = "kore/gate-4-data-sessions.json";

const koreSessions = (JSON.parse(readDemo(kore)) as { data_sessions: unknown[] }).data_sessions
  .length;
const soracomEvents = (JSON.parse(readDemo(soracom)) as unknown[]).length;

/** What came of the two files together. */
async function bothAreThere(scope: Scope): Promise<void> {
  await expect(scope.chips).toHaveCount(2);
  await scope.settled();
  expect((await scope.totals()).sims).toBe(2);
  expect(await scope.count("Events")).toBe(soracomEvents);
  expect((await scope.totals()).sessions).toBeGreaterThan(koreSessions);
  await expect(scope.laneLabels).toHaveCount(2);
  await expect(scope.messages).toHaveCount(0);
}

test("dropped files each add their lane", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.drop(recorded(kore));
  await expect(scope.chips).toHaveCount(1);
  await scope.settled();
  expect(await scope.totals()).toMatchObject({ sims: 1, sessions: koreSessions });
  await scope.drop(recorded(soracom));
  await bothAreThere(scope);
});

test("what is dragged over the element is told, and gone when it leaves", async ({ page }) => {
  const scope = await Scope.open(page);
  const transfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["[]"], "a.json"));
    return transfer;
  });
  const hint = scope.element.locator(".drop");
  await scope.element.locator(".app").dispatchEvent("dragenter", { dataTransfer: transfer });
  await expect(hint).toHaveClass(/shown/);
  await scope.element.locator(".app").dispatchEvent("dragleave", { dataTransfer: transfer });
  await expect(hint).not.toHaveClass(/shown/);
});

test("several files chosen at once each add their lane", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.choose(recorded(kore), recorded(soracom));
  await bothAreThere(scope);
});

test("pasted texts each add their lane", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.paste(readDemo(kore));
  await expect(scope.chips).toHaveCount(1);
  await scope.settled();
  await scope.paste(readDemo(soracom));
  await bothAreThere(scope);
});

test("compressed files are read as they are", async ({ page }) => {
  const scope = await Scope.open(page);
  const packed = (file: string) => upload(`${file}.gz`, gzipSync(readDemo(file)));
  await scope.drop(packed(kore));
  await expect(scope.chips).toHaveCount(1);
  await scope.choose(packed(soracom));
  await bothAreThere(scope);
  // A record's own text is found in what was unpacked.
  await scope.element.locator(".lane-label").first().click();
  await scope.table("Sessions");
  await scope.rows.first().click();
  await scope.inspector.locator("summary").click();
  const record = scope.inspector.locator("pre").first();
  // It is fetched when it is opened.
  await expect(record).toContainText("{");
  const text = await record.innerText();
  expect(() => JSON.parse(text) as unknown).not.toThrow();
});

test("the same file twice adds nothing", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded(kore));
  const before = await scope.totals();
  await scope.choose(upload("the same again.json", readDemo(kore)));
  await expect(scope.chips).toHaveCount(2);
  await scope.settled();
  expect(await scope.totals()).toEqual(before);
  // Nor does one of the same name, which is the same source.
  await scope.choose(recorded(kore));
  await scope.settled();
  await expect(scope.chips).toHaveCount(2);
  expect(await scope.totals()).toEqual(before);
});

test("a log that names no SIM asks which, and an answer reads it", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded(kore));
  await scope.drop(recorded("monogoto/bin-118-log.json"));
  const dialog = scope.element.getByRole("dialog", { name: "Which SIM is it?" });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText("bin-118-log.json");
  await expect(dialog).toContainText("Monogoto");
  await expect(dialog.getByRole("button", { name: "Read it" })).toBeDisabled();
  expect((await scope.totals()).sims).toBe(1);
  await dialog.getByLabel("ICCID").fill("8999500000009990118");
  await dialog.getByRole("button", { name: "Read it" }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await scope.totals()).sims).toBe(2);
  await scope.settled();
  expect(await scope.count("Events")).toBeGreaterThan(0);
  await expect(scope.laneLabels.filter({ hasText: "…9990118" })).toHaveCount(1);
});

test("a question that is closed leaves all as it was", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded(kore));
  const before = await scope.totals();
  await scope.drop(recorded("monogoto/bin-118-log.json"), recorded("monogoto/bin-119-log.json"));
  const dialog = scope.element.getByRole("dialog", { name: "Which SIM is it?" });
  await expect(dialog).toContainText("bin-118");
  await page.keyboard.press("Escape");
  // The next one is asked about.
  await expect(dialog).toContainText("bin-119");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
  expect(await scope.totals()).toEqual(before);
});

const truncated = readDemo(kore).slice(0, 6000);
const wholeRecords = (truncated.match(/"imei":"\d+"\}/g) ?? []).length;

const unreadable: [what: string, file: Upload, message: RegExp][] = [
  [
    "a web page",
    upload("answer.json", "<!DOCTYPE html><html><body>Sign in</body></html>"),
    /This is a web page, not data/,
  ],
  ["an empty file", upload("empty.json", ""), /The file is empty/],
  [
    "JSON of no vendor",
    upload("other.json", '{"rows":[{"a":1}]}'),
    /no answer of Twilio, KORE.*rows/s,
  ],
  [
    "UTF-16 text",
    upload("utf16.json", Buffer.from(`\uFEFF${readDemo(kore)}`, "utf16le")),
    /not UTF-8.*Save it as UTF-8/s,
  ],
  [
    "a vendor's error",
    upload("error.json", '{"code":33201,"status":401,"message":"Unauthorized"}'),
    /refused the call.*Unauthorized/s,
  ],
  ["text that is no JSON", upload("notes.txt", "Call the vendor on Monday"), /This is not JSON/],
  ["an archive", upload("all.zip", Buffer.from("PK\x03\x04\x14\0\0\0")), /ZIP file is damaged/],
];

for (const [what, file, message] of unreadable) {
  test(`${what} is told, and what was loaded stays`, async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.load(recorded(kore));
    const before = await scope.totals();
    await scope.drop(file);
    const told = scope.element.locator(".message.bad");
    await expect(told).toHaveCount(1);
    await expect(told).toContainText(file.name);
    await expect(told).toContainText(message);
    expect(await scope.totals()).toEqual(before);
    await told.getByRole("button", { name: "Dismiss" }).click();
    await expect(told).toHaveCount(0);
  });
}

test("a file that is cut off is told, and what was complete in it is shown", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded(soracom));
  const before = await scope.totals();
  await scope.drop(upload("cut.json", truncated));
  const told = scope.element.locator(".message.bad");
  await expect(told).toContainText(
    /What (stood before it|was complete) was read; save the answer again/,
  );
  await scope.settled();
  const after = await scope.totals();
  expect(wholeRecords).toBeGreaterThan(3);
  expect(after.sessions).toBe(before.sessions + wholeRecords);
});

test("a bad record is left out and named, and the rest is loaded", async ({ page }) => {
  const body = JSON.parse(readDemo(kore)) as { data_sessions: Record<string, unknown>[] };
  const second = body.data_sessions[1] ?? {};
  second["packets_uploaded"] = "many";
  const text = JSON.stringify(body);
  const scope = await Scope.open(page);
  await scope.load(upload("one-bad.json", text));
  expect((await scope.totals()).sessions).toBe(koreSessions - 1);
  await expect(scope.chips.locator("em")).toHaveText("1 warning");
  await expect(scope.element.locator(".message.warning")).toContainText(
    "1 record could not be read",
  );

  await scope.chips.click();
  const dialog = scope.element.getByRole("dialog", { name: "Source" });
  await expect(dialog).toContainText("1 left out");
  await expect(dialog.locator(".warnings li")).toHaveCount(1);
  const place = await dialog.locator(".warnings code").innerText();
  expect(place).toContain("one-bad.json");
  expect(place).toContain("field packets_uploaded");
  // The byte lies in the bad record.
  const byte = Number(/byte (\d+)/.exec(place)?.[1]);
  const from = text.indexOf(JSON.stringify(second));
  expect(byte).toBeGreaterThanOrEqual(from);
  expect(byte).toBeLessThan(from + JSON.stringify(second).length);
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
});
