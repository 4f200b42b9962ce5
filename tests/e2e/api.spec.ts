// What a host page may ask of <sim-scope>, on a page of somebody else's: data from the page, properties and attributes in step,
// one view alone, and what it is told.
import { gzipSync } from "node:zlib";
import type { SimScopeElement } from "../../www/element.ts";
import type { Session } from "../../www/api/model.ts";
import type { Loaded, SessionFeatures, ViewState } from "../../www/api/types.ts";
import { expect, type Page } from "./guard.ts";
import { page as pageAround, portal } from "./portal.ts";
import { readDemo, Scope } from "./scope.ts";

const test = portal({ "index.html": pageAround('<sim-scope id="one"></sim-scope>') });

const answer = readDemo("kore/gate-4-data-sessions.json");

declare global {
  interface Window {
    scope: SimScopeElement;
    heard: [string, unknown][];
  }
}

/** Opens the portal; `window.scope` is the element, `window.heard` what it has told. */
async function open(page: Page): Promise<Scope> {
  await page.goto("./");
  await page.evaluate(async () => {
    await customElements.whenDefined("sim-scope");
    window.scope = document.querySelector("sim-scope") as SimScopeElement;
    window.heard = [];
    for (const type of ["select", "range", "filter", "state", "status", "error", "settings"]) {
      document.addEventListener(`simscope-${type}`, (event) =>
        window.heard.push([type, (event as CustomEvent).detail]),
      );
    }
  });
  return new Scope(page);
}

const last = (page: Page, type: string) =>
  page.evaluate((type) => window.heard.filter(([known]) => known === type).at(-1)?.[1], type);

const load = (page: Page, text: string, options = {}): Promise<Loaded> =>
  page.evaluate(([text, options]) => window.scope.load(text, options), [text, options] as const);

test("text, bytes, files, streams, answers and parsed JSON all come to the same", async ({
  page,
}) => {
  const scope = await open(page);
  const packed = gzipSync(answer).toString("base64");
  const results = await page.evaluate(
    async ([answer, packed]) => {
      const { scope } = window;
      const bytes = new TextEncoder().encode(answer);
      const gzip = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
      const inputs = [
        answer,
        bytes,
        bytes.buffer,
        new DataView(bytes.buffer),
        new Blob([bytes]),
        new File([gzip], "gate.json.gz"),
        new Blob([bytes]).stream(),
        new Response(bytes),
        JSON.parse(answer) as object,
      ];
      const results = [];
      for (const input of inputs) {
        scope.clear();
        results.push(await scope.load(input));
      }
      return results;
    },
    [answer, packed] as const,
  );
  expect(results).toHaveLength(9);
  for (const { name: _, ...held } of results) {
    expect(held).toMatchObject({ provider: "kore", sims: 1, sessions: 23, events: 0, skipped: 0 });
  }
  expect(results[5]?.name).toBe("gate.json.gz");
  // It resolves when all of it is drawn.
  expect(await scope.totals()).toMatchObject({ sims: 1, sessions: 23 });
  expect(await page.evaluate(() => window.scope.sessions())).toHaveLength(23);
});

test("what cannot be loaded is refused in words, and loses nothing", async ({ page }) => {
  const scope = await open(page);
  await load(page, answer);
  const refused = (text: string, options = {}) =>
    page.evaluate(
      async ([text, options]) => {
        try {
          await window.scope.load(text, options);
          return "loaded";
        } catch (error) {
          const { code, message, loaded } = error as {
            code: string;
            message: string;
            loaded: Loaded;
          };
          return { code, message, sessions: loaded?.sessions };
        }
      },
      [text, options] as const,
    );
  expect(await refused("")).toMatchObject({ code: "empty_file" });
  expect(await refused("<html>")).toMatchObject({ code: "web_page" });
  expect(await refused('{"weather": []}')).toMatchObject({ code: "unknown_vendor" });
  const half = answer.slice(0, answer.length / 2);
  const { sessions, ...cut } = (await refused(half)) as { sessions: number };
  expect(cut).toMatchObject({ code: "cut_off" });
  expect(sessions).toBeGreaterThan(0);
  const nameless = readDemo("soracom/bus-33-events.json");
  expect(await refused(nameless)).toBe("loaded");
  const status = await page.evaluate(async () => {
    const answer = new Response("{}", { status: 401 });
    return window.scope.load(answer).catch((error: unknown) => (error as { code: string }).code);
  });
  expect(status).toBe("bad_status");
  await expect(scope.dialog).toHaveCount(0);
  expect((await scope.totals()).sessions).toBeGreaterThanOrEqual(23);
});

