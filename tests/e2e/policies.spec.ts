// The policies of docs/security.md, each served as a header to a page of that use: everything works, and nothing is refused.
import { readFileSync } from "node:fs";
import path from "node:path";
import type { SimScopeElement } from "../../www/element.ts";
import { expect } from "./guard.ts";
import { originsOf, startVendor, type Simulator } from "./live/vendors.ts";
import { cdn, page as pageAround, portal } from "./portal.ts";
import { readDemo, Scope } from "./scope.ts";

const guide = readFileSync(path.join(import.meta.dirname, "../../docs/security.md"), "utf8");
const answer = readDemo("kore/gate-4-data-sessions.json");

/** The policy of a use, as the guide has it. */
function policy(use: string): string[] {
  const found = new RegExp(`\`\`\`text ${use}\\n(.*)\\n\`\`\``).exec(guide)?.[1];
  if (!found) throw new Error(`docs/security.md has no policy for ${use}`);
  return found.replaceAll("https://cdn.example", cdn.origin).split("; ");
}

const index = { "index.html": pageAround("<sim-scope></sim-scope>") };
const load = (scope: Scope) =>
  scope.element.evaluate(
    async (element, answer) => (await (element as SimScopeElement).load(answer)).sessions,
    answer,
  );

portal(index, policy("cdn"))("an element from another origin", async ({ page }) => {
  await page.goto("./");
  const scope = new Scope(page);
  expect(await load(scope)).toBe(23);
  await expect(scope.element.locator(".map canvas")).toBeVisible();
  expect(page.workers().some((worker) => worker.url().startsWith("blob:"))).toBe(true);
});

// What the browser says of the refused worker is how it is known that none may start.
portal(index, policy("cdn-without-workers"), {
  violations: ["worker-src"],
  complaints: [/worker/i],
})(
  "the same without workers: the page's own engine, and an outline for a map",
  async ({ page }) => {
    await page.goto("./");
    const scope = new Scope(page);
    expect(await load(scope)).toBe(23);
    await expect(scope.element.locator("svg.simscope-map-outline")).toBeVisible();
    expect(page.workers()).toHaveLength(0);
    expect(await scope.totals()).toMatchObject({ sims: 1, sessions: 23 });
  },
);

portal(
  {
    "index.html": `<!doctype html><html lang="en"><title>Reader</title><script type="module" src="reader.js"></script></html>`,
    "reader.js": `import { normalize } from "${cdn.href}simscope.js"; window.read = normalize;`,
  },
  policy("normalize").map((rule) => rule.replace("script-src", "script-src 'self'")),
)("normalize alone", async ({ page }) => {
  await page.goto("./");
  const read = () => page.evaluate(() => typeof (window as { read?: unknown }).read);
  await expect.poll(read).toBe("function");
  const sessions = await page.evaluate(async (answer) => {
    const { read } = window as unknown as {
      read: (text: string) => Promise<{ sessions: unknown[] }>;
    };
    return (await read(answer)).sessions.length;
  }, answer);
  expect(sessions).toBe(23);
});

const own = { "index.html": pageAround("<sim-scope></sim-scope>", "./") };

portal(own, policy("same-origin"), { hosts: true })(
  "an element whose files are of the page's own origin",
  async ({ page }) => {
    await page.goto("./");
    const scope = new Scope(page);
    expect(await load(scope)).toBe(23);
    await expect(scope.element.locator(".map canvas")).toBeVisible();
    expect(page.workers().length).toBeGreaterThan(0);
    // What is fetched later is let through as well: the dialog that connects, a case, the demo.
    const saved = await scope.element.evaluate(
      async (element) => (await (element as SimScopeElement).saveCase()).size,
    );
    expect(saved).toBeGreaterThan(500);
    await scope.element.getByRole("button", { name: "+ Connect" }).click();
    await expect(scope.dialog).toBeVisible();
  },
);

/** Of the vendor below, once it runs. */
const origins: string[] = [];
let vendor: Simulator | undefined;

async function sourcesPolicy(): Promise<string[]> {
  vendor = await startVendor("kore", { sims: 3 });
  origins.push(...originsOf(vendor));
  const hosts = origins.join(" ");
  return policy("sources").map((rule) => rule.replace("https://proxy.example", hosts));
}

const withSources = portal(own, sourcesPolicy, { hosts: true, origins });
withSources.afterAll(() => vendor?.close());
withSources("a source of the page's, behind an address of its own", async ({ page }) => {
  await page.goto("./");
  const scope = new Scope(page);
  if (!vendor) throw new Error("the vendor does not run");
  const { credentials, baseUrls } = vendor;
  await scope.element.evaluate(
    (element, source) => {
      (element as SimScopeElement).sources = [source];
    },
    { provider: "kore" as const, credentials, baseUrls, days: 30 },
  );
  await expect.poll(() => scope.count("Sessions")).toBe(vendor.truth().sessions);
});
