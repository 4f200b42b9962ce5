// The map without WebGL 2: the same places, hands and keys, drawn as SVG, and nothing of the map library asked for.
import type { Locator } from "@playwright/test";
import { hashedName } from "../../tools/layout.mjs";
import { dist } from "../../tools/paths.mjs";
import { violations } from "./axe.ts";
import { expect, test, type Page } from "./guard.ts";
import { recorded, Scope } from "./scope.ts";
import { withoutWebGl } from "./without-webgl.ts";

/** The outline of an element's map, and what can be read off it. */
class Outline {
  readonly scope: Scope;
  readonly svg: Locator;
  readonly pane: Locator;

  constructor(scope: Scope) {
    this.scope = scope;
    this.svg = scope.element.locator("svg.simscope-map-outline");
    this.pane = scope.element.locator(".simscope-map-pane");
  }

  async rested(): Promise<void> {
    await expect(this.svg).toBeVisible();
    await expect(this.pane).toHaveAttribute("aria-busy", "false");
  }

  /** Where places of a look are drawn alone, in pixels of the page. */
  dots(look: string): Promise<{ x: number; y: number }[]> {
    return this.svg.locator(`path.dot.${look}:not(.chosen)`).evaluateAll((paths) =>
      paths.flatMap((path) => {
        const matrix = (path as SVGPathElement).getScreenCTM();
        const circles = (path.getAttribute("d") ?? "").matchAll(/M([-\d.]+) ([-\d.]+)a([\d.]+)/g);
        return [...circles].map(([, left, y, radius]) => {
          const at = new DOMPoint(Number(left) + Number(radius), Number(y));
          const { x, y: top } = at.matrixTransform(matrix ?? undefined);
          return { x, y: top };
        });
      }),
    );
  }

  /** Those that are in the pane, not in the margin about it. */
  async seen(look: string): Promise<{ x: number; y: number }[]> {
    const box = await this.pane.boundingBox();
    if (!box) throw new Error("the map has no pane");
    const isIn = (value: number, from: number, size: number) =>
      value >= from && value < from + size;
    const dots = await this.dots(look);
    return dots.filter(({ x, y }) => isIn(x, box.x, box.width) && isIn(y, box.y, box.height));
  }

  land(): Promise<string | null> {
    return this.svg.locator("path.land").getAttribute("d");
  }

  scale(): Promise<string> {
    return this.scope.element.locator(".simscope-map-scale").innerText();
  }
}

/** Requests for files of the map library, from now on. */
function libraryRequests(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/maplibre/")) asked.push(request.url());
  });
  return asked;
}

