// Cell positions from a file of the visitor's: they place sessions whose vendor tells the cell alone, and nothing is asked of anybody.
import { gzipSync } from "node:zlib";
import { expect, test } from "./guard.ts";
import { readDemo, recorded, Scope, upload } from "./scope.ts";

const events = "soracom/bus-33-events.json";

interface Cell {
  mcc: number;
  mnc: number;
  tac: number;
  eci: number;
}

const header =
  "radio,mcc,net,area,cell,unit,lon,lat,range,samples,changeable,created,updated,averageSignal";

/** A line for every cell that the recorded events name, each at a place of its own. */
function cellLines(): string[] {
  const records = JSON.parse(readDemo(events)) as { cell?: Cell }[];
  const cells = new Map(records.flatMap(({ cell }) => (cell ? [[cell.eci, cell]] : [])));
  return [...cells.values()].map(
    ({ mcc, mnc, tac, eci }, at) =>
      `LTE,${mcc},${mnc},${tac},${eci},0,${139 + at / 10},${35 + at / 10},900,7,1,1600000000,1790000000,0`,
  );
}

const places = (scope: Scope) => scope.element.locator(".map > header .dim");

test("sessions gain places from a dropped file of cells, and no request leaves", async ({
  page,
}) => {
  const asked: string[] = [];
  const scope = await Scope.open(page);
  await scope.load(recorded(events));
  await expect(places(scope)).toHaveText(/^0 places/);
  page.on("request", (request) => asked.push(request.url()));

  const lines = cellLines();
  const bad = "LTE,440,10,70000,1,0,139,35,900,7,1,1600000000,1790000000,0";
  const file = gzipSync([header, ...lines, bad].join("\r\n"));
  await scope.drop({ ...upload("440.csv.gz", file), mimeType: "application/gzip" });
  await expect(places(scope)).toHaveText(new RegExp(`^${lines.length} places`));
  const origin = new URL(page.url()).origin;
  expect(asked.filter((url) => !url.startsWith(origin) && !url.startsWith("blob:"))).toEqual([]);

  const message = scope.messages.filter({ hasText: "cell positions at hand" });
  await expect(message).toContainText(`${lines.length} cell positions at hand`);
  await expect(message).toContainText(`${lines.length} are among them`);
  const chip = scope.chips.filter({ hasText: "440.csv.gz" });
  await expect(chip).toContainText(`${lines.length} cell positions`);
  await chip.click();
  await expect(scope.dialog).toContainText("nothing is sent anywhere");
  await expect(scope.dialog).toContainText("field cell");
  await page.keyboard.press("Escape");

  await expect(scope.element.locator(".map")).toContainText(
    "Cell positions: OpenCelliD, CC BY-SA 4.0, from 440.csv.gz",
  );
  await scope.tab("Sessions").click();
  await scope.element.getByRole("grid").getByRole("row").nth(1).click();
  await expect(scope.inspector).toContainText("OpenCelliD, CC BY-SA 4.0, from 440.csv.gz");
});

test("a file of cells that comes first waits for sessions", async ({ page }) => {
  const scope = await Scope.open(page);
  const lines = cellLines();
  await scope.choose({ ...upload("440.csv", lines.join("\n")), mimeType: "text/csv" });
  await expect(scope.messages).toContainText("Open a vendor's answers");
  await expect(scope.element.getByRole("button", { name: "Open the demo fleet" })).toBeVisible();
  await scope.drop(recorded(events));
  await expect(places(scope)).toHaveText(new RegExp(`^${lines.length} places`));
});

test("a file of cells serves what is opened after all else was forgotten", async ({ page }) => {
  const scope = await Scope.open(page);
  const lines = cellLines();
  await scope.load(recorded(events));
  await scope.choose({ ...upload("440.csv", lines.join("\n")), mimeType: "text/csv" });
  await expect(places(scope)).toHaveText(new RegExp(`^${lines.length} places`));
  const clear = scope.element.getByRole("button", { name: "Clear", exact: true });
  await clear.click();
  await expect(scope.chips).toHaveText([/440\.csv/]);
  await scope.load(recorded(events));
  await expect(places(scope)).toHaveText(new RegExp(`^${lines.length} places`));

  // Alone, it is forgotten as well.
  await clear.click();
  await expect(scope.chips).toHaveCount(1);
  await clear.click();
  await expect(scope.chips).toHaveCount(0);
  await scope.load(recorded(events));
  await expect(places(scope)).toHaveText(/^0 places/);
});

test("a text that is no table of cells or of SIMs is refused with what is wanted", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  await scope.choose({
    ...upload("notes.txt", "what, where\nnothing, nowhere\n"),
    mimeType: "text/plain",
  });
  await expect(scope.messages).toContainText("This is not JSON");
});

test("a cell is found by its identity, however it is written, and handed out in one form", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  await scope.load(recorded(events));
  const identity = "440-10-44132-213031170";
  const found: number[] = [];
  const count = () => scope.count("Sessions");
  for (const written of [identity, "440-10-213031170", "44F001-0xAC64-CB29902", "0xCB29902"]) {
    // Another network's cell of the same numbers is another cell.
    await scope.filter.fill("cell:440-20-44132-213031170");
    await expect.poll(count).toBe(0);
    await scope.filter.fill(`cell:${written}`);
    await expect.poll(count).toBeGreaterThan(0);
    found.push(await count());
  }
  expect(new Set(found).size).toBe(1);

  await scope.filter.fill(`cell:${identity}`);
  await expect.poll(count).toBe(found[0]);
  await scope.tab("Sessions").click();
  await scope.element.getByRole("grid").getByRole("row").nth(1).click();
  const row = scope.inspector.locator("dt", { hasText: "Cell identity" }).locator("+ dd");
  await expect(row.getByRole("button", { name: identity })).toHaveAttribute(
    "title",
    "Click to copy",
  );
  await expect(scope.inspector).toContainText("eNB 832153 · sector 2 (assumed)");
  const filters = row.getByRole("button", { name: "filter" });
  await expect(filters).toHaveAttribute("aria-pressed", "true");
  await filters.click();
  await expect(scope.filter).toHaveValue("");
});
