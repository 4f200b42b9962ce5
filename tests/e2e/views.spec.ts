// Saved views: named, shown again, kept in this browser, exchanged as files, found in the palette; worked by keys alone; and nothing
// that stands in the storage breaks the page.
import { readFileSync } from "node:fs";
import type { BrowserContext } from "@playwright/test";
import type { SimScopeElement } from "../../www/element.ts";
import { expect, test, type Page } from "./guard.ts";
import { recorded, Scope, upload } from "./scope.ts";

const key = "simscope-views";

async function demo(page: Page): Promise<Scope> {
  const scope = await Scope.open(page);
  await scope.openDemo();
  return scope;
}

/** Opens the dialog by its key. */
async function open(scope: Scope): Promise<void> {
  await scope.focus();
  await scope.page.keyboard.press("q");
  await expect(scope.dialog.getByRole("heading", { name: "Views" })).toBeVisible();
}

/** Saves the present view in the open dialog. */
async function save(scope: Scope, name: string): Promise<void> {
  await scope.dialog.getByLabel("Name of the view").fill(name);
  await scope.dialog.getByRole("button", { name: "Save this view" }).click();
}

async function close(scope: Scope): Promise<void> {
  await scope.page.keyboard.press("Escape");
  await expect(scope.dialog).toHaveCount(0);
}

/** Shows a view by a click. */
async function apply(scope: Scope, name: string): Promise<void> {
  await open(scope);
  await entry(scope, name).click();
  await expect(scope.dialog).toHaveCount(0);
  await scope.settled();
}

const entry = (scope: Scope, name: string) =>
  scope.dialog.locator(".saved-name").filter({ has: scope.page.getByText(name, { exact: true }) });
const own = (scope: Scope) => scope.dialog.locator("ol .saved-name bdi");
const said = (scope: Scope) => scope.dialog.locator(".views-said");
const stored = (page: Page) =>
  page.evaluate((key) => {
    const text = localStorage.getItem(key);
    return text === null
      ? null
      : (JSON.parse(text) as { views: { name: string }[]; start: unknown });
  }, key);

const shown = async (scope: Scope) => ({
  filter: await scope.filter.inputValue(),
  colour: await scope.element.getByLabel("Colour").first().inputValue(),
  group: await scope.element.getByLabel("Group", { exact: true }).first().inputValue(),
  tab: await scope.element.locator('.tables [role="tab"][aria-selected="true"]').innerText(),
});

/** Makes the view another one than at first. */
async function change(scope: Scope): Promise<void> {
  await scope.filter.fill("radio:4g");
  await scope.filter.press("Enter");
  await scope.element.getByLabel("Colour").first().selectOption("operator");
  await scope.element.getByLabel("Group", { exact: true }).first().selectOption("none");
  await scope.tab("Sessions").click();
  await scope.settled();
}

/** Waits until the address holds what is seen: then the view rests. */
const rests = (page: Page, part: string) =>
  expect.poll(() => page.evaluate(() => location.hash)).toContain(part);

