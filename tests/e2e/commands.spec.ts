// Every command of the table does something that can be seen, from the palette and by its keys; the palette finds them.
import { expect, test, type Page } from "./guard.ts";
import { Scope } from "./scope.ts";

test.use({ timezoneId: "Europe/Oslo", permissions: ["clipboard-read", "clipboard-write"] });

/** What shows that a command did something, and what must be so before. */
interface Effect {
  /** Differs after the command. */
  shows: (scope: Scope) => Promise<unknown>;
  before?: (scope: Scope) => Promise<void>;
  after?: (scope: Scope) => Promise<void>;
}

const text = async (scope: Scope, selector: string) =>
  (await scope.element.locator(selector).allInnerTexts()).join();
const range = async (scope: Scope) => JSON.stringify(await scope.window());
const lane = (scope: Scope) => text(scope, ".lane-label.chosen");
const session = (scope: Scope) => text(scope, ".inspector header");
const listed = (scope: Scope) =>
  scope.element.locator(".lanes-size").evaluate((list) => (list as HTMLElement).style.height);
const choice = (label: string) => (scope: Scope) =>
  scope.element.getByLabel(label).first().inputValue();
const dialog = (scope: Scope) =>
  scope.element.locator("dialog[open]").evaluateAll((all) => all.map((each) => each.ariaLabel));
const theme = (scope: Scope) => scope.element.locator(".simscope").getAttribute("data-theme");
const tab = (scope: Scope) => text(scope, '.tables [role="tab"][aria-selected="true"]');
const focused = (scope: Scope) =>
  scope.element.evaluate((element) => element.shadowRoot?.activeElement?.className);
const said = async (scope: Scope) => (await scope.messages.allInnerTexts()).length;

const press =
  (...keys: string[]) =>
  async (scope: Scope) => {
    for (const key of keys) {
      await scope.page.keyboard.press(key);
      await scope.page.waitForTimeout(60);
    }
  };
const rested =
  (...keys: string[]) =>
  async (scope: Scope) => {
    for (const key of keys) {
      await scope.page.keyboard.press(key);
      await scope.page.waitForTimeout(750);
    }
  };
const select = (label: string, value: string) => async (scope: Scope) => {
  await scope.element.getByLabel(label).first().selectOption(value);
};
const themed = (wanted: string) => async (scope: Scope) => {
  const button = scope.element.getByRole("button", { name: /^(Light|Dark|System)$/ });
  while ((await theme(scope)) !== wanted) await button.click();
};
const escape = press("Escape");
/** A session whose IMEI and id are known. */
const gate = async (scope: Scope) => {
  await scope.filter.fill('"Gate 4"');
  await expect(scope.laneLabels).toHaveCount(1);
  await scope.focus();
  await press("Home", ".")(scope);
  await expect(scope.inspector.locator("dt").getByText("IMEI")).toBeVisible();
};
const all = async (scope: Scope) => {
  await scope.filter.fill("");
  for (const close of await scope.messages.getByRole("button").all()) await close.click();
};
const colour = (other: string): Effect => ({
  shows: choice("Colour by"),
  before: select("Colour by", other),
});
const group = (other: string): Effect => ({
  shows: choice("Group"),
  before: select("Group", other),
});
const sort = (other: string): Effect => ({ shows: choice("Sort"), before: select("Sort", other) });
const table = (other: "SIMs" | "Events"): Effect => ({
  shows: tab,
  before: (scope) => scope.tab(other).click(),
});
const find = (scope: Scope) => scope.filter.focus();
const opens: Effect = { shows: dialog, after: escape };

