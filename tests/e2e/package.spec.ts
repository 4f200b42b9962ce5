// The npm package, as `npm pack` packs it, in pages of each kind: the examples of docs/examples. Every page loads an answer by itself;
// guard.ts sees to it that nothing complains, breaks the policy or asks anybody else.
import { viteServer } from "../package/builders.mjs";
import { example, foreign, shows } from "./package.ts";
import { expect, test as guarded } from "./guard.ts";
import { engines, Scope } from "./scope.ts";

const sessions = 23;

for (const [name, title] of [
  ["script-tag", "a script tag, from the page's own origin"],
  ["esbuild", "esbuild"],
  ["rollup", "Rollup"],
  ["vite", "Vite"],
  ["webpack", "webpack"],
] as const) {
  example(name)(`in a page with ${title}`, async ({ page }) => {
    await page.goto("./");
    await shows(new Scope(page), sessions);
    expect(engines(page), "the engine is in a worker").toHaveLength(1);
    await expect(page).toHaveTitle(`${sessions} sessions`);
  });
}

for (const [name, title] of [
  ["react", "React"],
  ["svelte", "Svelte"],
  ["vue", "Vue"],
] as const) {
  example(name)(`in a component of ${title}, which hears its events`, async ({ page }) => {
    await page.goto("./");
    const scope = new Scope(page);
    await shows(scope, sessions);
    await expect(scope.element.locator(".simscope")).toHaveAttribute("data-theme", "light");
    await scope.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press(".");
    await expect(page.getByText(/^Chosen: 2026-/)).toBeVisible();
  });
}

foreign()("from another origin, under the strictest policy that works", async ({ page }) => {
  await page.goto("./");
  await shows(new Scope(page), sessions);
  expect(page.workers()).toHaveLength(1);
  expect(page.workers()[0]?.url()).toMatch(/^blob:/);
});

// What the browser itself says of the worker that it refuses.
const refused = { violations: ["worker-src"], complaints: [/worker/i] };

foreign(["worker-src"], refused)(
  "from another origin where no worker may start: the page does the work",
  async ({ page }) => {
    await page.goto("./");
    const scope = new Scope(page);
    await shows(scope, sessions);
    expect(page.workers()).toHaveLength(0);
    await expect(scope.element.locator("svg.simscope-map-outline")).toBeVisible();
  },
);

example("two")("two elements show two things", async ({ page }) => {
  await page.goto("./");
  const [gates, buses] = [new Scope(page), new Scope(page, 1)];
  // One view alone has no totals.
  await expect(gates.chips).toHaveCount(1);
  await expect(buses.chips).toHaveCount(1);
  await buses.settled();
  const handed = await page.locator("sim-scope").evaluateAll((all) =>
    Promise.all(
      all.map(async (element) => {
        const rows = await (element as HTMLElementTagNameMap["sim-scope"]).sessions();
        return { count: rows.length, providers: [...new Set(rows.map((row) => row.provider))] };
      }),
    ),
  );
  expect(handed[0]).toEqual({ count: sessions, providers: ["kore"] });
  expect(handed[1]?.providers).toEqual(["soracom"]);
  expect(engines(page)).toHaveLength(2);
  await expect(buses.element.getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
});

const closed = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'none'",
  "img-src data:",
];

example("inline", closed)(
  "as one script, where nothing may be fetched and no worker may start",
  async ({ page }) => {
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto("./");
    const scope = new Scope(page);
    await shows(scope, sessions);
    await expect(scope.element.locator("svg.simscope-map-outline")).toBeVisible();
    // What is fetched elsewhere is here as well: the demo, names of networks, the part that asks vendors.
    await scope.element.evaluate((element) =>
      (element as HTMLElementTagNameMap["sim-scope"]).clear(),
    );
    await scope.openDemo();
    expect((await scope.totals()).sims).toBe(40);
    await scope.element.getByRole("button", { name: "+ Connect" }).click();
    await expect(scope.element.getByRole("dialog", { name: "Connect a provider" })).toBeVisible();
    expect(asked).toEqual(["/some/place/", "/some/place/main.js"]);
    expect(page.workers()).toHaveLength(0);
    expect(said, "nothing is said of what was chosen").toEqual([]);
  },
);

interface Vite {
  url: string;
  warnings: string[];
}

guarded.extend<{ baseURL: string; vite: Vite }>({
  vite: async ({}, use) => {
    const { close, ...server } = await viteServer("vite");
    await use(server);
    await close();
  },
  baseURL: async ({ vite }, use) => use(vite.url),
})("in a page with Vite's own server", async ({ page, vite }) => {
  await page.goto("./");
  await shows(new Scope(page), sessions);
  expect(engines(page)).toHaveLength(1);
  await expect(page).toHaveTitle(`${sessions} sessions`);
  expect(vite.warnings).toEqual([]);
});
