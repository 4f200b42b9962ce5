// The first screen: a small module of its own. It hands what is wished to the views, which are fetched for it.
import { expect, test, type Page } from "./guard.ts";
import { engines, readDemo, recorded, Scope, upload } from "./scope.ts";

const kore = "kore/gate-4-data-sessions.json";
const soracom = "soracom/bus-33-events.json";

/** The names of the files that the page asks for from now on. */
function fetches(page: Page): string[] {
  const names: string[] = [];
  page.on("request", (request) =>
    names.push(new URL(request.url()).pathname.split("/").at(-1) ?? ""),
  );
  return names;
}

const modules = (names: string[]) => names.filter((name) => name.endsWith(".wasm")).sort();
const scripts = (names: string[]) =>
  names.filter((name) => name.endsWith(".js") && !name.startsWith("shared-")).sort();

const allModules = ["simscope-engine.wasm", "simscope-first.wasm", "simscope-views.wasm"];

/** Holds the answers for one file back until it is told to go on. */
async function hold(page: Page, file: string): Promise<() => void> {
  let letThrough = () => {};
  const waiting = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(`**/${file}`, async (route) => {
    await waiting;
    await route.continue();
  });
  return letThrough;
}

/** The markup of the first screen, without the marks that the library leaves between texts. */
const markup = (scope: Scope) =>
  scope.element
    .locator("main.first")
    .evaluate((first) => first.outerHTML.replaceAll(/<!--.*?-->/g, ""));

test("nothing but the first module is fetched up to the first screen", async ({ page }) => {
  const names = fetches(page);
  const scope = await Scope.open(page);
  await page.waitForLoadState("networkidle");
  expect(modules(names)).toEqual(["simscope-first.wasm"]);
  expect(scripts(names)).toEqual(["check.js", "page.js"]);
  expect(page.workers()).toHaveLength(0);

  // The pointer over it is the first sign of use: what will be needed comes, and nothing starts yet.
  await scope.element.hover();
  await expect.poll(() => modules(names)).toEqual(allModules);
  await expect.poll(() => scripts(names)).toEqual(["check.js", "page.js", "views.js"]);
  await page.waitForLoadState("networkidle");
  expect(page.workers()).toHaveLength(0);

  await scope.load(recorded(kore));
  expect(modules(names)).toEqual(allModules);
  expect(scripts(names).filter((name) => name === "views.js")).toHaveLength(1);
  expect(engines(page)).toHaveLength(1);
});

for (const [sign, show] of [
  ["the focus", (page: Page) => page.keyboard.press("Tab")],
  [
    "something dragged over it",
    (page: Page) => new Scope(page).element.locator(".app").dispatchEvent("dragenter"),
  ],
  [
    "a finger",
    (page: Page) =>
      new Scope(page).element.locator(".app").dispatchEvent("touchstart", { touches: [] }),
  ],
] as const) {
  test(`${sign} is a first sign of use`, async ({ page }) => {
    const names = fetches(page);
    await Scope.open(page);
    await page.waitForLoadState("networkidle");
    expect(modules(names)).toEqual(["simscope-first.wasm"]);
    await show(page);
    await expect.poll(() => modules(names)).toEqual(allModules);
  });
}

test("the demo as the very first wish: its button says so until the views stand, and nothing flashes", async ({
  page,
}) => {
  const go = await hold(page, "simscope-views.wasm");
  const scope = await Scope.open(page);
  const demo = scope.element.locator(".choice .button").first();
  await demo.click();
  await expect(demo).toHaveText("Opening…");
  await expect(demo).toBeDisabled();
  // Of each frame from now on: what the element shows.
  await scope.element.evaluate((element) => {
    const seen = new Set<string>();
    Object.assign(globalThis, { seen });
    const look = () => {
      const root = element.shadowRoot;
      const shown = [...(root?.querySelectorAll("main.first, .loaded") ?? [])];
      const button = root?.querySelector("main.first .button")?.textContent ?? "";
      seen.add(shown.map(({ className }) => className).join("+") + (button && `: ${button}`));
      requestAnimationFrame(look);
    };
    look();
  });
  go();
  await expect(scope.chips).toHaveCount(6);
  const seen = await page.evaluate(() => [...(globalThis as unknown as { seen: string[] }).seen]);
  expect(seen).toEqual(["first: Opening…", "loaded"]);
});

