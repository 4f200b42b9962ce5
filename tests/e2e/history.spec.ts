// Kept history: what a live source brought is there at the next visit, at once, and only the rest is asked for. Off by default.
import type { Keeper } from "../../www/history.ts";
import { accounts, type Simulator } from "./live/vendors.ts";
import { found } from "./live/secrets.ts";
import { expect, test, type Page, type Visit } from "./live/test.ts";
import { Scope } from "./scope.ts";

const database = "simscope-history";
const note = "simscope-history";
const label = accounts.soracom.label;

const databases = (page: Page) =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
const noted = (page: Page) => page.evaluate((key) => localStorage.getItem(key), note);

const keep = ({ panel }: Visit) =>
  panel.dialog.getByRole("checkbox", { name: "Keep history in this browser" });
const told = ({ panel }: Visit) => panel.dialog.locator(".keep [role=status]");
const keptDialog = ({ scope }: Visit) =>
  scope.element.getByRole("dialog", { name: "Kept history" });
/** Opens the list of what is kept, by its command. */
async function openKept({ scope, page }: Visit): Promise<void> {
  await scope.element.locator(".app").focus();
  await page.keyboard.press("Control+k");
  // The first screen fetches the views for it.
  await expect(scope.dialog).toBeVisible();
  await page.keyboard.type("kept history");
  await page.keyboard.press("Enter");
  await expect(scope.element.getByRole("dialog", { name: "Kept history" })).toBeVisible();
}
const entry = ({ scope }: Visit) => scope.element.locator(".kept-sources .chip");

/** A store of the database, as plain as it can be told. */
const stored = (page: Page) =>
  page.evaluate(
    (name) =>
      new Promise<Record<string, unknown[]>>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const held = opening.result;
          const stores = [...held.objectStoreNames];
          const reading = held.transaction(stores);
          const all: Record<string, unknown[]> = {};
          for (const store of stores) {
            const asked = reading.objectStore(store).getAll();
            asked.onsuccess = () => (all[store] = asked.result);
          }
          reading.oncomplete = () => {
            held.close();
            resolve(all);
          };
        };
      }),
    database,
  );

/** Everything that is kept, unpacked, as one text. */
const allText = (page: Page) =>
  page.evaluate(async (name) => {
    const held = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
    });
    const parts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const store of held.objectStoreNames) {
      const rows = await new Promise<Record<string, unknown>[]>((resolve) => {
        const asked = held.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => resolve(asked.result);
      });
      for (const row of rows) {
        const { packed, records: _, ...rest } = row;
        parts.push(JSON.stringify(rest));
        if (!(packed instanceof Uint8Array)) continue;
        const stream = new Blob([packed as Uint8Array<ArrayBuffer>]).stream();
        parts.push(await new Response(stream.pipeThrough(new DecompressionStream("gzip"))).text());
      }
    }
    held.close();
    return parts.join("\n");
  }, database);

/** Connects, turns keeping on once all is there, and waits until it is written. */
async function visitAndKeep(visit: Visit, simulator: Simulator): Promise<void> {
  await visit.open();
  await visit.connect("soracom", simulator);
  await visit.panel.reaches("done");
  await keep(visit).click();
  await written(visit, simulator);
}

/** Nothing more is written: the database rests. */
async function rests(page: Page): Promise<void> {
  let last = "";
  await expect
    .poll(
      async () => {
        const all = Object.values(await stored(page)).map(({ length }) => length);
        const now = `${all.join(" ")} ${await noted(page)}`;
        const same = now === last;
        last = now;
        return same && all.every((length) => length > 0);
      },
      { intervals: [1000] },
    )
    .toBe(true);
}

/** All that came is written: the note tells of all SIMs. */
async function written(visit: Visit, simulator: Simulator): Promise<void> {
  const { sims } = simulator.truth();
  await expect(told(visit)).toHaveText(new RegExp(`^${sims} SIMs, .* kept since`));
  await rests(visit.page);
  expect(await noted(visit.page)).toMatch(new RegExp(`"${sims} SIMs, \\d{4}-[^"]* \\d`));
}

const sessions = async (scope: Scope) => {
  await scope.table("Sessions");
  return scope.rows.allInnerTexts();
};

