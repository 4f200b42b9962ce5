// Elements come and go on a page that stays: what each of them took is given back. Two hundred are shown with an answer and removed;
// what the page holds then is compared with what it held after the first twenty.
import type { CDPSession } from "@playwright/test";
import { expect, type Page } from "./guard.ts";
import { example } from "./package.ts";
import { engines } from "./scope.ts";

/** What the page holds after its garbage was collected. */
interface Held {
  listeners: number;
  nodes: number;
  /** Bytes of JavaScript's heap. */
  heap: number;
  workers: number;
  /** Of instances of WebAssembly modules. */
  memories: number;
}

/** How many objects of a class there are. */
async function alive(client: CDPSession, name: string): Promise<number> {
  const objectGroup = "alive";
  const { result } = await client.send("Runtime.evaluate", {
    expression: `${name}.prototype`,
    objectGroup,
  });
  const { objects } = await client.send("Runtime.queryObjects", {
    prototypeObjectId: result.objectId ?? "",
    objectGroup,
  });
  const { result: fields } = await client.send("Runtime.getProperties", {
    objectId: objects.objectId ?? "",
    ownProperties: true,
  });
  await client.send("Runtime.releaseObjectGroup", { objectGroup });
  return fields.find((field) => field.name === "length")?.value?.value as number;
}

async function held(page: Page, client: CDPSession): Promise<Held> {
  // What is released by one collection may hold what the next one finds; and a timer may hold the last element for a while.
  const elements = () => alive(client, 'customElements.get("sim-scope")');
  await expect.poll(elements, { message: "elements that are alive" }).toBe(0);
  for (let round = 0; round < 3; round += 1) {
    await client.send("HeapProfiler.collectGarbage");
    await page.evaluate(() => new Promise((later) => setTimeout(later, 50)));
  }
  const { metrics } = await client.send("Performance.getMetrics");
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return {
    listeners: value("JSEventListeners"),
    nodes: value("Nodes"),
    heap: value("JSHeapUsedSize"),
    workers: engines(page).length,
    memories: await alive(client, "WebAssembly.Memory"),
  };
}

/** Shows an answer in a new element and removes it, so many times, a few side by side. */
const rounds = (page: Page, count: number) =>
  page.evaluate(async (count) => {
    const answer = await (await fetch("answer.json")).text();
    const show = async () => {
      const scope = document.createElement("sim-scope");
      document.body.append(scope);
      const { sessions } = await scope.load(answer);
      if (sessions !== 23) throw new Error(`${sessions} sessions`);
      scope.remove();
    };
    const atOnce = 4;
    for (let shown = 0; shown < count; shown += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, show));
    }
  }, count);

example("script-tag")("two hundred elements leave nothing behind", async ({ page }) => {
  await page.goto("./");
  await expect(page).toHaveTitle("23 sessions");
  await page.evaluate(() => document.querySelector("sim-scope")?.remove());
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  await rounds(page, 20);
  const before = await held(page, client);
  await rounds(page, 180);
  const after = await held(page, client);
  const figures = `after 20: ${JSON.stringify(before)}\nafter 200: ${JSON.stringify(after)}`;
  console.log(figures);
  const { listeners, nodes, heap, ...none } = after;
  expect(none, figures).toEqual({ workers: 0, memories: 0 });
  expect(listeners, figures).toBeLessThanOrEqual(before.listeners);
  expect(nodes, figures).toBeLessThanOrEqual(before.nodes);
  // What the browser itself keeps grows: code that it has compiled, and its own records of requests and of what moved on the page.
  expect(heap - before.heap, figures).toBeLessThan(1_000_000);
});
