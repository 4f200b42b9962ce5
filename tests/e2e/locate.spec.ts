// A geolocate service that the visitor names: asked only when the visitor says so, cell by cell, each once, never for the visitor's own place.
import type { Locator, Page } from "@playwright/test";
import { start } from "../providers/geolocate.mjs";
import { expect, test, type Visit } from "./live/test.ts";
import { recorded, upload, type Scope } from "./scope.ts";

const events = "soracom/bus-33-events.json";
const key = "made-up-key";

interface Tower {
  radioType: string;
  mobileCountryCode: number;
  mobileNetworkCode: number;
  locationAreaCode: number;
  cellId: number;
}

interface Body {
  considerIp: boolean;
  radioType: string;
  fallbacks: { ipf: boolean; lacf: boolean };
  cellTowers: Tower[];
}

interface Cell {
  radioType: string;
  mcc: number;
  mnc: number;
  tac?: number;
  eci?: number;
  lac?: number;
  ci?: number;
}

/** A session in Soracom's events for each of these cells. */
function sessions(cells: readonly Cell[]): string {
  const rows = cells.flatMap((cell, at) => {
    const created = Date.UTC(2026, 4, 1, at);
    const shared = {
      createdTime: new Date(created).toISOString(),
      sessionId: `S${String(at).padStart(25, "0")}`,
      simId: "8999100000000000042",
      imsi: "001010000000042",
      operatorId: "OP0000000001",
      cell,
    };
    return [
      { time: created, event: "Created", ...shared },
      { time: created + 1_800_000, event: "Deleted", ...shared },
    ];
  });
  return JSON.stringify(rows);
}

const places = (scope: Scope): Locator => scope.element.locator(".map > header .dim");

async function openDialog(scope: Scope): Promise<Locator> {
  await scope.element.locator(".map > header").getByRole("button", { name: "Cells…" }).click();
  await expect(scope.dialog).toContainText("What leaves this browser");
  return scope.dialog;
}

async function ask(dialog: Locator, address: string, secret = key): Promise<void> {
  await dialog.locator("[name=address]").fill(address);
  await dialog.locator("[name=key]").fill(secret);
  await dialog.getByRole("button", { name: /^Ask for/ }).click();
}

type Options = NonNullable<Parameters<typeof start>[0]>;

async function serve(visit: Visit, options: Options) {
  const service = visit.onEnd(await start(options));
  visit.allowed.origins.push(new URL(service.baseUrls.api).origin);
  return service;
}

/** Addresses that were asked besides the page's own. */
function elsewhere(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (origin !== new URL(page.url()).origin) asked.push(request.url());
  });
  return asked;
}