/** Those that come last leave nothing behind. */
const effects: Record<string, Effect> = {
  "zoom-in": { shows: range },
  "zoom-out": { shows: range },
  "move-back": { shows: range },
  "move-forward": { shows: range },
  focus: { shows: range, before: press("Home", ".") },
  fit: { shows: range, before: press("w") },
  "go-to": opens,
  "range-back": { shows: range, before: rested("w") },
  "range-forward": { shows: range, before: rested("w", "[") },
  measure: { shows: (scope) => text(scope, ".measure-hint"), after: escape },
  "last-day": { shows: range, before: press("0") },
  "last-week": { shows: range, before: press("0") },
  "last-month": { shows: range, before: press("0", "w") },
  "next-sim": { shows: lane, before: press("Home") },
  "previous-sim": { shows: lane, before: press("End") },
  "page-down": { shows: lane, before: press("Home") },
  "page-up": { shows: lane, before: press("End") },
  "first-sim": { shows: lane, before: press("End") },
  "last-sim": { shows: lane, before: press("Home") },
  "fold-group": { shows: listed, before: press("Home"), after: press("x") },
  "fold-all": { shows: listed },
  "unfold-all": { shows: listed, before: (scope) => take(scope, "fold-all", "Fold all groups") },
  "open-lane": {
    shows: (scope) => scope.element.locator(".track-label").count(),
    before: press("Home"),
    after: press("e"),
  },
  "pin-lane": {
    shows: (scope) => text(scope, ".lane-label:first-of-type .name"),
    before: press("End"),
    after: press("p"),
  },
  "leave-out": {
    shows: (scope) => scope.element.locator(".left-out").count(),
    before: press("End"),
    after: (scope) => scope.element.locator(".left-out").click(),
  },
  "bring-back": {
    shows: (scope) => scope.element.locator(".left-out").count(),
    before: press("End", "h"),
  },
  "all-at-once": {
    shows: (scope) => scope.element.locator(".fleet").count(),
    after: press("l"),
  },
  "taller-lanes": { shows: listed },
  "lower-lanes": { shows: listed },
  "group-by-country": group("none"),
  "group-by-vendor": group("none"),
  "group-by-operator": group("none"),
  "group-by-tag": group("none"),
  "group-by-device": group("none"),
  "group-by-group": group("none"),
  "group-by-none": group("country"),
  "sort-by-name": sort("seen"),
  "sort-by-offline": sort("seen"),
  "sort-by-seen": sort("name"),
  "sort-by-sessions": sort("name"),
  "sort-by-traffic": sort("name"),
  "next-session": { shows: session, before: press("Home") },
  "previous-session": { shows: session, before: press("Home") },
  "choose-range": { shows: session, before: press("Escape"), after: escape },
  "choose-session": {
    shows: (scope) => text(scope, ".tables .tabs"),
    before: press("Home", "."),
    after: escape,
  },
  "copy-iccid": { shows: said, before: gate, after: all },
  "copy-imei": { shows: said, before: gate, after: all },
  "copy-session-id": { shows: said, before: gate, after: all },
  "copy-link": { shows: said, after: all },
  "clear-selection": { shows: lane, before: press("Home") },
  palette: { shows: dialog, after: escape },
  keys: opens,
  find: { shows: focused },
  "go-to-timeline": { shows: focused, before: find },
  "go-to-inspector": { shows: focused, before: find },
  "go-to-tables": {
    shows: (scope) =>
      scope.element.evaluate((element) => element.shadowRoot?.activeElement?.getAttribute("role")),
    before: find,
  },
  "table-sims": table("Events"),
  "table-sessions": table("Events"),
  "table-events": table("SIMs"),
  "table-usage": table("SIMs"),
  report: table("SIMs"),
  findings: table("SIMs"),
  "colour-by-radio": colour("country"),
  "colour-by-operator": colour("radio"),
  "colour-by-country": colour("radio"),
  "colour-by-vendor": colour("radio"),
  "zone-utc": { shows: choice("Time zone"), before: select("Time zone", "Asia/Tokyo") },
  "zone-local": { shows: choice("Time zone"), before: select("Time zone", "UTC") },
  "theme-light": { shows: theme, before: themed("dark") },
  "theme-dark": { shows: theme, before: themed("light") },
  "theme-system": { shows: theme, before: themed("light") },
  "save-case": opens,
  views: opens,
  history: opens,
  connect: { shows: dialog, after: escape },
  "base-map": { shows: dialog, after: escape },
  locate: { shows: dialog, after: escape },
  // The rest has a test of its own.
  "open-files": { shows: dialog },
  "open-demo": { shows: dialog },
  labels: { shows: dialog },
  "clear-data": { shows: dialog },
  watch: { shows: dialog },
};
const apart = ["labels", "open-files", "open-demo", "clear-data", "palette", "watch"];

async function demo(page: Page): Promise<Scope> {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await scope.focus();
  return scope;
}

/** Runs a command from the palette. */
async function take(scope: Scope, name: string, label: string): Promise<void> {
  await scope.page.keyboard.press("Control+k");
  const field = scope.dialog.getByRole("combobox");
  await expect(field).toBeFocused();
  await field.fill(label);
  const first = scope.dialog.getByRole("option").first();
  await expect(first).toHaveAttribute("data-command", name);
  await expect(first).toHaveAttribute("aria-selected", "true");
  await scope.page.keyboard.press("Enter");
}

/** Prepares, runs, and waits for the effect. */
async function proves(scope: Scope, name: string, run: () => Promise<void>): Promise<void> {
  const effect = effects[name];
  if (!effect) throw new Error(`${name} has no effect to look for`);
  await scope.focus();
  await effect.before?.(scope);
  await scope.page.waitForTimeout(80);
  const before = JSON.stringify(await effect.shows(scope));
  await run();
  await expect
    .poll(async () => JSON.stringify(await effect.shows(scope)), { message: name })
    .not.toBe(before);
  await effect.after?.(scope);
}

async function entries(scope: Scope): Promise<{ name: string; label: string }[]> {
  await scope.page.keyboard.press("Control+k");
  // Saved views are listed with them.
  const commands = scope.dialog.locator('[role="option"][data-command]');
  const all = await commands.evaluateAll((options) =>
    options.map((option) => ({
      name: (option as HTMLElement).dataset["command"] ?? "",
      label: option.querySelector(".label")?.textContent ?? "",
    })),
  );
  await scope.page.keyboard.press("Escape");
  return all;
}