/** The calls for history that a simulator answered. */
const historyCalls = ({ log }: Simulator) =>
  log.filter(({ path }) => path.endsWith("/events/sessions")).length;

test("by default nothing is kept, and no storage is looked at", async ({ visit, page }) => {
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
  const soracom = await visit.start("soracom", { sims: 3 });
  await visit.open();
  await visit.load("soracom", soracom);
  expect(await databases(page)).toEqual([]);
  expect(await noted(page)).toBeNull();
  expect(scripts.filter((path) => path.endsWith("/history.js"))).toEqual([]);
  await visit.panel.open(label);
  await expect(keep(visit)).not.toBeChecked();
});

test("the next visit shows it at once, before anybody is asked", async ({ visit, page }) => {
  const soracom = await visit.start("soracom", { sims: 4, sessionsPerSim: 12 });
  await visitAndKeep(visit, soracom);
  await visit.panel.close();
  await visit.scope.settled();
  const before = await sessions(visit.scope);
  expect(before.length).toBeGreaterThan(3);

  soracom.clearLog();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await expect(entry(visit)).toContainText(`Kept history: ${label}`);
  await expect(entry(visit)).toContainText(/4 SIMs, \d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d, [\d.]+ kB/);
  // A note tells of it: what is kept was not looked at.
  expect(asked.filter((path) => path.endsWith("/history.js"))).toEqual([]);
  await entry(visit).click();
  await visit.scope.settled();
  expect(await sessions(visit.scope)).toEqual(before);
  expect(soracom.log).toEqual([]);
  await expect(visit.scope.chips.first()).toContainText("from memory until");
  // And where it comes from stands beside each session.
  await visit.scope.rows.first().click();
  await expect(visit.scope.inspector).toContainText("(kept in this browser)");
});

test("the second visit asks for the rest alone and shows the same as without", async ({
  visit,
  page,
}) => {
  const soracom = await visit.start("soracom", { sims: 4, sessionsPerSim: 40, pageSize: 10 });
  await visitAndKeep(visit, soracom);
  const first = historyCalls(soracom);
  expect(first).toBeGreaterThan(8);

  soracom.clearLog();
  soracom.burst(6);
  await page.reload();
  await visit.connect("soracom", soracom);
  await visit.panel.reaches("done");
  const second = historyCalls(soracom);
  expect(second).toBeLessThan(first / 2);
  await expect(keep(visit)).toBeChecked();
  await written(visit, soracom);
  await visit.panel.close();
  await visit.scope.settled();
  await expect(visit.panel.chip(label)).toContainText(/from memory until .*, fresh since/);
  const { sessions: count } = await visit.scope.totals();
  expect(count).toBe(soracom.truth().sessions);

  // Once more, and again nothing is kept twice.
  const documents = (await stored(page))["documents"]?.length ?? 0;
  await page.reload();
  await visit.connect("soracom", soracom);
  await visit.panel.reaches("done");
  await written(visit, soracom);
  const lists = (all: Record<string, unknown[]>) =>
    (all["documents"] ?? []).filter(
      (kept) => !(kept as { options: { history: boolean } }).options.history,
    );
  const again = await stored(page);
  expect((again["documents"]?.length ?? 0) - lists(again).length).toBeLessThanOrEqual(documents);
});

test("nothing secret is kept", async ({ visit, page }) => {
  test.slow();
  const soracom = await visit.start("soracom", { sims: 3 });
  await visitAndKeep(visit, soracom);
  await visit.panel.close();
  const monogoto = await visit.start("monogoto", { sims: 3 });
  await visit.connect("monogoto", monogoto);
  await visit.panel.reaches("done");
  await keep(visit).click();
  await expect(told(visit)).toHaveText(/^3 SIMs, .* kept since/);
  await expect.poll(async () => ((await noted(page)) ?? "").match(/SIMs/g)?.length).toBe(2);
  const text = await allText(page);
  expect(text.length).toBeGreaterThan(1000);
  const secrets = [...soracom.secrets, ...monogoto.secrets].filter((secret) => secret.length >= 8);
  expect(found(text, secrets)).toEqual([]);
  // Nor what names the account in a sign-in, unless the vendor itself says it in its answers.
  const names = [soracom.credentials["authKeyId"], monogoto.credentials["UserName"]];
  expect(found(text, names.map(String))).toEqual([]);
});

