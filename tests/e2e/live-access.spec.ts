// The dialogs of the live part for everybody: what axe finds, the way by keyboard, and windows that are small.
import { violations } from "./axe.ts";
import { accounts, names } from "./live/vendors.ts";
import { expect, test, type Page, type Visit } from "./live/test.ts";

/** How far anything inside an open dialog, or the page, reaches beyond its width. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const { documentElement } = document;
    if (documentElement.scrollWidth > innerWidth) found.push(`page ${documentElement.scrollWidth}`);
    const root = document.querySelector("sim-scope")?.shadowRoot;
    for (const dialog of root?.querySelectorAll("dialog[open]") ?? []) {
      const { right: edge } = dialog.getBoundingClientRect();
      for (const element of [dialog, ...dialog.querySelectorAll("*")]) {
        const { right, width } = element.getBoundingClientRect();
        // What scrolls by itself may be as wide as it likes inside.
        if (width > 0 && right > Math.min(edge, innerWidth) + 0.5) {
          found.push(`${element.tagName}.${element.className} ${right}`);
        }
      }
      if (dialog.scrollWidth > dialog.clientWidth) found.push(`dialog ${dialog.scrollWidth}`);
    }
    return found;
  });

/** Opens the source panel in a state with much in it: a failure, a way around, the watch. */
async function openFullPanel(visit: Visit): Promise<void> {
  visit.expectComplaints(/^console: Failed to load resource: .*status of 403/);
  const simulator = await visit.start("soracom", { sims: 2 });
  simulator.fail({ path: /events\/sessions$/, status: 403, times: Infinity });
  await visit.open();
  await visit.connect("soracom", simulator);
  await visit.panel.reaches("done");
  await expect(visit.panel.advice).toHaveCount(1);
}

for (const theme of ["light", "dark"] as const) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });

    test("axe: the dialog of each vendor, a message, the way around", async ({ visit, page }) => {
      visit.expectComplaints(/^console: Failed to load/, /^console: .*blocked by CORS policy/);
      await visit.open();
      await visit.form.open();
      for (const name of names) {
        await visit.form.choose(name);
        await expect(visit.form.reach).toBeVisible();
        expect(await violations(page, "dialog"), name).toEqual([]);
      }
      const simulator = await visit.start("wayscloud", { cors: "none" });
      await visit.form.address("Base URL", simulator.baseUrls.api);
      await expect(visit.form.reach).toHaveAttribute("data-kind", "cross_origin");
      for (const summary of await visit.form.dialog.locator("summary").all()) await summary.click();
      await visit.form.want({ identifiers: ["1"] });
      await visit.form.fetch();
      await expect(visit.form.outcome.locator(".advice")).toBeVisible();
      expect(await violations(page, "dialog"), "unfolded").toEqual([]);
    });

    test("axe: the source panel", async ({ visit, page }) => {
      await openFullPanel(visit);
      expect(await violations(page, "dialog")).toEqual([]);
      await visit.panel.watch.check();
      await expect(visit.panel.dialog.locator(".watch [role=status]")).toBeVisible();
      expect(await violations(page, "dialog"), "watching").toEqual([]);
      await visit.panel.button("Sign out").click();
      await visit.panel.reaches("signedout");
      expect(await violations(page, "dialog"), "signed out").toEqual([]);
    });
  });
}

for (const [width, height] of [
  [390, 844],
  [1024, 768],
] as const) {
  test(`${width}x${height}: nothing is wider than the window`, async ({ visit, page }) => {
    await page.setViewportSize({ width, height });
    await openFullPanel(visit);
    expect(await overflow(page), "panel").toEqual([]);
    await visit.panel.close();
    await visit.form.open();
    for (const name of names) {
      await visit.form.choose(name);
      await visit.form.want({ identifiers: ["8999900000000000001"] });
      for (const summary of await visit.form.dialog.locator("summary").all()) await summary.click();
      expect(await overflow(page), name).toEqual([]);
      // What fetches stays in view however long the form is.
      await expect(visit.form.dialog.getByRole("button", { name: "Fetch" })).toBeInViewport();
    }
  });
}

test("by keyboard alone: connected, fetched, closed", async ({ visit, page }) => {
  const simulator = await visit.start("wayscloud");
  await visit.open();
  const focused = () =>
    page.evaluate(() => {
      const inside = document.activeElement?.shadowRoot?.activeElement;
      const label = (inside as HTMLInputElement | null)?.labels?.[0]?.textContent;
      return `${inside?.tagName} ${label ?? inside?.textContent ?? ""}`;
    });
  const tabTo = async (what: RegExp) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (what.test(await focused())) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the focus never came to ${what}, but to ${await focused()}`);
  };
  await tabTo(/^BUTTON Connect…/);
  await page.keyboard.press("Enter");
  await expect(visit.form.dialog).toBeVisible();
  await tabTo(new RegExp(`^BUTTON ${accounts.wayscloud.label}`));
  await page.keyboard.press("Enter");
  await tabTo(/^INPUT Base URL/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(simulator.baseUrls.api);
  await tabTo(/^INPUT API key/);
  await page.keyboard.type(simulator.credentials["apiKey"] ?? "");
  // Enter in a field is Fetch.
  await page.keyboard.press("Enter");
  await visit.panel.reaches("done");
  await expect(visit.form.dialog).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(visit.panel.dialog).toBeHidden();
  await visit.scope.settled();
  await tabTo(/^BUTTON WAYSCloud GlobalSIM/);
  await page.keyboard.press("Enter");
  await expect(visit.panel.dialog).toBeVisible();
  await tabTo(/^BUTTON Sign out/);
  await page.keyboard.press("Enter");
  await visit.panel.reaches("signedout");
});
