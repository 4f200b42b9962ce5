// A base map of the visitor's own: nothing is asked for without one; a style and raster tiles lie under the places; what fails
// gives way to the built-in map and says what to do.
import type { Locator } from "@playwright/test";
import { violations } from "./axe.ts";
import { expect, test as base, type Allowed, type Page } from "./guard.ts";
import { readPng, shareOf } from "./png.ts";
import { recorded, Scope } from "./scope.ts";
import { ICON, TEXT, TILE, TileServer, type Rgb } from "./tile-server.ts";
import { withoutWebGl } from "./without-webgl.ts";

/** The map of a page, and the dialog that sets what lies under it. */
class BaseMap {
  readonly scope: Scope;
  readonly credits: Locator;
  readonly pane: Locator;

  constructor(scope: Scope) {
    this.scope = scope;
    this.credits = scope.element.locator(".simscope-map-credit");
    this.pane = scope.element.locator(".simscope-map-pane");
  }

  static async open(page: Page): Promise<BaseMap> {
    const scope = await Scope.open(page);
    // All its places are one, which the map has in its middle.
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    const map = new BaseMap(scope);
    await map.rested();
    return map;
  }

  async rested(): Promise<void> {
    await expect(this.pane).toHaveAttribute("aria-busy", "false", { timeout: 30_000 });
  }

  async choose(kind: "Built-in" | "Style" | "Raster tiles", address?: string): Promise<void> {
    await this.scope.element.getByRole("button", { name: "Base map", exact: true }).click();
    const { dialog } = this.scope;
    await dialog.getByRole("radio", { name: kind }).check();
    if (address !== undefined) {
      await dialog.getByRole("textbox", { name: /^(Address|Template)/ }).fill(address);
    }
  }

  async apply(): Promise<void> {
    await this.scope.dialog.getByRole("button", { name: "Apply" }).click();
  }

  async set(kind: "Built-in" | "Style" | "Raster tiles", address?: string): Promise<void> {
    await this.choose(kind, address);
    await this.apply();
    await expect(this.scope.dialog).toHaveCount(0);
  }

  /** The share of the map that has a colour. */
  async share(colour: Rgb): Promise<number> {
    await this.rested();
    return shareOf(await readPng(this.scope.page, await this.pane.screenshot()), colour);
  }

  /** The built-in map is there again, and a message says why. */
  async fellBack(why: RegExp): Promise<void> {
    const message = this.scope.element.locator(".message.bad");
    await expect(message).toContainText("The base map could not be shown", { timeout: 30_000 });
    await expect(message).toContainText(why);
    await expect(this.credits).toContainText("Natural Earth");
    expect(await this.share(TILE)).toBe(0);
  }
}

const test = base.extend<{ server: TileServer }>({
  site: "live",
  // Of each test's own: the server's origin is added to it.
  allowed: async ({}, use) => {
    await use({ origins: [], complaints: [], violations: [] });
  },
  server: async ({ allowed }: { allowed: Allowed }, use) => {
    const server = await TileServer.start();
    allowed.origins?.push(server.origin);
    await use(server);
    await server.close();
  },
});

/** The browser itself logs what could not be had. */
const unreachable = /Failed to load resource|blocked by CORS policy|net::ERR/;

test("a style with images and glyphs of its own lies under the places, and goes again", async ({
  page,
  server,
}) => {
  const map = await BaseMap.open(page);
  expect(await map.share(TILE)).toBe(0);
  expect(server.asked).toEqual([]);
  await map.set("Style", server.url("style.json"));
  await expect(map.credits).toContainText("© Test maps & sons");
  await expect(map.credits).not.toContainText("Natural Earth");
  expect(await map.share(TILE)).toBeGreaterThan(0.3);
  expect(await map.share(ICON)).toBeGreaterThan(0.001);
  expect(await map.share(TEXT)).toBeGreaterThan(0.001);
  // Its own font was asked for, and ours was not.
  const fonts = server.asked.filter((path) => path.startsWith("fonts/"));
  expect(new Set(fonts)).toEqual(new Set(["fonts/Block Regular/0-255.pbf"]));

  // Our places are above it, and still answer.
  const box = await map.pane.boundingBox();
  if (!box) throw new Error("the map is not on the page");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await expect(map.scope.element.locator(".simscope-map-card")).toBeVisible();
  await page.mouse.click(x, y);
  await expect(
    map.scope.inspector.getByRole("heading", { name: "Session", exact: true }),
  ).toBeVisible();

  await map.set("Built-in");
  await expect(map.credits).toContainText("Natural Earth");
  expect(await map.share(TILE)).toBe(0);
});

test("vector tiles, which the library asks for in its worker, come as well", async ({
  page,
  server,
}) => {
  const map = await BaseMap.open(page);
  await map.set("Style", server.url("vector.json"));
  await expect(map.credits).toContainText("© Test vectors");
  expect(await map.share(TILE)).toBeGreaterThan(0.7);
});

