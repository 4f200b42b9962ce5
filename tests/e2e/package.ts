// What the suites of the package share: an example of docs/examples, built around the packed package and served as a site of its
// own with the policy that it is told to need.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { serve } from "../../tools/serve.mjs";
import { setPolicy, siteOf } from "../package/builders.mjs";
import { installed } from "../package/consumer.mjs";
import { expect, test as guarded, type Allowed } from "./guard.ts";
import { Scope } from "./scope.ts";

/** What a page needs whose site holds the files itself. */
export const ownPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "worker-src 'self'",
  "img-src data:",
];

/** What a page needs that takes the module from another origin. */
const foreignPolicy = (origin: string) => [
  "default-src 'none'",
  `script-src 'self' ${origin} 'wasm-unsafe-eval'`,
  `connect-src 'self' ${origin}`,
  `worker-src blob: ${origin}`,
  "img-src data:",
];

/** Tests on the page of an example. */
export function example(name: string, policy = ownPolicy) {
  return guarded.extend<{ baseURL: string }>({
    baseURL: async ({}, use) => {
      setPolicy(siteOf(name), policy);
      const { url, close } = await serve({ port: 0, base: "/some/place/", dist: siteOf(name) });
      await use(url);
      await close();
    },
  });
}

/** Tests on the example whose module comes from another origin, with its policy or one without these directives. */
export function foreign(without: string[] = [], allowed: Allowed = {}) {
  return guarded.extend<{ baseURL: string; cdn: string }>({
    cdn: async ({}, use) => {
      const { url, close } = await serve({
        port: 0,
        dist: installed,
        more: { "Access-Control-Allow-Origin": "*" },
      });
      await use(url);
      await close();
    },
    allowed: async ({ cdn }, use) => {
      await use({ ...allowed, origins: [new URL(cdn).origin] });
    },
    baseURL: async ({ cdn }, use, { outputDir }) => {
      cpSync(siteOf("cdn"), outputDir, { recursive: true });
      const page = path.join(outputDir, "index.html");
      const html = readFileSync(page, "utf8");
      writeFileSync(page, html.replace("https://cdn.example/simscope/", cdn));
      const policy = foreignPolicy(new URL(cdn).origin);
      setPolicy(
        outputDir,
        policy.filter((rule) => !without.some((name) => rule.startsWith(name))),
      );
      const { url, close } = await serve({ port: 0, dist: outputDir });
      await use(url);
      await close();
    },
  });
}

/** The element shows the answer that its page has loaded: in figures, to its page, and on the canvas. */
export async function shows(scope: Scope, sessions: number): Promise<void> {
  await expect(scope.chips).not.toHaveCount(0);
  await scope.settled();
  expect(await scope.totals()).toMatchObject({ sims: 1, sessions });
  const handed = scope.element.evaluate((element) =>
    (element as HTMLElementTagNameMap["sim-scope"]).sessions(),
  );
  expect(await handed).toHaveLength(sessions);
  await expect.poll(() => painted(scope)).toBeGreaterThan(100);
}

/** How many pixels of the timeline are painted. */
const painted = (scope: Scope): Promise<number> =>
  scope.canvas.evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const context = (canvas as HTMLCanvasElement).getContext("2d");
    const { data } = context?.getImageData(0, 0, width, height) ?? { data: [] };
    return data.filter((value, at) => at % 4 === 3 && value > 0).length;
  });