test("range, filter and selection are set and told, by the page and by the visitor", async ({
  page,
}) => {
  const scope = await open(page);
  // Before anything is loaded: they hold once it is.
  await page.evaluate(() => {
    window.scope.range = { from: "2026-10-20T00:00:00Z", to: new Date("2026-10-25T00:00:00Z") };
    window.scope.filter = "radio:4g";
  });
  await load(page, answer, { name: "gate" });
  expect(await page.evaluate(() => [window.scope.range, window.scope.filter])).toEqual([
    { from: "2026-10-20T00:00:00.000Z", to: "2026-10-25T00:00:00.000Z" },
    "radio:4g",
  ]);
  await expect(scope.filter).toHaveValue("radio:4g");
  const filtered = await page.evaluate(() => window.scope.sessions());
  expect(filtered.length).toBeLessThan(23);
  expect(filtered.every(({ radio }: Session) => radio === "4g")).toBe(true);
  expect(await page.evaluate(() => window.scope.sessions({ all: true }))).toHaveLength(23);

  await scope.filter.fill("open");
  await expect.poll(() => page.evaluate(() => window.scope.filter)).toBe("open");
  await expect.poll(() => last(page, "filter")).toEqual({ filter: "open", problems: [] });
  await page.evaluate(() => (window.scope.filter = "radio:9g"));
  await expect
    .poll(async () => ((await last(page, "filter")) as { problems: string[] }).problems.length)
    .toBe(1);
  await page.evaluate(() => (window.scope.filter = ""));

  const sessions = await page.evaluate(() => window.scope.sessions());
  const chosen = sessions[7];
  expect(chosen).toBeDefined();
  const choose = (choice: object | null) =>
    page.evaluate((choice) => window.scope.select(choice), choice);
  expect(await choose({ sim: chosen?.sim, session: chosen?.id })).toBe(true);
  await expect
    .poll(() => last(page, "select"))
    .toMatchObject({ sim: { sim: chosen?.sim }, session: { id: chosen?.id }, span: null });
  await expect(scope.inspector).toContainText("Session");
  expect(await choose({ sim: "nobody" })).toBe(false);
  const span = { from: "2026-10-21T00:00:00.000Z", to: "2026-10-22T00:00:00.000Z" };
  expect(await choose({ sim: chosen?.iccid, span })).toBe(true);
  await expect.poll(() => last(page, "select")).toMatchObject({ session: null, span });
  const inSpan = await page.evaluate(() => window.scope.sessions());
  expect(inSpan.length).toBeLessThan(23);
  expect(await choose(null)).toBe(true);
  await expect
    .poll(() => last(page, "select"))
    .toEqual({ sim: null, session: null, event: null, span: null });

  await scope.focus();
  await page.keyboard.press("0");
  await expect
    .poll(() => last(page, "range"))
    .toEqual(await page.evaluate(() => window.scope.range));
  const wrong = await page.evaluate(() => {
    try {
      window.scope.range = { from: "yesterday", to: 0 };
    } catch (error) {
      return String(error);
    }
    return "taken";
  });
  expect(wrong).toMatch(/RangeError: An instant is a Date/);
});

test("sessions come as JSON, CSV and GeoJSON", async ({ page }) => {
  await open(page);
  await load(page, answer);
  const { csv, geojson, json } = await page.evaluate(async () => ({
    csv: await window.scope.sessions({ format: "csv" }),
    geojson: await window.scope.sessions({ format: "geojson" }),
    json: await window.scope.sessions({ format: "json" }),
  }));
  const lines = csv.trimEnd().split("\r\n");
  expect(lines).toHaveLength(24);
  expect(lines[0]?.split(",").slice(0, 5)).toEqual(["provider", "source", "sim", "id", "iccid"]);
  expect((geojson as SessionFeatures).features.map(({ properties }) => properties)).toEqual(json);
  const refused = await page.evaluate(() =>
    window.scope.sessions({ format: "xml" as "csv" }).catch((error: unknown) => String(error)),
  );
  expect(refused).toContain("json, csv and geojson");
});

