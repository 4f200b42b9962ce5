// The map as a filter, as a table and as a file.
import { readFileSync } from "node:fs";
import geojsonhint from "@mapbox/geojsonhint";
import type { FeatureCollection } from "geojson";
import { expect, test } from "./guard.ts";
import { Scope } from "./scope.ts";

async function shown(
  scope: Scope,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const pane = scope.element.locator(".simscope-map-pane");
  await expect(pane).toHaveAttribute("aria-busy", "false", { timeout: 60_000 });
  const box = await pane.boundingBox();
  if (!box) throw new Error("the map is not on the page");
  return box;
}

test("Shift+drag on the map filters everything to what was there; the line undoes it", async ({
  page,
}) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  const [sims, sessions] = [await scope.count("SIMs"), await scope.count("Sessions")];
  const box = await shown(scope);
  const drag = async (from: [number, number], to: [number, number]) => {
    const at = ([x, y]: [number, number]) =>
      [box.x + box.width * x, box.y + box.height * y] as const;
    await page.keyboard.down("Shift");
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at(to), { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
  };
  // The right third of the first view holds some, not all.
  await drag([0.5, 0.05], [0.98, 0.95]);
  const line = scope.filter;
  await expect(line).toHaveValue(/^in:-?[\d.]+\/-?[\d.]+\/-?[\d.]+\/-?[\d.]+$/);
  await expect.poll(() => scope.count("Sessions")).toBeLessThan(sessions);
  expect(await scope.count("Sessions")).toBeGreaterThan(0);
  expect(await scope.count("SIMs")).toBeLessThan(sims);

  // Another area takes the place of the first.
  const first = await line.inputValue();
  await drag([0.02, 0.05], [0.5, 0.95]);
  await expect(line).not.toHaveValue(first);
  await expect(line).toHaveValue(/^in:[^ ]+$/);

  await line.fill("");
  await line.press("Enter");
  await expect.poll(() => scope.count("Sessions")).toBe(sessions);
});

test("the places are a table on request, and outside of the span they say so", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await shown(scope);
  const list = scope.element.getByRole("button", { name: "List", exact: true });
  await list.click();
  await expect(list).toHaveAttribute("aria-pressed", "true");
  const places = scope.element.getByRole("table", { name: "Places" });
  await expect(places).toBeVisible();
  await expect(scope.element.locator(".simscope-map-pane")).toBeHidden();
  const rows = places.locator("tbody tr");
  const count = await rows.count();
  expect(count).toBeGreaterThan(1);
  await expect(rows.first()).toContainText(/\d\d:\d\d/);
  await expect(places).not.toContainText("outside of the span");

  const canvas = await scope.canvas.boundingBox();
  if (!canvas) throw new Error("the canvas is not on the page");
  await page.mouse.move(canvas.x + 40, canvas.y + 40);
  await page.mouse.down();
  await page.mouse.move(canvas.x + 90, canvas.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(places).toContainText("outside of the span");

  await places.getByRole("button").first().click();
  await expect(
    scope.inspector.getByRole("heading", { name: "Session", exact: true }),
  ).toBeVisible();
  await list.click();
  await expect(scope.element.locator(".simscope-map-pane")).toBeVisible();
});

test("GeoJSON is valid for others, and opens in the map's library again", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await shown(scope);
  const saving = page.waitForEvent("download");
  await scope.element.getByRole("button", { name: "GeoJSON" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("simscope-map.geojson");
  const text = readFileSync(await saved.path(), "utf8");
  expect(geojsonhint.hint(text)).toEqual([]);
  const { features } = JSON.parse(text) as FeatureCollection;
  const roles = (role: string) =>
    features.filter(({ properties }) => properties?.["role"] === role);
  const told = await scope.element.locator(".map > header .dim").innerText();
  expect(roles("place").length).toBe(parseInt(told, 10));
  expect(roles("accuracy").length).toBeGreaterThan(0);
  expect(roles("country").length).toBeGreaterThan(0);

  const library = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .find((name) => name.endsWith("/maplibre-gl.mjs")),
  );
  const drawn = await page.evaluate(
    async ([library, text]) => {
      const { Map: LibreMap } = (await import(library)) as typeof import("maplibre-gl");
      const container = document.createElement("div");
      Object.assign(container.style, {
        position: "fixed",
        inset: "0",
        width: "600px",
        height: "400px",
      });
      document.body.append(container);
      const map = new LibreMap({
        container,
        zoom: 0,
        style: {
          version: 8,
          sources: { saved: { type: "geojson", data: JSON.parse(text) } },
          layers: [
            { id: "areas", type: "fill", source: "saved", filter: ["==", "$type", "Polygon"] },
            { id: "points", type: "circle", source: "saved", filter: ["==", "$type", "Point"] },
          ],
        },
      });
      await new Promise((resolve) => map.once("idle", resolve));
      const found = map.queryRenderedFeatures({ layers: ["points"] });
      const places = new Set(found.map(({ properties }) => properties["place"] as number));
      map.remove();
      container.remove();
      return places.size;
    },
    [library ?? "", text] as const,
  );
  expect(drawn).toBe(roles("place").length);
});