test("all that is wished while the views are on their way is done, in its order", async ({
  page,
}) => {
  const go = await hold(page, "simscope-engine.wasm");
  const scope = await Scope.open(page);
  await scope.drop(recorded(kore));
  await expect(scope.element.getByRole("status")).toHaveText("Opening gate-4-data-sessions.json…");
  await scope.paste(readDemo(soracom));
  await scope.paste(readDemo("soracom/meter-0442-events.json"));
  await scope.element.getByRole("button", { name: "Connect…" }).click();
  await expect(scope.dialog).toHaveCount(0);
  go();
  await expect(scope.element.getByRole("dialog", { name: "Connect a provider" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(scope.chips).toHaveCount(3);
  await scope.settled();
  expect((await scope.totals()).sims).toBe(3);
  await expect(scope.chips.locator(".chip-name")).toHaveText([
    "gate-4-data-sessions.json",
    "pasted text 1",
    "pasted text 2",
  ]);
});

test("to connect as the very first wish opens the dialog, and the focus comes back to the button", async ({
  page,
}) => {
  const names = fetches(page);
  const scope = await Scope.open(page);
  const connect = scope.element.getByRole("button", { name: "Connect…" });
  await connect.focus();
  await page.keyboard.press("Enter");
  await expect(scope.element.getByRole("dialog", { name: "Connect a provider" })).toBeVisible();
  expect(modules(names)).toEqual([...allModules, "simscope-live.wasm"].sort());
  await page.keyboard.press("Escape");
  await expect(scope.dialog).toHaveCount(0);
  await expect(connect).toBeFocused();
});

test("keys act at once after the demo was opened by keyboard", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.element.getByRole("button", { name: "Open the demo fleet" }).focus();
  await page.keyboard.press("Enter");
  await expect(scope.chips).toHaveCount(6);
  await scope.settled();
  const before = await scope.window();
  await page.keyboard.press("w");
  await expect.poll(async () => (await scope.window()).width).toBeLessThan(before.width);
});

test("the question mark as the very first key shows the keys", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.element.locator(".app").focus();
  await page.keyboard.press("?");
  await expect(scope.element.getByRole("dialog", { name: "Keys and gestures" })).toBeVisible();
  // The first screen is still there, and its choices work.
  await page.keyboard.press("Escape");
  await scope.load(recorded(kore));
});

test("after Clear the views show the very same first screen", async ({ page }) => {
  const scope = await Scope.open(page);
  const first = await markup(scope);
  await scope.load(recorded(kore));
  await scope.element.getByRole("button", { name: "Clear" }).click();
  await expect(scope.element.getByRole("button", { name: "Open the demo fleet" })).toBeVisible();
  expect(await markup(scope)).toBe(first);
});

test("the theme holds on the first screen, and the views take it over", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  const scope = await Scope.open(page);
  const root = scope.element.locator(".simscope");
  const background = () => root.evaluate((root) => getComputedStyle(root).backgroundColor);
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(background).not.toBe(light);
  await scope.element.evaluate((element) => element.setAttribute("theme", "light"));
  await expect(root).toHaveAttribute("data-theme", "light");
  expect(await background()).toBe(light);
  await scope.load(recorded(kore));
  await expect(root).toHaveAttribute("data-theme", "light");
  await expect(scope.element.getByRole("button", { name: "Light", exact: true })).toBeVisible();
});

test("an element that goes while its views are on their way leaves nothing behind", async ({
  page,
}) => {
  const go = await hold(page, "simscope-views.wasm");
  const scope = await Scope.open(page);
  await scope.drop(recorded(kore));
  const gone = await page.evaluateHandle(() => {
    const scope = document.querySelector("sim-scope");
    scope?.remove();
    return scope;
  });
  go();
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(300);
  expect(page.workers()).toHaveLength(0);
  expect(await gone.evaluate((scope) => scope?.shadowRoot?.textContent)).toBe("");
  // Put back, it begins anew: nothing is opened that was wished before.
  await gone.evaluate((scope) => document.body.append(scope ?? ""));
  await expect(scope.element.getByRole("button", { name: "Open the demo fleet" })).toBeVisible();
  await scope.load(recorded(soracom));
  expect((await scope.totals()).sims).toBe(1);
});

test.describe("where the views cannot be fetched", () => {
  test.use({
    allowed: { complaints: [/Failed to load resource/, /its views could not be fetched/] },
  });

  for (const missing of ["simscope-views.wasm", "views.js", "simscope-engine.wasm"]) {
    test(`${missing} is missing: the first screen says so, and a retry opens what was dropped`, async ({
      page,
    }) => {
      const scope = await Scope.open(page);
      await page.evaluate(() => {
        document.addEventListener("simscope-error", (event) =>
          Object.assign(globalThis, { told: (event as CustomEvent).detail as unknown }),
        );
      });
      await page.route(`**/${missing}*`, (route) => route.fulfill({ status: 404 }));
      await scope.drop(recorded(kore));
      await expect(scope.messages).toHaveCount(1);
      await expect(scope.messages).toContainText("could not be fetched");
      expect(await page.evaluate(() => (globalThis as unknown as { told: unknown }).told)).toEqual({
        title: "Not opened",
        message: expect.stringContaining(missing),
      });
      const again = scope.messages.getByRole("button", { name: "Try again" });
      await again.click();
      await expect(again, "still not there").toBeVisible();
      await scope.messages.getByRole("button", { name: "Dismiss" }).click();
      await expect(scope.messages).toHaveCount(0);

      // Another choice is a try, too, and adds to what waits.
      await page.unroute(`**/${missing}*`);
      await scope.choose(recorded(soracom));
      await expect(scope.chips).toHaveCount(2);
      await scope.settled();
      expect((await scope.totals()).sims).toBe(2);
      await expect(scope.messages).toHaveCount(0);
    });
  }

  test("offline: the demo opens once the connection is back", async ({ page, context }) => {
    const scope = await Scope.open(page);
    await context.setOffline(true);
    const demo = scope.element.getByRole("button", { name: "Open the demo fleet" });
    await demo.click();
    await expect(scope.messages).toContainText("Check the connection");
    await expect(demo).toBeEnabled();
    await context.setOffline(false);
    await scope.messages.getByRole("button", { name: "Try again" }).click();
    await expect(scope.chips).toHaveCount(6);
    await expect(scope.messages).toHaveCount(0);
  });
});

// A file that cannot be read leaves the visitor where he was. It once led to an empty timeline of 1970.
test("an unreadable first file keeps the first screen, with its message", async ({ page }) => {
  const scope = await Scope.open(page);
  const files = scope.element.locator("input[type=file]").first();
  await files.setInputFiles(upload("login.html", "<!doctype html><title>Sign in</title>"));
  await expect(scope.element.getByText("This is a web page, not data")).toBeVisible();
  await expect(scope.element.getByRole("button", { name: "Open the demo fleet" })).toBeVisible();
  await scope.load(recorded(kore));
  expect((await scope.totals()).sims).toBe(1);
});