test("an account that its sign-in does not name is kept under a name", async ({ visit, page }) => {
  test.slow();
  const ways = await visit.start("wayscloud", { sims: 3, sessionsPerSim: 30, pageSize: 10 });
  const connect = async (name: string) => {
    ways.clearLog();
    await visit.form.fill("wayscloud", ways);
    await visit.form.field("Account name").fill(name);
    await visit.form.fetch();
    await visit.panel.reaches("done");
    return ways.log.length;
  };
  await visit.open();
  const calls = await connect("");
  await expect(keep(visit)).toBeDisabled();
  await visit.panel.dialog.getByLabel("Name of this account").fill("Acme");
  await keep(visit).click();
  await expect(told(visit)).toHaveText(/SIMs, .* kept since/);
  await rests(page);
  expect(found(await allText(page), ways.secrets)).toEqual([]);

  await page.reload();
  expect(await connect("Other")).toBe(calls);
  await expect(keep(visit)).not.toBeChecked();
  await page.reload();
  expect(await connect("Acme")).toBeLessThan(calls);
  await expect(keep(visit)).toBeChecked();
});

test("one source is deleted, then all, and then there is no database", async ({ visit, page }) => {
  const soracom = await visit.start("soracom", { sims: 3 });
  const kore = await visit.start("kore", { sims: 2 });
  await visitAndKeep(visit, soracom);
  await visit.panel.close();
  await visit.connect("kore", kore);
  await visit.panel.reaches("done");
  await keep(visit).click();
  await expect(told(visit)).toHaveText(/^2 SIMs, .* kept since/);
  const remove = visit.panel.button("Delete this source's history");
  await remove.click();
  await visit.panel.button("Delete it for good?").click();
  await expect(keep(visit)).not.toBeChecked();
  const left = await stored(page);
  expect(left["sources"]).toHaveLength(1);
  expect(left["documents"]?.length).toBeGreaterThan(0);
  expect(
    new Set((left["documents"] as { source: string }[]).map(({ source }) => source)).size,
  ).toBe(1);

  await visit.panel.close();
  await openKept(visit);
  const dialog = keptDialog(visit);
  await expect(dialog.locator(".kept-list > li")).toHaveCount(1);
  await expect(dialog).toContainText(/This page takes .* of the .* that the browser grants it/);
  await dialog.getByRole("button", { name: "Delete all" }).click();
  await dialog.getByRole("button", { name: "Delete it for good?" }).click();
  await expect(dialog).toContainText("Nothing is kept in this browser");
  expect(await noted(page)).toBeNull();
  const rows = await stored(page);
  expect(Object.values(rows).flat()).toEqual([]);
  await page.reload();
  await expect(entry(visit)).toHaveCount(0);
});

test("two tabs that keep the same at once keep it once", async ({ visit, page }) => {
  test.slow();
  const soracom = await visit.start("soracom", { sims: 4 });
  await visitAndKeep(visit, soracom);
  const once = await stored(page);
  await page.reload();
  await openKept(visit);
  await keptDialog(visit).getByRole("button", { name: "Delete all" }).click();
  await keptDialog(visit).getByRole("button", { name: "Delete it for good?" }).click();
  await expect(keptDialog(visit)).toContainText("Nothing is kept");
  await page.reload();

  // Both write the same documents through the very part that keeps them.
  const write = (side: Page) =>
    side.evaluate(
      async (kept) => {
        const script = document.querySelector<HTMLScriptElement>("script[src*='page']")?.src ?? "";
        const part = (await import(new URL("history.js", script).href)) as {
          Keeper: typeof Keeper;
        };
        const texts = kept.map((text) => new Blob([text]));
        const keeper = new part.Keeper({
          send: () => undefined,
          newDocument: () => 0,
          plain: (of) => Promise.resolve(typeof of === "number" ? (texts[of] ?? null) : null),
        });
        const identity = { label: "Soracom", place: "https://api.example", account: "a" };
        const about = await keeper.begin({ ...identity, provider: "soracom" });
        const source = about.id;
        await Promise.all(
          texts.map((_, document) =>
            keeper.keep({
              ...{ source, question: "events", observed: 1, document, bytes: null },
              options: { name: "events", history: true },
              records: new BigUint64Array(1),
            }),
          ),
        );
        const [began, lasting, sims] = [2, true, 1] as const;
        const span: [number, number] = [0, 10];
        await keeper.answered({ ...{ source, question: "events", span, began, lasting, sims } });
        keeper.close();
      },
      Array.from({ length: 60 }, (_, at) => `[{"at":${at % 40}}]`),
    );
  const other = await page.context().newPage();
  await other.goto(page.url());
  await Promise.all([write(page), write(other), write(page), write(other)]);
  const all = await stored(page);
  expect(all["documents"]).toHaveLength(40);
  const [source] = all["sources"] as { documents: number; bytes: number }[];
  expect(source?.documents).toBe(40);
  const bytes = (all["documents"] as { packed: Uint8Array }[]).map(
    ({ packed }) => Object.keys(packed).length,
  );
  expect(source?.bytes).toBe(bytes.reduce((sum, size) => sum + size, 0));
  expect(once["sources"]).toHaveLength(1);
  await other.close();
});