test("a state read in one element is shown by another once the same data are there", async ({
  page,
}) => {
  const scope = await open(page);
  await load(page, answer);
  const sessions = await page.evaluate(() => window.scope.sessions());
  await page.evaluate((chosen) => window.scope.select(chosen), {
    sim: sessions[3]?.sim,
    session: sessions[3]?.id,
  } as { sim: string });
  await scope.tab("Sessions").click();
  await expect
    .poll(async () => ((await last(page, "state")) as { state: ViewState } | undefined)?.state)
    .toMatchObject({
      version: 1,
      tab: "sessions",
      session: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  const state = await page.evaluate(() => window.scope.state);
  expect(JSON.stringify(state)).not.toContain(sessions[3]?.sim ?? "");
  expect(JSON.stringify(state)).not.toContain(sessions[3]?.imei ?? "no IMEI");

  const other = await page.evaluate(
    async ([state, answer]) => {
      const other = document.createElement("sim-scope");
      other.state = state;
      document.body.append(other);
      let chosen: unknown;
      other.addEventListener("simscope-select", ({ detail }) => (chosen = detail.session?.id));
      await other.load(answer);
      while (!chosen) await new Promise((later) => setTimeout(later, 20));
      return [chosen, other.state];
    },
    [state, answer] as const,
  );
  expect(other).toEqual([sessions[3]?.id, state]);
});

test("attributes and properties are in step, also those set before the class was known", async ({
  page,
}) => {
  const scope = await open(page);
  const early = await page.evaluate(async () => {
    // As a framework does that renders before the module has come.
    const early = document.createElement("sim-scope-early") as HTMLElement & { filter: string };
    early.filter = "open";
    const { constructor } = window.scope;
    customElements.define(
      "sim-scope-early",
      class extends (constructor as typeof SimScopeElement) {},
    );
    document.body.append(early);
    return [early.filter, Object.hasOwn(early, "filter")];
  });
  expect(early).toEqual(["open", false]);
  await load(page, answer);
  await page.evaluate(() => (window.scope.theme = "dark"));
  await expect(scope.element).toHaveAttribute("theme", "dark");
  await expect(scope.element.locator(".simscope")).toHaveAttribute("data-theme", "dark");
  await scope.element.evaluate((element) => element.setAttribute("zone", "Asia/Tokyo"));
  expect(await page.evaluate(() => window.scope.zone)).toBe("Asia/Tokyo");
  await expect(scope.element.getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
  await scope.element.evaluate((element) => element.removeAttribute("theme"));
  expect(await page.evaluate(() => window.scope.theme)).toBe("system");
});

test("one view alone, with and without what surrounds it", async ({ page }) => {
  const scope = await open(page);
  await load(page, answer);
  const parts = {
    bar: scope.element.locator(".bar"),
    timeline: scope.element.locator(".timeline"),
    side: scope.element.locator(".side"),
    map: scope.element.locator(".map"),
    tables: scope.element.locator(".tables"),
  };
  const show = async (view: "full" | "timeline" | "map" | "table", chrome: "full" | "none") => {
    await page.evaluate(([view, chrome]) => Object.assign(window.scope, { view, chrome }), [
      view,
      chrome,
    ] as const);
    const shown = new Set<string>();
    await page.waitForTimeout(300);
    for (const [name, part] of Object.entries(parts)) {
      if (await part.isVisible()) shown.add(name);
    }
    return [...shown];
  };
  expect(await show("timeline", "full")).toEqual(["bar", "timeline", "side"]);
  expect(await show("timeline", "none")).toEqual(["timeline"]);
  expect(await show("table", "full")).toEqual(["bar", "tables"]);
  expect(await show("table", "none")).toEqual(["tables"]);
  expect(await show("map", "none")).toEqual(["map"]);
  expect(await show("full", "none")).toEqual(["timeline", "map", "tables"]);
  expect(await show("full", "full")).toEqual(["bar", "timeline", "side", "map", "tables"]);
});

test("the timeline alone, in a narrow column, has its details beside it", async ({ page }) => {
  const scope = await open(page);
  await load(page, answer);
  await page.setViewportSize({ width: 390, height: 700 });
  await page.evaluate(() => (window.scope.view = "timeline"));
  const tabs = scope.element.getByRole("tablist", { name: "Panes" }).getByRole("tab");
  await expect(tabs).toHaveText(["Timeline", "Details"]);
  await tabs.nth(1).click();
  await expect(scope.inspector).toBeVisible();
  await expect(scope.canvas).toBeHidden();
});

test("an element without chrome offers nothing, and says when nothing is loaded", async ({
  page,
}) => {
  await open(page);
  const text = await page.evaluate(async () => {
    window.scope.remove();
    const bare = document.createElement("sim-scope");
    bare.setAttribute("chrome", "none");
    bare.setAttribute("view", "timeline");
    document.body.append(bare);
    await bare.load("{}").catch(() => undefined);
    const { shadowRoot } = bare;
    return [
      shadowRoot?.querySelector(".nothing")?.textContent,
      shadowRoot?.querySelector(".first"),
    ];
  });
  expect(text).toEqual(["Nothing is loaded yet.", null]);
});

test("what waits for an element that is removed is refused, and it works when it is back", async ({
  page,
}) => {
  await open(page);
  const outcome = await page.evaluate(async (answer) => {
    const { scope } = window;
    const loading = scope.load(answer).catch((error: unknown) => (error as { code: string }).code);
    scope.remove();
    const refused = await loading;
    // Asked while it is in no document: waits for it.
    const later = scope.load(answer);
    document.body.append(scope);
    return [refused, (await later).sessions];
  }, answer);
  expect(outcome).toEqual(["removed", 23]);
});
