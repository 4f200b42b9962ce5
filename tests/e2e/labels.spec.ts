// A CSV of the visitor's own: its names, groups and tags stand in place of the vendors', in lanes and tables.
import { gzipSync } from "node:zlib";
import { expect, test, type Page } from "./guard.ts";
import { Scope, type Upload, upload } from "./scope.ts";

/** SIMs of the demo fleet, one of each vendor that lists ICCIDs: Soracom's, KORE's and Twilio's. */
const meter = "8999100000000104410";
const gate = "8999300000000017506";
const boat = "8999400000000031204";

const csv = (name: string, text: string | Buffer): Upload => ({
  ...upload(name, text),
  mimeType: "text/csv",
});

const lines = [
  "Card;Asset;Cluster;Site",
  `${meter};Winch 1;north;Oslo`,
  `${gate};Winch 2;north;Bergen`,
  `${boat};Winch 3;south;Oslo`,
  "8999900000000000014;Nobody;;",
  "8.98824E+18;Rounded;;",
];
const file = () => csv("assets.csv", lines.join("\r\n"));

async function demo(page: Page): Promise<Scope> {
  const scope = await Scope.open(page);
  await scope.openDemo();
  return scope;
}

const chip = (scope: Scope) => scope.chips.filter({ hasText: "assets.csv" });
const what = (scope: Scope, column: string) => scope.dialog.getByLabel(`What ${column} is`);
/** What the lanes are called that a filter lets through. */
async function names(scope: Scope, filter: string): Promise<string[]> {
  await scope.filter.fill(filter);
  await scope.filter.press("Enter");
  await scope.settled();
  return scope.laneLabels.locator(".name").allInnerTexts();
}

test("a dropped CSV names SIMs of three vendors, and tells of the rows that are nobody's", async ({
  page,
}) => {
  const scope = await demo(page);
  await scope.drop(csv("assets.csv.gz", gzipSync(lines.join("\r\n"))));
  const dialog = scope.dialog;
  await expect(dialog).toHaveAttribute("aria-label", "Labels");
  await expect(dialog.getByRole("status")).toContainText(
    "3 of 5 rows matched 3 SIMs at 3 vendors.",
  );
  await expect(dialog.getByRole("status")).toContainText("2 rows matched none.");
  const told = dialog.getByRole("list", { name: "Rows to look at" }).getByRole("listitem");
  await expect(told).toHaveCount(2);
  await expect(told.nth(0)).toContainText("Line 5 8999900000000000014");
  await expect(told.nth(0)).toContainText("No loaded SIM has these identifiers.");
  await expect(told.nth(1)).toContainText("Line 6 8.98824E+18");
  await expect(told.nth(1)).toContainText("format the column as text");
  // What is guessed by what stands in a column, and by nothing.
  await expect(what(scope, "Card")).toHaveValue("iccid");
  await expect(what(scope, "Asset")).toHaveValue("tag");
  await expect(dialog).toContainText("Winch 1");

  // Two columns are said to be something else: it is so at once.
  await what(scope, "Asset").selectOption("name");
  await what(scope, "Cluster").selectOption("group");
  await expect(what(scope, "Cluster")).toHaveValue("group");
  await dialog.getByRole("button", { name: "Use these labels" }).click();
  await expect(scope.dialog).toHaveCount(0);
  await expect(chip(scope)).toContainText("labels of 3 SIMs");

  expect(await names(scope, "name:Winch*")).toEqual(
    expect.arrayContaining(["Winch 1", "Winch 2", "Winch 3"]),
  );
  expect((await names(scope, "tag:site=Oslo")).sort()).toEqual(["Winch 1", "Winch 3"]);
  expect((await names(scope, "group:north")).sort()).toEqual(["Winch 1", "Winch 2"]);
  const table = await scope.table("SIMs");
  await expect(table.getByRole("row").nth(1)).toContainText(/Winch [12]/);

  await names(scope, "");
  await scope.element.getByLabel("Group", { exact: true }).selectOption("group");
  const heads = scope.element.locator(".group-label");
  await expect(heads.filter({ hasText: "north" })).toContainText("2 SIMs");
  await expect(heads.filter({ hasText: "south" })).toContainText("1 SIM");

  // The vendor's own name is not lost.
  await names(scope, '"Winch 2"');
  await scope.laneLabels.first().click();
  const pair = (name: string) => scope.inspector.locator("dt", { hasText: name }).locator("+ dd");
  await expect(pair("Name at the vendor")).toHaveText("Gate 4");
  await expect(pair("Group")).toHaveText("north");
  await expect(pair("Tags")).toContainText("Site: Bergen");
});

