// No serious or critical violation that axe finds, shadow root included; and what axe cannot see: the way by keyboard.
import { violations } from "./axe.ts";
import { expect, test } from "./guard.ts";
import { recorded, Scope } from "./scope.ts";

for (const theme of ["light", "dark"] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("the first screen", async ({ page }) => {
      await Scope.open(page);
      expect(await violations(page)).toEqual([]);
    });

    test("the demo fleet, each table, a chosen session", async ({ page }) => {
      test.slow();
      const scope = await Scope.open(page);
      await scope.openDemo();
      await expect(scope.element.locator(".map canvas")).toBeVisible();
      expect(await violations(page)).toEqual([]);
      for (const name of ["Events", "Usage", "Sessions"] as const) {
        await scope.table(name);
        await expect(scope.rows.first()).toBeVisible();
        expect(await violations(page), name).toEqual([]);
      }
      await scope.rows.first().click();
      await expect(scope.inspector.locator("dt").getByText("Start")).toBeVisible();
      expect(await violations(page), "a session").toEqual([]);
    });

    test("dialogs", async ({ page }) => {
      const scope = await Scope.open(page);
      await scope.element.getByRole("button", { name: "Connect…" }).click();
      await expect(scope.dialog).toBeVisible();
      expect(await violations(page), "connect").toEqual([]);
      await page.keyboard.press("Escape");
      await scope.load(recorded("kore/gate-4-data-sessions.json"));
      await scope.chips.click();
      await expect(scope.dialog).toBeVisible();
      expect(await violations(page), "source").toEqual([]);
      await page.keyboard.press("Escape");
      await scope.focus();
      await page.keyboard.press("?");
      await expect(scope.dialog).toBeVisible();
      expect(await violations(page), "keys").toEqual([]);
      await page.keyboard.press("Escape");
      await page.keyboard.press("q");
      await scope.dialog.getByLabel("Name of the view").fill("Mine");
      await page.keyboard.press("Enter");
      await expect(scope.dialog.getByRole("status")).toContainText("“Mine” is saved.");
      expect(await violations(page), "views").toEqual([]);
    });

    test("a narrow window", async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      const scope = await Scope.open(page);
      await scope.load(recorded("kore/gate-4-data-sessions.json"));
      const panes = scope.element.getByRole("tablist", { name: "Panes" }).getByRole("tab");
      await expect(panes).toHaveText(["Timeline", "Details", "Map", "Tables"]);
      for (const name of ["Details", "Map", "Tables"]) {
        await panes.getByText(name).click();
        expect(await violations(page), name).toEqual([]);
      }
    });
  });
}

test.describe("without a base map", () => {
  // The browser tells of each file that is not there.
  test.use({
    allowed: { complaints: [/Failed to load resource: the server responded with .* 404/] },
  });

  test("the places are a list, and a place chooses its session", async ({ page }) => {
    await page.route("**/basemap/*", (route) => route.fulfill({ status: 404 }));
    const scope = await Scope.open(page);
    await scope.load(recorded("kore/gate-4-data-sessions.json"));
    const places = scope.element.getByRole("table", { name: "Places" });
    await expect(places).toBeVisible();
    const why = scope.element.locator(".place-list p");
    await expect(why).toContainText("The base map could not be fetched");
    await expect(why).toContainText("The places are listed below");
    await places.getByRole("button").first().click();
    await expect(
      scope.inspector.getByRole("heading", { name: "Session", exact: true }),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
});

test("by keyboard alone: from the first screen to a session in full", async ({ page }) => {
  const scope = await Scope.open(page);
  const demo = scope.element.getByRole("button", { name: "Open the demo fleet" });
  const focused = () =>
    page.evaluate(() => {
      const inside = document.activeElement?.shadowRoot?.activeElement;
      return `${inside?.tagName} ${inside?.getAttribute("role") ?? ""} ${inside?.textContent ?? ""}`;
    });
  const tabTo = async (what: RegExp) => {
    for (let presses = 0; presses < 120; presses += 1) {
      if (what.test(await focused())) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the focus never came to ${what}`);
  };
  await tabTo(/Open the demo fleet/);
  await expect(demo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(scope.chips).toHaveCount(6);
  await scope.settled();
  await tabTo(/^BUTTON tab Sessions/);
  await page.keyboard.press("Enter");
  await expect(scope.element.getByRole("grid", { name: "Sessions" })).toBeVisible();
  await expect(scope.rows.first()).toBeVisible();
  await tabTo(/^TD/);
  await page.keyboard.press("Enter");
  await expect(scope.rows.first()).toHaveAttribute("aria-selected", "true");
  await expect(scope.inspector.locator("dt").getByText("Start")).toBeVisible();
});