test("a history of version 1 is brought up to date and loses nothing", async ({ visit, page }) => {
  await visit.open();
  await page.evaluate(
    async ([name, key]) => {
      const packed = async (text: string) => {
        const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
        return new Uint8Array(await new Response(stream).arrayBuffer());
      };
      const event = (at: number) => ({
        ...{ operatorId: "OP0000000000", imsi: "001010000000001", simId: "8942310000000000001" },
        ...{ time: Date.UTC(2026, 2, 1, at), event: at % 2 ? "Deleted" : "Created" },
      });
      const texts = [[event(0), event(1)], [event(2)], [event(2)]].map((list) =>
        JSON.stringify(list),
      );
      const all = await Promise.all(texts.map(packed));
      const held = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name, 1);
        opening.onupgradeneeded = () => {
          const made = opening.result;
          made.createObjectStore("sources", { keyPath: "id" });
          const documents = made.createObjectStore("documents", {
            ...{ keyPath: "number", autoIncrement: true },
          });
          documents.createIndex("question", ["source", "question"]);
          made.createObjectStore("spans", { keyPath: ["source", "question"] });
        };
        opening.onsuccess = () => resolve(opening.result);
      });
      const writing = held.transaction(["sources", "documents", "spans"], "readwrite");
      const observed = "2026-03-01T12:00:00.000Z";
      writing.objectStore("sources").put({
        ...{ id: "old", provider: "soracom", label: "Soracom", place: "g.api.soracom.io" },
        ...{ keeps: true, since: Date.UTC(2026, 2, 1), sims: 1, documents: 3 },
        ...{ bytes: all.reduce((sum, { length }) => sum + length, 0), extent: [0, 5] },
      });
      for (const bytes of all) {
        writing.objectStore("documents").add({
          ...{ source: "old", question: "events of SIM 8942310000000000001", packed: bytes },
          options: {
            ...{ name: "listSessionEventsForSim", provider: "soracom", observed, history: true },
            sim: "8942310000000000001",
          },
          ...{ confirmed: Date.parse(observed), records: new BigUint64Array(1) },
        });
      }
      writing.objectStore("spans").put({ source: "old", question: "q", spans: [[0, 5]] });
      await new Promise((resolve) => (writing.oncomplete = resolve));
      held.close();
      localStorage.setItem(key, JSON.stringify([{ id: "old", label: "Soracom", text: "1 SIM" }]));
    },
    [database, note] as const,
  );
  await page.reload();
  await entry(visit).click();
  await visit.scope.settled();
  expect(await visit.scope.count("Events")).toBe(3);
  const all = await stored(page);
  // What version 1 kept twice is there once.
  const documents = all["documents"] as { hash: string; number: number }[];
  expect(documents.map(({ number }) => number)).toEqual([1, 2]);
  for (const { hash } of documents) expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(all["spans"]).toHaveLength(1);
  expect((all["sources"] as { documents: number }[])[0]?.documents).toBe(2);
});