test("left out again, SIMs have the names that their vendors give them", async ({ page }) => {
  const scope = await demo(page);
  const before = await names(scope, "name:Gate*");
  await names(scope, "");
  await scope.drop(file());
  await what(scope, "Asset").selectOption("name");
  await expect(what(scope, "Asset")).toHaveValue("name");
  await page.keyboard.press("Escape");
  await expect(scope.dialog).toHaveCount(0);
  // The filter line has the focus again, and takes more room with it: a click beside it counts all the same.
  await chip(scope).click();
  await expect(what(scope, "Asset")).toHaveValue("name");
  await scope.dialog.getByRole("button", { name: "Leave the file out" }).click();
  await expect(scope.dialog).toHaveCount(0);
  await expect(chip(scope)).toHaveCount(0);
  expect(await names(scope, "name:Winch*")).toEqual([]);
  expect(await names(scope, "name:Gate*")).toEqual(before);
});

test("labels that come first wait for the SIMs, and go with all else", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.choose(file());
  await expect(scope.dialog.getByRole("status")).toContainText("None of 5 rows matched");
  await what(scope, "Asset").selectOption("name");
  await scope.dialog.getByRole("button", { name: "Use these labels" }).click();
  await expect(chip(scope)).toContainText("labels of 0 SIMs");
  await scope.element.getByRole("button", { name: "Open the demo fleet" }).click();
  await expect(scope.chips).toHaveCount(7);
  await scope.settled();
  await expect(chip(scope)).toContainText("labels of 3 SIMs");
  expect(await names(scope, '"Winch 2"')).toEqual(["Winch 2"]);
  await scope.element.getByRole("button", { name: "Clear", exact: true }).first().click();
  await expect(scope.chips).toHaveCount(0);
});

test("by keys alone: the palette opens it, columns are chosen, it is left out", async ({
  page,
}) => {
  const scope = await demo(page);
  const palette = async () => {
    await scope.focus();
    await page.keyboard.press("Control+k");
    await scope.dialog.getByRole("combobox").fill("Labels");
    await expect(scope.dialog.getByRole("option").first()).toHaveAttribute(
      "data-command",
      "labels",
    );
    await page.keyboard.press("Enter");
  };
  // Without a file it asks for one.
  const chooser = page.waitForEvent("filechooser");
  await palette();
  await (await chooser).setFiles(file());
  await expect(scope.dialog.getByRole("status")).toContainText("3 of 5 rows");
  await page.keyboard.press("Escape");
  await expect(scope.dialog).toHaveCount(0);
  await palette();
  const asset = what(scope, "Asset");
  for (let tabs = 0; tabs < 8; tabs += 1) {
    await page.keyboard.press("Tab");
    if (await asset.evaluate((field) => field.matches(":focus"))) break;
  }
  await expect(asset).toBeFocused();
  await page.keyboard.type("Name");
  await expect(asset).toHaveValue("name");
  // What came of it is told, and the choice keeps the focus.
  await expect(asset).toBeFocused();
  await expect(scope.dialog.getByRole("status")).toContainText("3 of 5 rows");
  await page.keyboard.press("Escape");
  await expect(scope.dialog).toHaveCount(0);
  expect(await names(scope, '"Winch 2"')).toEqual(["Winch 2"]);
  await palette();
  await scope.dialog.getByRole("button", { name: "Leave the file out" }).focus();
  await page.keyboard.press("Enter");
  await expect(chip(scope)).toHaveCount(0);
});