test("a view is saved, shown again, renamed, replaced, moved, deleted and brought back", async ({
  page,
}) => {
  const scope = await demo(page);
  const first = await shown(scope);
  await open(scope);
  await scope.dialog.getByLabel("left as it is").check();
  await save(scope, "As at first");
  await expect(said(scope)).toContainText("“As at first” is saved.");
  await close(scope);
  await change(scope);
  const changed = await shown(scope);
  await open(scope);
  await save(scope, "  4G  by operator ");
  await expect(own(scope)).toHaveText(["As at first", "4G by operator"]);
  await expect(entry(scope, "4G by operator")).toContainText("radio:4g · last 7 d · not grouped");
  await close(scope);

  // A view is how to look: what is chosen stays.
  await scope.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press(".");
  const header = scope.inspector.locator("header").first();
  await expect(header).toContainText("Session");
  const session = await header.innerText();
  await apply(scope, "As at first");
  await expect.poll(() => shown(scope)).toEqual(first);
  expect(await header.innerText()).toBe(session);
  await apply(scope, "4G by operator");
  await expect.poll(() => shown(scope)).toEqual(changed);

  await open(scope);
  // Under a name that is taken it is asked; what was there stays until then.
  await save(scope, "As at first");
  await expect(said(scope)).toContainText("“As at first” is there already.");
  await expect(entry(scope, "As at first")).not.toContainText("radio:4g");
  await scope.dialog.getByRole("button", { name: "Replace it" }).click();
  await expect(entry(scope, "As at first")).toContainText("radio:4g");
  await expect(own(scope)).toHaveText(["As at first", "4G by operator"]);

  await scope.dialog.getByRole("button", { name: "Rename “As at first”" }).click();
  const name = scope.dialog.getByLabel("New name");
  await expect(name).toBeFocused();
  await name.fill("4G by operator");
  await name.press("Enter");
  await expect(said(scope)).toContainText("is there already. Type another name.");
  await name.fill("夜勤");
  await name.press("Enter");
  await expect(own(scope)).toHaveText(["夜勤", "4G by operator"]);

  await scope.dialog.getByRole("button", { name: "Move down “夜勤”" }).click();
  await expect(own(scope)).toHaveText(["4G by operator", "夜勤"]);
  await scope.dialog.getByRole("button", { name: "Delete “4G by operator”" }).click();
  await expect(own(scope)).toHaveText(["夜勤"]);
  await expect(said(scope)).toContainText("“4G by operator” was deleted.");
  await expect(scope.dialog.getByRole("button", { name: "Undo" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(own(scope)).toHaveText(["4G by operator", "夜勤"]);
  expect((await stored(page))?.views.map(({ name }) => name)).toEqual(["4G by operator", "夜勤"]);
});

test("the view to start with is shown with what is loaded first; a link wins over it", async ({
  page,
}) => {
  const scope = await demo(page);
  await change(scope);
  await rests(page, "radio");
  const changed = await shown(scope);
  await open(scope);
  await save(scope, "Mine");
  await scope.dialog.getByLabel("Start with “Mine”").check();
  await close(scope);
  expect((await stored(page))?.start).toBe("Mine");

  const fresh = new Scope(await page.context().newPage());
  await fresh.page.goto("./");
  await fresh.openDemo();
  await expect.poll(() => shown(fresh)).toEqual(changed);

  await fresh.page.goto("about:blank");
  await fresh.page.goto("./#simscope=1&demo=true&filter=radio:2g");
  await expect(fresh.chips).toHaveCount(6);
  await expect.poll(async () => (await shown(fresh)).filter).toBe("radio:2g");
  expect((await shown(fresh)).colour).toBe("radio");

  await open(scope);
  await scope.dialog.getByLabel("Start with none").check();
  expect((await stored(page))?.start).toBe(null);
  await fresh.page.goto("about:blank");
  await fresh.page.goto("./");
  await fresh.openDemo();
  expect((await shown(fresh)).filter).toBe("");
});

test("how far back is meant from the last instant of what is loaded", async ({ page }) => {
  const scope = await demo(page);
  await scope.element.getByLabel("Range", { exact: true }).selectOption("30");
  const month = await scope.edges();
  await scope.element.getByLabel("Range", { exact: true }).selectOption("1");
  const day = await scope.edges();
  await open(scope);
  await save(scope, "A day");
  await scope.dialog.getByLabel("How far back").selectOption("30d");
  await save(scope, "A month");
  await scope.dialog.getByLabel("exactly these dates").check();
  await save(scope, "These dates");
  await expect(own(scope)).toHaveText(["A day", "A month", "These dates"]);
  await scope.dialog.getByLabel("Start with “A month”").check();
  await close(scope);
  await apply(scope, "A month");
  await expect.poll(() => scope.edges()).toBe(month);
  await apply(scope, "A day");
  await expect.poll(() => scope.edges()).toBe(day);

  // Before anything is loaded, it waits for it; other data end at another instant.
  const other = new Scope(await page.context().newPage());
  await other.page.goto("./");
  await other.load(recorded("kore/gate-4-data-sessions.json"));
  const theirs = await other.edges();
  await other.element.getByLabel("Range", { exact: true }).selectOption("1");
  await other.element.getByLabel("Range", { exact: true }).selectOption("30");
  expect(await other.edges()).toBe(theirs);
  expect(theirs).not.toBe(day);
  await apply(other, "These dates");
  await expect.poll(() => other.edges()).toBe(day);

  // By a link, too.
  await other.page.goto("about:blank");
  await other.page.goto("./#simscope=1&demo=true&last=30d");
  await expect(other.chips).toHaveCount(6);
  await other.settled();
  await expect.poll(() => other.edges()).toBe(month);
});

test("views go from browser to browser as a file", async ({ page, browser }) => {
  const scope = await demo(page);
  await change(scope);
  await rests(page, "radio");
  const changed = await shown(scope);
  await open(scope);
  await expect(scope.dialog.getByRole("button", { name: "Export" })).toBeDisabled();
  await save(scope, "One");
  await save(scope, "Two");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    scope.dialog.getByRole("button", { name: "Export" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("simscope-views.json");
  const text = readFileSync(await download.path(), "utf8");
  expect(JSON.parse(text)).toMatchObject({ simscope: "views", version: 1 });

  const context: BrowserContext = await browser.newContext({
    baseURL: new URL("./", page.url()).href,
  });
  const other = await demo(await context.newPage());
  const before = await other.totals();
  await open(other);
  await save(other, "One");
  await other.dialog.locator('input[type="file"]').setInputFiles(upload("ours.json", text));
  await expect(said(other)).toContainText("2 views added. 1 of them got another name");
  await expect(own(other)).toHaveText(["One", "One (2)", "Two"]);
  await close(other);
  await apply(other, "Two");
  await expect.poll(() => shown(other)).toEqual(changed);
  // Dropped as any file: it adds nothing twice, and nothing to the data. A link to the demo fleet stays one.
  await other.drop(upload("ours.json", text));
  await expect(other.messages).toContainText("0 views added. 2 views were there already.");
  await expect(other.chips).toHaveCount(6);
  await other.filter.fill("");
  await other.filter.press("Enter");
  await other.settled();
  expect(await other.totals()).toEqual(before);
  await expect.poll(() => other.page.evaluate(() => location.hash)).toContain("demo=true");
  await other.drop(upload("damaged.json", text.slice(0, -9)));
  await expect(other.messages.last()).toContainText("It is damaged: it is no JSON.");
  await context.close();
});

test("a file of views may be the first that is dropped", async ({ page }) => {
  const scope = await Scope.open(page);
  const views = [{ name: "Given", state: { version: 1, filter: "open" } }];
  const text = JSON.stringify({ simscope: "views", version: 1, views });
  await scope.drop(upload("views.json", text));
  await expect(scope.messages).toContainText("1 view added.");
  await scope.openDemo();
  await apply(scope, "Given");
  await expect(scope.filter).toHaveValue("open");
});

test("what one tab saves, the other shows", async ({ page }) => {
  const scope = await demo(page);
  const other = await demo(await page.context().newPage());
  await open(other);
  await open(scope);
  await save(scope, "From the first");
  await expect(own(other)).toHaveText(["From the first"]);
  await save(other, "From the second");
  await expect(own(scope)).toHaveText(["From the first", "From the second"]);
  await scope.dialog.getByRole("button", { name: "Delete “From the first”" }).click();
  await expect(own(other)).toHaveText(["From the second"]);
});

test("the palette finds views and shows them", async ({ page }) => {
  const scope = await demo(page);
  await change(scope);
  const changed = await shown(scope);
  await open(scope);
  await save(scope, "Überblick <b>");
  await close(scope);
  await apply(scope, "By country");
  await expect.poll(async () => (await shown(scope)).filter).toBe("");
  await page.keyboard.press("Control+k");
  await scope.dialog.getByRole("combobox").fill("view: überblick");
  const found = scope.dialog.getByRole("option").first();
  await expect(found).toContainText("View: Überblick <b>");
  await expect(found).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(scope.dialog).toHaveCount(0);
  await expect.poll(() => shown(scope)).toEqual(changed);
});

test("the ready-made views do what they say", async ({ page }) => {
  const scope = await demo(page);
  const head = (name: string) =>
    scope.element.getByRole("columnheader", { name: new RegExp(name) });
  await apply(scope, "Offline over 7 days");
  await expect(scope.filter).toHaveValue("offline>7d");
  await expect(scope.element.locator(".find-marks .wrong")).toHaveCount(0);
  await expect(head("Offline for")).toHaveAttribute("aria-sort", "descending");
  const { sims } = await scope.totals();
  expect(sims).toBeGreaterThan(0);
  expect(await scope.count("SIMs")).toBeLessThan(40);
  await apply(scope, "Most active SIMs, 30 days");
  await expect(scope.filter).toHaveValue("");
  await expect(head("Sessions")).toHaveAttribute("aria-sort", "descending");
  await expect(scope.element.getByLabel("Range", { exact: true })).toHaveValue("30");
  await apply(scope, "By country");
  expect(await shown(scope)).toMatchObject({ colour: "country", group: "country" });
  await apply(scope, "Findings");
  expect((await shown(scope)).tab).toMatch(/^Findings/);
  await apply(scope, "Report, 30 days");
  expect((await shown(scope)).tab).toBe("Report");
});

test("all of it is done by keys alone", async ({ page }) => {
  const scope = await demo(page);
  await scope.focus();
  await page.keyboard.press("q");
  await expect(scope.dialog.getByLabel("Name of the view")).toBeFocused();
  await page.keyboard.type("First");
  await page.keyboard.press("Enter");
  await expect(own(scope)).toHaveText(["First"]);
  await page.keyboard.type("Second");
  await page.keyboard.press("Enter");
  await expect(own(scope)).toHaveText(["First", "Second"]);
  await page.keyboard.type("First");
  await page.keyboard.press("Enter");
  await expect(scope.dialog.getByRole("button", { name: "Replace it" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(said(scope)).toContainText("“First” is saved.");

  // The focus stays with what it was on, wherever that goes.
  const down = scope.dialog.getByRole("button", { name: "Move down “First”" });
  await down.focus();
  await page.keyboard.press("Enter");
  await expect(own(scope)).toHaveText(["Second", "First"]);
  await expect(down).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(own(scope)).toHaveText(["Second", "First"]);
  await expect(down).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(scope.dialog.getByLabel("New name")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(scope.dialog.getByLabel("New name")).toHaveCount(0);
  await expect(scope.dialog).toBeVisible();
  await expect(scope.dialog.getByRole("button", { name: "Rename “First”" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(scope.dialog.getByRole("button", { name: "Undo" })).toBeFocused();
  await scope.dialog.getByLabel("Start with none").focus();
  await page.keyboard.press("ArrowUp");
  await expect(scope.dialog.getByLabel("Start with “Second”")).toBeChecked();
  await expect(scope.dialog.getByLabel("Start with “Second”")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(scope.dialog).toHaveCount(0);
  await expect(scope.element.locator(".lanes-scroll")).toBeFocused();
});

test("where the browser refuses storage, that is said, and they stay for the visit", async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  });
  const scope = await demo(page);
  await open(scope);
  await save(scope, "Here");
  await expect(said(scope)).toContainText("This browser does not keep them");
  await expect(own(scope)).toHaveText(["Here"]);
  await close(scope);
  await open(scope);
  await expect(own(scope)).toHaveText(["Here"]);
});

for (const [what, text] of [
  ["damaged", '{"version":1,"views":[{"name":"A"'],
  ["of a newer simscope", '{"version":9,"views":[{"name":"A","state":{"version":1}}],"start":"A"}'],
] as const) {
  test(`a store that is ${what} is told, and kept before it is written over`, async ({ page }) => {
    await page.addInitScript(
      ([key, text]) => {
        if (!sessionStorage.getItem("put")) localStorage.setItem(key, text);
        sessionStorage.setItem("put", "1");
      },
      [key, text] as const,
    );
    const scope = await demo(page);
    await expect(scope.messages).toContainText("Saved views");
    await expect(scope.messages).toContainText(/It is damaged|of a newer simscope/);
    expect(await page.evaluate((key) => localStorage.getItem(key), key)).toBe(text);
    await open(scope);
    await save(scope, "B");
    const names = (await stored(page))?.views.map(({ name }) => name);
    expect(names).toEqual(what === "damaged" ? ["B"] : ["A", "B"]);
    const kept = await page.evaluate((key) => localStorage.getItem(`${key}-unread`), key);
    expect(kept).toBe(text);
  });
}

test("a host page hands views in and is told of changes", async ({ page }) => {
  const scope = await demo(page);
  await scope.element.evaluate((element) => {
    const scope = element as SimScopeElement;
    scope.savedViews = [
      { name: "Given", state: { version: 1, filter: "open" } },
      { name: "", state: { version: 1 } },
    ];
    scope.startView = "Given";
  });
  await expect(scope.messages).toContainText("View 2 is left out");
  const told = scope.element.evaluate(
    (element) =>
      new Promise((resolve) => {
        element.addEventListener("simscope-views", (event) => {
          event.preventDefault();
          resolve((event as CustomEvent).detail);
        });
      }),
  );
  await open(scope);
  await expect(own(scope)).toHaveText(["Given"]);
  await expect(scope.dialog.getByLabel("Start with “Given”")).toBeChecked();
  await scope.dialog.getByRole("button", { name: "Rename “Given”" }).click();
  await scope.dialog.getByLabel("New name").fill("Taken");
  await page.keyboard.press("Enter");
  expect(await told).toEqual({
    views: [{ name: "Taken", state: { version: 1, filter: "open" } }],
    start: "Taken",
  });
  await expect(said(scope)).toContainText("does not keep them");
  const read = await scope.element.evaluate((element) => {
    const { savedViews, startView } = element as SimScopeElement;
    return { names: savedViews.map(({ name }) => name), startView };
  });
  expect(read).toEqual({ names: ["Taken"], startView: "Taken" });
  const refused = await scope.element.evaluate((element) =>
    (element as SimScopeElement)
      .load('{"simscope": "views", "version": 1, "views": []}')
      .catch((error: { code: string }) => error.code),
  );
  expect(refused).toBe("saved_views");
});
