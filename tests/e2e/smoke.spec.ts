// The page opens under the strict policy, and elements come and go without touching each other.
import { expect, test } from "./guard.ts";

const question = "What did the SIM do?";

test("the page opens under the strict policy", async ({ page }) => {
  const response = await page.goto("./");
  const policy = response?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  await expect(page).toHaveTitle("simscope");
  await expect(page.locator("sim-scope").getByRole("heading", { name: question })).toBeVisible();
});

test("everything is mounted in an open shadow root with constructed styles", async ({ page }) => {
  await page.goto("./");
  const element = page.locator("sim-scope");
  await expect(element.getByRole("heading", { name: question })).toBeVisible();
  const inside = await element.evaluate((scope) => ({
    mode: scope.shadowRoot?.mode,
    sheets: scope.shadowRoot?.adoptedStyleSheets.length,
    light: scope.childNodes.length,
    size: getComputedStyle(scope.shadowRoot?.querySelector(".simscope") ?? scope).fontSize,
  }));
  expect(inside).toEqual({ mode: "open", sheets: 1, light: 0, size: "12px" });
});

test("two elements live on one page, and one goes without the other", async ({ page }) => {
  await page.goto("./");
  await page.evaluate(() => document.body.append(document.createElement("sim-scope")));
  const headings = page.locator("sim-scope").getByRole("heading", { name: question });
  await expect(headings).toHaveCount(2);
  await expect.poll(() => page.workers().length).toBe(2);

  await page
    .locator("sim-scope")
    .first()
    .evaluate((scope) => scope.remove());
  await expect(headings).toHaveCount(1);
  await expect.poll(() => page.workers().length).toBe(1);
});

test("an element that was removed starts again when it is put back", async ({ page }) => {
  await page.goto("./");
  const heading = page.locator("sim-scope").getByRole("heading", { name: question });
  await expect(heading).toBeVisible();
  const kept = await page.evaluateHandle(() => {
    const scope = document.querySelector("sim-scope");
    scope?.remove();
    return scope;
  });
  await expect.poll(() => page.workers().length).toBe(0);
  expect(await kept.evaluate((scope) => scope?.shadowRoot?.textContent)).toBe("");

  await kept.evaluate((scope) => document.body.append(scope ?? ""));
  await expect(heading).toBeVisible();
  await expect.poll(() => page.workers().length).toBe(1);
});

test("the module is fetched and compiled once for several elements", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto("./");
  await page.evaluate(() => document.body.append(document.createElement("sim-scope")));
  await expect(page.locator("sim-scope").getByRole("heading")).toHaveCount(2);
  expect(fetched.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
});