test("a file without a column that names SIMs says so, and is right once one is chosen", async ({
  page,
}) => {
  const scope = await demo(page);
  await scope.drop(csv("things.csv", "Thing,Name\nx-1,Winch 1\nGate 4,Winch 2\n"));
  await expect(scope.dialog.getByRole("alert")).toContainText("No column tells which SIM");
  await what(scope, "Thing").selectOption("key");
  await expect(scope.dialog.getByRole("alert")).toHaveCount(0);
  await expect(scope.dialog.getByRole("status")).toContainText("None of 2 rows matched");
});

test("what cannot be read says what to do", async ({ page }) => {
  const scope = await demo(page);
  await scope.drop(csv("wide.csv", Buffer.from("\ufeffICCID,Name\n1,2", "utf16le")));
  await expect(scope.messages.last()).toContainText("The file is in UTF-16.");
  await scope.drop(csv("empty.csv", "ICCID,Name\n"));
  await expect(scope.messages.last()).toContainText("The file has no rows.");
  await expect(scope.dialog).toHaveCount(0);
});

test("names that would be markup or a formula elsewhere are texts", async ({ page }) => {
  const scope = await demo(page);
  const evil = "<img src=x onerror=alert(1)>";
  const rows = [
    "ICCID,Name,Group,<b>Note</b>",
    `${meter},${evil},"a ""b""\nc",<i>1</i>`,
    `${gate},=cmd|'/c calc'!A1,\u202edrow,`,
  ];
  await scope.drop(csv("evil.csv", rows.join("\n")));
  await expect(scope.dialog.getByRole("status")).toContainText("2 of 2 rows");
  await expect(scope.dialog.locator("img, td b, th b, td i")).toHaveCount(0);
  await expect(scope.dialog).toContainText(evil);
  await page.keyboard.press("Escape");
  expect(await names(scope, `iccid:${meter},${gate}`)).toEqual(
    expect.arrayContaining([evil, "=cmd|'/c calc'!A1"]),
  );
  await scope.element.getByLabel("Group", { exact: true }).selectOption("group");
  await expect(scope.element.locator("img")).toHaveCount(0);
});

test("a case keeps the labels with what their columns are, masked it has none", async ({
  page,
}) => {
  const scope = await demo(page);
  await scope.drop(file());
  await what(scope, "Asset").selectOption("name");
  await expect(what(scope, "Asset")).toHaveValue("name");
  await page.keyboard.press("Escape");
  await expect(scope.dialog).toHaveCount(0);
  const save = async (masked: boolean): Promise<Upload> => {
    await scope.focus();
    await page.keyboard.press("Control+s");
    await scope.dialog.getByRole("checkbox").setChecked(masked);
    const download = page.waitForEvent("download");
    await scope.dialog.getByRole("button", { name: "Save" }).click();
    const stream = await (await download).createReadStream();
    const pieces: Buffer[] = [];
    for await (const piece of stream) pieces.push(piece as Buffer);
    await expect(scope.dialog).toHaveCount(0);
    return { name: "case.zip", mimeType: "application/zip", buffer: Buffer.concat(pieces) };
  };
  await save(true);
  await expect(scope.messages.last()).toContainText("Your labels were left out");
  const saved = await save(false);
  await page.reload();
  await expect(scope.element.getByRole("heading", { level: 1 })).toBeVisible();
  await scope.drop(saved);
  await expect(scope.chips).toHaveCount(7);
  await scope.settled();
  await expect(scope.dialog).toHaveCount(0);
  expect(await names(scope, '"Winch 2"')).toEqual(["Winch 2"]);
});