test.describe("a geolocate service", () => {
  test("is asked for each cell once, and never for the visitor's own place", async ({ visit }) => {
    const { page, scope } = visit;
    const service = await serve(visit, { key, knows: () => "cell" });
    await visit.open();
    const asked = elsewhere(page);
    await scope.load(recorded(events));
    await expect(places(scope)).toHaveText(/^0 places/);
    const dialog = await openDialog(scope);
    const button = dialog.getByRole("button", { name: /^Ask for [1-9]\d* cells?$/ });
    await expect(button).toBeVisible();
    const count = Number(/\d+/.exec(await button.innerText())?.[0]);
    await dialog.locator("[name=address]").fill(service.baseUrls.api);
    await expect(dialog).toContainText(`To ${new URL(service.baseUrls.api).host}, cell by cell`);
    // Opening the dialog and typing is not asking.
    expect(asked).toEqual([]);
    await ask(dialog, service.baseUrls.api);
    await expect(dialog).toContainText(`Asked for ${count} cells. ${count} positions came`);
    await expect(dialog.getByRole("button", { name: "Ask for 0 cells" })).toBeDisabled();
    await page.keyboard.press("Escape");
    await expect(places(scope)).toHaveText(new RegExp(`^${count} places`));

    const { bodies, cells } = service.asked() as {
      bodies: { body: Body; key: string | null; status: number }[];
      cells: Record<string, number>;
    };
    expect(bodies).toHaveLength(count);
    expect(Object.values(cells)).toEqual(Array.from({ length: count }, () => 1));
    for (const { body, key: sent, status } of bodies) {
      expect([body.considerIp, body.fallbacks, sent, status]).toEqual([
        false,
        { ipf: false, lacf: true },
        key,
        200,
      ]);
    }
    expect(service.violations).toEqual([]);

    const host = new URL(service.baseUrls.api).host;
    const credit = `Cell positions: geolocate service at ${host}`;
    await expect(scope.element.locator(".map")).toContainText(credit);
    await scope.tab("Sessions").click();
    await scope.element.getByRole("grid").getByRole("row").nth(1).click();
    await expect(scope.inspector).toContainText(credit);
    await expect(scope.chips.filter({ hasText: `Cells by ${host}` })).toContainText(
      `${count} cell positions`,
    );
    // The key is nowhere to be seen.
    expect(await scope.element.evaluate((element) => element.shadowRoot?.innerHTML)).not.toContain(
      key,
    );
  });

  test("is asked in the words of each radio", async ({ visit }) => {
    const { scope } = visit;
    const service = await serve(visit, { knows: () => "cell" });
    await visit.open();
    const cells: Cell[] = [
      { radioType: "LTE", mcc: 440, mnc: 10, tac: 4700, eci: 49_408_000 },
      { radioType: "LTE-M", mcc: 440, mnc: 10, tac: 4701, eci: 49_408_256 },
      { radioType: "NB-IoT", mcc: 440, mnc: 10, tac: 4702, eci: 49_408_512 },
      { radioType: "3G", mcc: 440, mnc: 10, lac: 71, ci: 20_774_913 },
      { radioType: "2G", mcc: 440, mnc: 10, lac: 72, ci: 4711 },
    ];
    await scope.load(upload("events.json", sessions(cells)));
    const dialog = await openDialog(scope);
    await ask(dialog, service.baseUrls.api, "");
    await expect(dialog).toContainText("Asked for 5 cells.");
    const { bodies } = service.asked() as { bodies: { body: Body }[] };
    const told = bodies.map(({ body }) => {
      const [tower] = body.cellTowers;
      expect(body.cellTowers).toHaveLength(1);
      expect(body.radioType).toBe(tower?.radioType);
      return `${tower?.radioType} ${tower?.locationAreaCode} ${tower?.cellId}`;
    });
    expect(told.sort()).toEqual([
      "gsm 72 4711",
      "lte 4700 49408000",
      "lte 4701 49408256",
      "lte 4702 49408512",
      "wcdma 71 20774913",
    ]);
    expect(service.violations).toEqual([]);
  });

  test("that does not know a cell is not asked for it again; areas are told as such", async ({
    visit,
  }) => {
    const { page, scope } = visit;
    const service = await serve(visit, {
      knows: ({ id }) => ([null, "area", "cell"] as const)[(id ?? 0) % 3] ?? null,
    });
    await visit.open();
    const cells = [1, 2, 3].map((n) => ({
      radioType: "LTE",
      mcc: 440,
      mnc: 10,
      tac: 4700 + n,
      eci: 49_408_000 + n,
    }));
    await scope.load(upload("events.json", sessions(cells)));
    const dialog = await openDialog(scope);
    await ask(dialog, service.baseUrls.api, "");
    await expect(dialog).toContainText(
      "2 positions came, 1 of them of the cell’s area alone; 1 not known there.",
    );
    await page.keyboard.press("Escape");
    await expect(places(scope)).toHaveText(/^2 places/);
    await openDialog(scope);
    await expect(dialog.getByRole("button", { name: "Ask for 0 cells" })).toBeDisabled();
    expect((service.asked() as { bodies: unknown[] }).bodies).toHaveLength(3);
    // What it said can be taken back.
    await dialog.getByRole("button", { name: "Forget what it said" }).click();
    await page.keyboard.press("Escape");
    await expect(places(scope)).toHaveText(/^0 places/);
  });

  test("that refuses is told with what to do, and goes on", async ({ visit }) => {
    const { scope } = visit;
    const service = await serve(visit, { key, knows: () => "cell" });
    visit.expectComplaints(/status of 40[03]/);
    await visit.open();
    await scope.load(recorded(events));
    const dialog = await openDialog(scope);
    await ask(dialog, "http://geo.example/v1/geolocate");
    await expect(dialog).toContainText("it must begin with https://");
    await ask(dialog, new URL(service.baseUrls.api).origin);
    await expect(dialog).toContainText("type the whole address of the call");
    await ask(dialog, service.baseUrls.api, "wrong");
    await expect(dialog.getByRole("alert")).toContainText("does not take the key");
    service.fail({ path: /geolocate/, status: 403, times: 1 });
    await ask(dialog, service.baseUrls.api);
    await expect(dialog.getByRole("alert")).toBeVisible();
    await ask(dialog, service.baseUrls.api);
    await expect(dialog).toContainText(/Asked for \d+ cells/);
  });
});

test("with cells and no position, nothing is asked of anybody by itself", async ({ visit }) => {
  const { page, scope } = visit;
  await visit.open();
  const asked = elsewhere(page);
  await scope.load(recorded(events));
  await expect(places(scope)).toHaveText(/^0 places/);
  const dialog = await openDialog(scope);
  await expect(dialog).toContainText("no position");
  await page.keyboard.press("Escape");
  expect(asked).toEqual([]);
});