test("raster tiles follow the view, other data and the theme", async ({ page, server }) => {
  const map = await BaseMap.open(page);
  await map.choose("Raster tiles", server.url("tiles/{z}/{x}/{y}.png?key=secret"));
  const { dialog, element } = map.scope;
  await dialog.getByRole("textbox", { name: /Attribution/ }).fill('<b onclick="x">© Me</b>');
  await map.apply();
  await expect(map.credits).toContainText("© Me");
  await expect(map.credits).not.toContainText("onclick");
  expect(await map.share(TILE)).toBeGreaterThan(0.7);

  const before = server.asked.length;
  await element.getByRole("button", { name: "Zoom in" }).click();
  await expect.poll(() => server.asked.length).toBeGreaterThan(before);
  expect(await map.share(TILE)).toBeGreaterThan(0.7);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await map.share(TILE)).toBeGreaterThan(0.7);
  await map.scope.load(recorded("kore/kiosk-10-data-sessions.json"));
  expect(await map.share(TILE)).toBeGreaterThan(0.7);

  // Nothing keeps an address that may hold a key.
  const kept = await page.evaluate(() =>
    JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(kept).not.toContain("secret");
  expect(await violations(page)).toEqual([]);
});

test("it is there again after the graphics device was lost", async ({ page, server }) => {
  const map = await BaseMap.open(page);
  await map.set("Raster tiles", server.url("tiles/{z}/{x}/{y}.png"));
  expect(await map.share(TILE)).toBeGreaterThan(0.7);
  await map.scope.element.locator(".simscope-map canvas").evaluateAll(async (canvases) => {
    const lost = canvases.flatMap((canvas) => {
      const gl = (canvas as HTMLCanvasElement).getContext("webgl2");
      return gl?.getExtension("WEBGL_lose_context") ?? [];
    });
    if (lost.length !== 2) throw new Error(`${lost.length} maps are painted`);
    for (const one of lost) one.loseContext();
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const one of lost) one.restoreContext();
  });
  await expect.poll(() => map.share(TILE), { timeout: 30_000 }).toBeGreaterThan(0.7);
  const box = await map.pane.boundingBox();
  if (!box) throw new Error("the map is not on the page");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
  await expect(map.scope.element.locator(".simscope-map-card")).toBeVisible();
});

test("a few tiles may be missing", async ({ page, allowed, server }) => {
  allowed.complaints?.push(unreachable);
  const map = await BaseMap.open(page);
  await map.set("Raster tiles", server.url("edge/{z}/{x}/{y}.png"));
  await expect(map.credits).not.toContainText("Natural Earth");
  await expect(map.scope.element.locator(".message.bad")).toHaveCount(0);
});

const failures: [string, "Style" | "Raster tiles", string, RegExp][] = [
  [
    "tiles that are not there",
    "Raster tiles",
    "none/{z}/{x}/{y}.png",
    /none of the tiles.*\(404\)/,
  ],
  ["tiles that other pages may not read", "Raster tiles", "closed/{z}/{x}/{y}.png", /CORS/],
  ["a page instead of tiles", "Raster tiles", "page/{z}/{x}/{y}.png", /are no tiles/],
  ["a style with a faulty layer", "Style", "faulty.json", /The style has a fault: layers\[0\]/],
  ["a style that is no JSON", "Style", "text.json", /is no map style/],
  ["a style that is not there", "Style", "none.json", /no style at this address \(404\)/],
];

for (const [what, kind, path, why] of failures) {
  test(`the built-in map stays, with what to do: ${what}`, async ({ page, allowed, server }) => {
    allowed.complaints?.push(unreachable);
    const map = await BaseMap.open(page);
    await map.set(kind, server.url(`${path}?key=secret`));
    await map.fellBack(why);
    await expect(map.scope.element).not.toContainText("secret");
  });
}

test("a server that is not there", async ({ page, allowed, server }) => {
  allowed.complaints?.push(unreachable);
  const map = await BaseMap.open(page);
  const url = server.url("style.json");
  await server.close();
  await map.set("Style", url);
  await map.fellBack(/cannot be reached/);
});

test("what is wrong with an address is told before anything is asked", async ({ page, server }) => {
  const map = await BaseMap.open(page);
  await map.choose("Raster tiles", server.url("tiles/{z}/{x}.png"));
  await map.apply();
  const { dialog } = map.scope;
  const wrong = dialog.locator("[role='alert']");
  await expect(wrong).toContainText("The template has no {y}.");
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("textbox", { name: /^Template/ }).fill(server.url("{z}/{x}/{y}"));
  await expect(wrong).toBeEmpty();
  await dialog.getByRole("radio", { name: "Style" }).check();
  await map.apply();
  await expect(wrong).toContainText("Enter the address of a style.");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await map.rested();
  expect(server.asked).toEqual([]);
});

test("it is found by its name", async ({ page }) => {
  const map = await BaseMap.open(page);
  await map.scope.focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("base map");
  await page.keyboard.press("Enter");
  await expect(map.scope.dialog.getByRole("heading", { name: "Base map" })).toBeVisible();
});

test("without WebGL the built-in map is drawn, and the visitor told so", async ({
  page,
  server,
}) => {
  await page.addInitScript(withoutWebGl);
  const map = await BaseMap.open(page);
  await map.set("Style", server.url("style.json"));
  await expect(map.scope.element.locator(".message.bad")).toContainText("needs WebGL 2");
  expect(server.asked).toEqual([]);
});

test.describe("with the policy that is shipped", () => {
  test.use({ site: "dist" });

  test("the message names what the host of the page must add", async ({
    page,
    allowed,
    server,
  }) => {
    allowed.complaints?.push(/Content Security Policy/);
    allowed.violations?.push("connect-src");
    const map = await BaseMap.open(page);
    await map.set("Raster tiles", server.url("tiles/{z}/{x}/{y}.png"));
    await map.fellBack(new RegExp(`must add ${server.origin} to connect-src`));
    expect(server.asked).toEqual([]);
  });
});