test("every command of the palette does what it says", async ({ page }) => {
  test.setTimeout(600_000);
  const scope = await demo(page);
  const found = await entries(scope);
  expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(effects).sort());
  for (const { name, label } of found) {
    if (apart.includes(name)) continue;
    await proves(scope, name, () => take(scope, name, label));
  }
});

test("every key of the key sheet does what it says", async ({ page }) => {
  test.setTimeout(600_000);
  const scope = await demo(page);
  await page.keyboard.press("?");
  const keys = await scope.dialog.locator("dt[data-command]").evaluateAll((all) =>
    all.flatMap((each) => {
      const name = (each as HTMLElement).dataset["command"] ?? "";
      const keys = [...each.querySelectorAll("kbd")].map((key) => key.textContent ?? "");
      return keys.map((key) => ({ name, key }));
    }),
  );
  await page.keyboard.press("Escape");
  expect(keys.length).toBeGreaterThan(30);
  const names: Record<string, string> = {
    "←": "ArrowLeft",
    "→": "ArrowRight",
    "↑": "ArrowUp",
    "↓": "ArrowDown",
    Esc: "Escape",
    "Page up": "PageUp",
    "Page down": "PageDown",
    Ctrl: "Control",
  };
  for (const { name, key } of keys) {
    if (name === "open-files") continue;
    const parts = key === "+" ? [key] : key.split("+");
    const pressed = parts.map(
      (part) => names[part] ?? (part.length === 1 ? part.toLowerCase() : part),
    );
    await proves(scope, name, () => page.keyboard.press(pressed.join("+")));
  }
});

test("files, the demo and forgetting, from the palette alone", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.element.locator(".app").focus();
  // With nothing loaded most commands say why they do not apply.
  await page.keyboard.press("Control+k");
  const fit = scope.dialog.locator('[data-command="fit"]');
  await expect(fit).toHaveAttribute("aria-disabled", "true");
  await expect(fit).toContainText("Nothing is loaded yet.");
  await fit.click({ force: true });
  await expect(scope.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(scope.element.locator("dialog").getByRole("combobox")).toHaveCount(0);

  const chooser = page.waitForEvent("filechooser");
  await take(scope, "open-files", "Open files…");
  await chooser;
  await scope.element.locator(".app").focus();
  const again = page.waitForEvent("filechooser");
  await page.keyboard.press("o");
  await again;
  await scope.element.locator(".app").focus();
  await take(scope, "open-demo", "Open the demo fleet");
  await expect(scope.chips).toHaveCount(6);
  await scope.settled();
  await scope.focus();
  await take(scope, "clear-data", "Forget everything that is loaded");
  await expect(scope.element.getByRole("button", { name: "Open the demo fleet" })).toBeVisible();
});

test("the palette finds by parts of words, puts the last used first, and is worked by keys", async ({
  page,
}) => {
  const scope = await demo(page);
  await page.keyboard.press("Control+k");
  const field = scope.dialog.getByRole("combobox");
  const options = scope.dialog.getByRole("option");
  await expect(field).toBeFocused();
  await expect(scope.dialog.getByRole("listbox", { name: "Commands" })).toBeVisible();
  await expect(options.first()).toContainText("Zoom in");
  await expect(options.first()).toContainText("W");
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  const active = await field.getAttribute("aria-activedescendant");
  expect(await options.nth(1).getAttribute("id")).toBe(active);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await expect(options.last()).toBeInViewport();
  await field.fill("drk th");
  await expect(options.first()).toHaveAttribute("data-command", "theme-dark");
  await page.keyboard.press("Enter");
  await expect(scope.dialog).toHaveCount(0);
  await expect(scope.element.locator(".simscope")).toHaveAttribute("data-theme", "dark");
  await expect(scope.element.locator(".lanes-scroll")).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(options.first()).toHaveAttribute("data-command", "theme-dark");
  await field.fill("qqqq");
  await expect(options).toHaveCount(0);
  await expect(scope.dialog.getByRole("status")).toContainText("No command is called so");
  await page.keyboard.press("Enter");
  await expect(scope.dialog).toBeVisible();
  // What does not apply says why, and Enter does nothing.
  await field.fill("copy the imei");
  await expect(options.first()).toContainText("Choose a session whose IMEI is known.");
  await page.keyboard.press("Enter");
  await expect(scope.dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(scope.dialog).toHaveCount(0);

  // From the key sheet, for those without a keyboard.
  await scope.element.getByRole("button", { name: "Keys and gestures" }).click();
  await scope.dialog.getByRole("button", { name: "Find a command…" }).click();
  await expect(field).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(scope.dialog).toHaveCount(0);

  // In a field, too.
  await scope.filter.focus();
  await page.keyboard.press("Meta+k");
  await expect(scope.dialog).toBeVisible();
});
