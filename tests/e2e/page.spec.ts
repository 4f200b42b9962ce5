// What the host page does beside <sim-scope>: its title, and what it remembers between visits.
import { expect, test, type Page } from "./guard.ts";

/** An event as the element dispatches it: from inside the shadow root, composed. */
async function dispatch(page: Page, name: string, detail: unknown): Promise<void> {
  await page.locator("sim-scope").evaluate(
    (scope, [type, detail]) => {
      const event = new CustomEvent(type, { detail, bubbles: true, composed: true });
      scope.shadowRoot?.querySelector(".simscope")?.dispatchEvent(event);
    },
    [name, detail] as const,
  );
}

const stored = (page: Page) => page.evaluate(() => ({ ...localStorage }));

test("the title follows what is shown and keeps the page's name", async ({ page }) => {
  await page.goto("./");
  await dispatch(page, "simscope-status", { title: "12 SIMs" });
  await expect(page).toHaveTitle("12 SIMs – simscope");
  await dispatch(page, "simscope-status", { state: "loading" });
  await dispatch(page, "simscope-status", null);
  await dispatch(page, "simscope-status", { title: 7 });
  await expect(page).toHaveTitle("12 SIMs – simscope");
  await dispatch(page, "simscope-status", { title: "simscope" });
  await expect(page).toHaveTitle("simscope");
  await dispatch(page, "simscope-status", { title: " " });
  await expect(page).toHaveTitle("simscope");
});

test("theme and time zone are remembered under one key, and nothing else is", async ({ page }) => {
  await page.goto("./");
  expect(await stored(page)).toEqual({});
  await dispatch(page, "simscope-settings", { theme: "dark", secret: "s3cr3t" });
  await dispatch(page, "simscope-settings", { zone: "Europe/Oslo" });
  expect(await stored(page)).toEqual({ simscope: '{"theme":"dark","zone":"Europe/Oslo"}' });

  await page.reload();
  const element = page.locator("sim-scope");
  await expect(element).toHaveAttribute("theme", "dark");
  await expect(element).toHaveAttribute("zone", "Europe/Oslo");
  await expect(element.locator(".simscope")).toHaveAttribute("data-theme", "dark");

  await dispatch(page, "simscope-settings", { theme: "system", zone: null });
  expect(await stored(page)).toEqual({});
  await page.reload();
  await expect(element).not.toHaveAttribute("theme");
  await expect(element).not.toHaveAttribute("zone");
});

for (const text of ["{", "7", '{"theme":"<b>","zone":["UTC"]}']) {
  test(`a memory that is none of ours changes nothing: ${text}`, async ({ page }) => {
    await page.addInitScript((text) => localStorage.setItem("simscope", text), text);
    await page.goto("./");
    const element = page.locator("sim-scope");
    await expect(element.locator(".simscope")).toHaveAttribute("data-theme", "system");
    await expect(element).not.toHaveAttribute("zone");
  });
}

test("a browser that refuses storage remembers nothing and works", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  });
  await page.goto("./");
  await dispatch(page, "simscope-settings", { theme: "dark" });
  await dispatch(page, "simscope-status", { title: "1 SIM" });
  await expect(page).toHaveTitle("1 SIM – simscope");
});
