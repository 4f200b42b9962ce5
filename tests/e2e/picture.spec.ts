// The map as an image: as large and as fine as it is seen, with scale and credits; painted or as an outline.
import { readFileSync } from "node:fs";
import { expect, test, type Page } from "./guard.ts";
import { readPng, type Read } from "./png.ts";
import { Scope } from "./scope.ts";
import { withoutWebGl } from "./without-webgl.ts";

interface Saved {
  readonly read: Read;
  readonly pane: { readonly width: number; readonly height: number };
}

/** Opens the demo fleet, saves its map, and reads what was saved. */
async function save(page: Page): Promise<Saved> {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const pane = scope.element.locator(".simscope-map-pane");
  await expect(pane).toHaveAttribute("aria-busy", "false", { timeout: 30_000 });
  const saving = page.waitForEvent("download");
  await scope.element.getByRole("button", { name: "PNG", exact: true }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("simscope-map.png");
  const box = await pane.boundingBox();
  if (!box) throw new Error("the map is not on the page");
  return { read: await readPng(page, readFileSync(await saved.path())), pane: box };
}

const rgb = (hex: string): string =>
  [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(",");

/** Sea and land in the light theme, places and words beside them. */
async function holdsTheMap(page: Page, { colours }: Read): Promise<void> {
  const [sea, land] = await page.locator("sim-scope").evaluate((element) => {
    const style = getComputedStyle(element.shadowRoot?.querySelector(".app") ?? element);
    return ["--sea", "--land"].map((name) => style.getPropertyValue(name).trim());
  });
  const largest = colours.slice(0, 4).map(([colour]) => colour);
  expect(largest).toContain(rgb(sea ?? ""));
  expect(largest).toContain(rgb(land ?? ""));
  expect(colours.length).toBeGreaterThan(100);
}

test("a painted map is saved as it is seen", async ({ page }) => {
  const { read, pane } = await save(page);
  expect([read.width, read.height]).toEqual([Math.round(pane.width), Math.round(pane.height)]);
  await holdsTheMap(page, read);
});

test.describe("on a fine screen", () => {
  test.use({ deviceScaleFactor: 2, viewport: { width: 1000, height: 800 } });

  test("the image has twice as many pixels each way", async ({ page }) => {
    const { read, pane } = await save(page);
    expect(read.width).toBe(2 * Math.round(pane.width));
    expect(read.height).toBe(2 * Math.round(pane.height));
    await holdsTheMap(page, read);
  });
});

test("an outline is saved, too, under the policy that is shipped", async ({ page }) => {
  await page.addInitScript(withoutWebGl);
  const { read, pane } = await save(page);
  expect([read.width, read.height]).toEqual([Math.round(pane.width), Math.round(pane.height)]);
  await holdsTheMap(page, read);
});

test.describe("where no image can be had", () => {
  test.use({ allowed: { complaints: [/simscope: the map could not be saved/] } });

  test("a message says so", async ({ page }) => {
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.toBlob = (tell) => tell(null);
    });
    const scope = await Scope.open(page);
    await scope.openDemo();
    const pane = scope.element.locator(".simscope-map-pane");
    await expect(pane).toHaveAttribute("aria-busy", "false", { timeout: 30_000 });
    await scope.element.getByRole("button", { name: "PNG", exact: true }).click();
    const message = scope.element.locator(".message.bad");
    await expect(message).toContainText("The map could not be saved.");
    await expect(message).toContainText("may be too large");
  });
});