test("a full storage is told, and nothing is lost", async ({ visit, page, browserName }) => {
  test.skip(browserName !== "chromium", "the quota is set by Chromium's own protocol");
  const soracom = await visit.start("soracom", { sims: 4 });
  await visit.open();
  const { origin } = new URL(page.url());
  const session = await page.context().newCDPSession(page);
  const quota = (quotaSize?: number) =>
    session.send("Storage.overrideQuotaForOrigin", {
      origin: `${origin}/`,
      ...(quotaSize !== undefined && { quotaSize }),
    });
  await quota(1);
  await visit.connect("soracom", soracom);
  await visit.panel.reaches("done");
  await keep(visit).click();
  const alert = visit.panel.dialog.locator(".keep [role=alert]");
  await expect(alert).toContainText("storage is full");
  await expect(alert).toContainText("Delete the history of a source, or free disk space");
  expect((await visit.scope.totals()).sims).toBe(4);
  // Nothing is noted as known that is not there.
  const all = await stored(page).catch(() => ({}) as Record<string, unknown[]>);
  expect(all["spans"] ?? []).toEqual([]);

  await quota();
  await visit.panel.button("Keep it again").click();
  await written(visit, soracom);
  await expect(keep(visit)).toBeChecked();
});

test("a page that ends in the middle of writing leaves no half of anything", async ({
  visit,
  page,
}) => {
  const soracom = await visit.start("soracom", { sims: 6, sessionsPerSim: 30, pageSize: 10 });
  await visit.open();
  await visit.connect("soracom", soracom);
  await visit.panel.reaches("done");
  await keep(visit).click();
  await expect.poll(() => databases(page)).toEqual([database]);
  await page.reload();
  const all = await stored(page);
  const documents = (all["documents"] ?? []) as { packed: object; records: object; hash: string }[];
  for (const kept of documents) {
    expect(Object.keys(kept.packed).length).toBeGreaterThan(0);
    expect(kept.hash).toMatch(/^[0-9a-f]{64}$/);
  }
  const [source] = (all["sources"] ?? []) as { documents: number }[];
  expect(source?.documents ?? 0).toBe(documents.length);

  // And the next visit is complete.
  await visit.connect("soracom", soracom);
  await visit.panel.reaches("done");
  await visit.panel.close();
  await visit.scope.settled();
  expect((await visit.scope.totals()).sessions).toBe(soracom.truth().sessions);
});

test("a tab with a newer version is let through, and the older one says so", async ({
  visit,
  page,
}) => {
  const soracom = await visit.start("soracom", { sims: 3 });
  await visitAndKeep(visit, soracom);
  const other = await page.context().newPage();
  await other.goto(page.url());
  const opened = await other.evaluate(
    (name) =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open(name, 99);
        opening.onblocked = () => resolve("blocked");
        opening.onsuccess = () => {
          opening.result.close();
          resolve("opened");
        };
        opening.onerror = () => resolve(String(opening.error));
      }),
    database,
  );
  expect(opened).toBe("opened");
  await visit.panel.button("Fetch again").click();
  await expect(visit.panel.dialog.locator(".keep [role=alert]")).toContainText(
    "has a newer version of simscope",
  );
  expect((await visit.scope.totals()).sims).toBe(3);
  await other.close();
});

test("a browser without storage says so", async ({ visit, page }) => {
  const soracom = await visit.start("soracom", { sims: 2 });
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("refused", "SecurityError");
    };
  });
  await visit.open();
  await visit.connect("soracom", soracom);
  await visit.panel.reaches("done");
  await keep(visit).click();
  await expect(visit.panel.dialog.locator(".keep [role=alert]")).toContainText("private window");
});

test("an embedded element keeps nothing unless its page allows it", async ({ visit, page }) => {
  const soracom = await visit.start("soracom", { sims: 2 });
  // As a page of somebody else's has it.
  await page.addInitScript(() => {
    const remove = () => document.querySelector("sim-scope")?.removeAttribute("history");
    new MutationObserver(remove).observe(document, { childList: true, subtree: true });
  });
  await visit.open();
  await visit.connect("soracom", soracom);
  await visit.panel.reaches("done");
  await expect(keep(visit)).toHaveCount(0);
  expect(await databases(page)).toEqual([]);
});