test.describe("without WebGL", () => {
  test.beforeEach(({ page }) => page.addInitScript(withoutWebGl));

  test("places are drawn, and a click on one chooses its session; none of the library is fetched", async ({
    page,
  }) => {
    const asked = libraryRequests(page);
    const scope = await Scope.open(page);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    const outline = new Outline(scope);
    await outline.rested();
    await expect(outline.svg).toHaveAccessibleName(/Map of places/);
    expect((await outline.land())?.length).toBeGreaterThan(1000);
    expect(await outline.svg.locator("text.name").count()).toBeGreaterThan(0);
    // Of no radius that anybody gave: a ring of its own.
    await expect(outline.svg.locator("path.unknown.in-span").first()).toBeAttached();

    const [dot] = await outline.seen("in-span");
    if (!dot) throw new Error("no place is drawn");
    await page.mouse.move(dot.x, dot.y);
    await expect(scope.element.locator(".simscope-map-card")).toContainText("radius unknown");
    await page.mouse.click(dot.x, dot.y);
    await expect(
      scope.inspector.getByRole("heading", { name: "Session", exact: true }),
    ).toBeVisible();
    await expect(outline.svg.locator("path.chosen.halo")).toBeAttached();
    // The empty map takes the selection away.
    const box = await outline.pane.boundingBox();
    if (!box) throw new Error("the map has no pane");
    await page.mouse.click(box.x + 6, box.y + 6);
    await expect(outline.svg.locator("path.chosen.halo")).toHaveCount(0);
    await expect(scope.inspector).toContainText("Click a bar");
    expect(asked).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });

  test("the demo fleet: clusters part on a click, countries are marked", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.openDemo();
    const outline = new Outline(scope);
    await outline.rested();
    await expect(outline.svg.locator("path.mark").first()).toBeAttached();
    await expect(outline.svg.locator("text.mark-name").first()).toContainText("country only");
    const clusters = outline.svg.locator("g.group");
    const before = await clusters.allTextContents();
    expect(before.length).toBeGreaterThan(1);
    const scale = await outline.scale();
    // One that is in the pane, not in the margin about it.
    const pane = await outline.pane.boundingBox();
    const boxes = await Promise.all((await clusters.all()).map((one) => one.boundingBox()));
    const box = boxes.find(
      (one) => one && pane && one.x > pane.x + 40 && one.x < pane.x + pane.width - 60,
    );
    if (!box) throw new Error("no cluster is in view");
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect.poll(() => outline.scale()).not.toBe(scale);
    await outline.rested();
    expect(await clusters.allTextContents()).not.toEqual(before);
  });

  test("a span leaves the places outside of it hollow", async ({ page }) => {
    const scope = await Scope.open(page);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    const outline = new Outline(scope);
    await outline.rested();
    expect(await outline.seen("out-of-span")).toEqual([]);
    const inside = (await outline.seen("in-span")).length;
    expect(inside).toBeGreaterThan(0);
    // A stretch at the end of the timeline in which nothing can have been everywhere.
    const box = await scope.canvas.boundingBox();
    if (!box) throw new Error("the canvas is not on the page");
    await page.mouse.move(box.x + 40, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 46, box.y + 60, { steps: 3 });
    await page.mouse.move(box.x + 52, box.y + 60, { steps: 3 });
    await page.mouse.up();
    await expect(scope.inspector.getByRole("heading", { name: "Span", exact: true })).toBeVisible();
    await expect.poll(async () => (await outline.seen("out-of-span")).length).toBeGreaterThan(0);
    expect((await outline.seen("in-span")).length).toBeLessThan(inside);
    // Hollow: the sea's colour inside, no fill in the ring of unknown radius.
    const hollow = outline.svg.locator("path.dot.out-of-span").first();
    const sea = (await outline.svg.locator("rect").first().getAttribute("fill")) ?? "?";
    await expect(hollow).toHaveAttribute("fill", sea);
    await expect(outline.svg.locator("path.unknown.out-of-span").first()).toHaveAttribute(
      "fill-opacity",
      "0",
    );
  });

  test("keys pan and zoom and show all places again; the wheel zooms at the pointer, a drag pans", async ({
    page,
  }) => {
    const scope = await Scope.open(page);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    const outline = new Outline(scope);
    await outline.rested();
    const first = async () => {
      await outline.rested();
      const [dot] = await outline.dots("in-span");
      if (!dot) throw new Error("no place is drawn");
      return dot;
    };
    const start = await first();
    const scale = await outline.scale();
    await outline.svg.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await first()).x).toBeCloseTo(start.x - 100, -0.5);
    await page.keyboard.press("ArrowUp");
    await expect.poll(async () => (await first()).y).toBeCloseTo(start.y + 100, -0.5);
    await page.keyboard.press("+");
    await expect.poll(() => outline.scale()).not.toBe(scale);
    await page.keyboard.press("-");
    await expect.poll(() => outline.scale()).toBe(scale);
    await page.keyboard.press("0");
    await expect.poll(async () => Math.round((await first()).x)).toBe(Math.round(start.x));
    expect(await outline.scale()).toBe(scale);

    // What is under the pointer stays there.
    await page.mouse.move(start.x, start.y);
    for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, -100);
    await expect.poll(() => outline.scale()).not.toBe(scale);
    const zoomed = await first();
    expect(Math.abs(zoomed.x - start.x)).toBeLessThan(2);
    expect(Math.abs(zoomed.y - start.y)).toBeLessThan(2);
    // A drag takes it along, and is no click.
    await page.mouse.down();
    await page.mouse.move(start.x - 60, start.y - 30, { steps: 5 });
    await page.mouse.up();
    const dragged = await first();
    expect(Math.abs(dragged.x - (zoomed.x - 60))).toBeLessThan(2);
    expect(Math.abs(dragged.y - (zoomed.y - 30))).toBeLessThan(2);
    await expect(scope.inspector).toContainText("Click a bar");
    // The buttons.
    await scope.element.getByRole("button", { name: "Show all places" }).click();
    await expect.poll(() => outline.scale()).toBe(scale);
  });

  test("it follows the theme and the size, and goes with the element", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    const scope = await Scope.open(page);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    const outline = new Outline(scope);
    await outline.rested();
    const fill = () => outline.svg.locator("path.land").getAttribute("fill");
    const light = await fill();
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(fill).not.toBe(light);
    await page.setViewportSize({ width: 1100, height: 900 });
    await outline.rested();
    const box = await outline.pane.boundingBox();
    const svg = await outline.svg.boundingBox();
    expect(svg).toEqual(box);

    // Nothing goes on once it is gone: no frame is asked for, no size watched, no style sheet left.
    await page.evaluate(() => {
      const counted = window as unknown as { frames: number };
      counted.frames = 0;
      const ask = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (call) => {
        counted.frames += 1;
        return ask(call);
      };
    });
    const gone = await outline.svg.elementHandle();
    await scope.element.evaluate((element) => element.remove());
    expect(await gone?.evaluate((svg) => svg.isConnected)).toBe(false);
    await page.waitForTimeout(600);
    await page.evaluate(() => ((window as unknown as { frames: number }).frames = 0));
    await gone?.evaluate((svg) => {
      svg.dispatchEvent(new WheelEvent("wheel", { deltaY: -100, cancelable: true }));
      svg.dispatchEvent(new KeyboardEvent("keydown", { key: "+" }));
    });
    await page.setViewportSize({ width: 1000, height: 800 });
    await page.waitForTimeout(600);
    expect(await page.evaluate(() => (window as unknown as { frames: number }).frames)).toBe(0);
  });
});

test("a graphics device that is lost for good: the outline takes over, with the view and the selection", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  const canvas = scope.element.locator(".map canvas");
  await expect(canvas).toBeVisible();
  await scope.table("Sessions");
  await scope.rows.first().click();
  await canvas.evaluate((canvas) => {
    const gl = (canvas as HTMLCanvasElement).getContext("webgl2");
    gl?.getExtension("WEBGL_lose_context")?.loseContext();
  });
  const outline = new Outline(scope);
  await outline.rested();
  await expect(canvas).toHaveCount(0);
  await expect(outline.svg.locator("path.chosen.halo")).toBeAttached();
  expect((await outline.seen("in-span")).length).toBeGreaterThan(0);
});

test.describe("without the map library's worker", () => {
  test.use({
    allowed: { complaints: [/Failed to load resource/, /worker/i], violations: ["worker-src"] },
  });

  const ways: Record<string, (page: Page) => Promise<unknown>> = {
    "its file is missing": (page) =>
      page.route("**/maplibre-gl-worker.mjs*", (route) => route.fulfill({ status: 404 })),
    "the page's policy lets no worker but the engine's start": (page) =>
      page.route("**/some/place/", async (route) => {
        const response = await route.fetch();
        const headers = response.headers();
        const policy = headers["content-security-policy"] ?? "";
        const engine = `worker-src ${new URL(`${hashedName(dist)}/worker.js`, route.request().url()).href}`;
        expect(policy).toContain("worker-src 'self'");
        headers["content-security-policy"] = policy.replace("worker-src 'self'", engine);
        await route.fulfill({ response, headers });
      }),
  };
  for (const [why, takeAway] of Object.entries(ways)) {
    test(`the outline takes over: ${why}`, async ({ page }) => {
      await takeAway(page);
      const warnings: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "warning") warnings.push(message.text());
      });
      const scope = await Scope.open(page);
      await scope.load(recorded("kore/gate-4-data-sessions.json"));
      const outline = new Outline(scope);
      await outline.rested();
      expect((await outline.seen("in-span")).length).toBeGreaterThan(0);
      await expect(scope.element.locator(".map canvas")).toHaveCount(0);
      // Whoever serves the page is told what is missing.
      expect(warnings.join("\n")).toContain("Serve maplibre-gl-worker.mjs");
    });
  }
});
