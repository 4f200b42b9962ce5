// Links to a view: the address holds it, opens it again, holds no data, and whatever stands in it never breaks the page.
import { expect, test, type Page } from "./guard.ts";
import { recorded, Scope } from "./scope.ts";
import type { SimScopeElement } from "../../www/element.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const hash = (page: Page) => page.evaluate(() => location.hash);

/** The address once it rests. */
async function rested(page: Page): Promise<string> {
  let last = "";
  await expect
    .poll(
      () => {
        const now = page.url();
        const same = now === last;
        last = now;
        return same && now.includes("session=");
      },
      { intervals: [600] },
    )
    .toBe(true);
  return last;
}

/** What tells one view from another. */
const shown = async (scope: Scope) => ({
  edges: await scope.edges(),
  filter: await scope.filter.inputValue(),
  session: await scope.inspector.locator("header").first().innerText(),
  colour: await scope.element.getByLabel("Colour").first().inputValue(),
  tab: await scope.element.locator('.tables [role="tab"][aria-selected="true"]').innerText(),
  lanes: await scope.laneLabels.allInnerTexts(),
});

/** Makes the view another one in all that a link holds. */
async function change(scope: Scope, filter: string): Promise<void> {
  await scope.filter.fill(filter);
  await scope.filter.press("Enter");
  await scope.element.getByLabel("Colour").first().selectOption("operator");
  await scope.tab("Sessions").click();
  await scope.focus();
  for (const key of ["Home", "ArrowDown", ".", "w"]) await scope.page.keyboard.press(key);
  await scope.settled();
}

test("a view of the demo fleet is shown again by its link, in another tab", async ({
  page,
  context,
}) => {
  const scope = await Scope.open(page);
  await scope.openDemo();
  await change(scope, "radio:4g");
  await rested(page);
  const before = await shown(scope);
  await scope.element.getByRole("button", { name: "Link", exact: true }).click();
  await expect(scope.messages.last()).toContainText("A link to this view");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());

  const other = new Scope(await context.newPage());
  await other.page.goto(link);
  await expect(other.chips).toHaveCount(6);
  await other.settled();
  await expect.poll(() => shown(other)).toEqual(before);
  await other.page.close();
});

test("a view of files waits for the files, and names nothing of them", async ({
  page,
  context,
}) => {
  const scope = await Scope.open(page);
  const file = recorded("kore/gate-4-data-sessions.json");
  await scope.load(file);
  await scope.focus();
  for (const key of ["Home", ".", "."]) await page.keyboard.press(key);
  const link = await rested(page);
  const before = await shown(scope);
  const identifiers = file.buffer.toString().match(/\b(DE|HS|HV|AC)[0-9a-f]{32}\b|\b\d{15,20}\b/g);
  expect(identifiers?.length).toBeGreaterThan(0);
  for (const identifier of identifiers ?? []) expect(link).not.toContain(identifier);

  const other = new Scope(await context.newPage());
  await other.page.goto(link);
  await expect(other.messages).toContainText("The link holds a view, not the data");
  await other.load(file);
  await expect.poll(() => shown(other)).toEqual(before);
  // With everything forgotten the address is as it was.
  await other.element.getByRole("button", { name: "Clear", exact: true }).click();
  await expect.poll(() => hash(other.page)).toBe("");
  await other.page.close();
});

test("what of a link cannot be read is left out and told", async ({ page }) => {
  await page.goto("./#simscope=1&demo=true&filter=radio:4g&colour=plaid&lens=wide");
  const scope = new Scope(page);
  await expect(scope.chips).toHaveCount(6);
  await expect(scope.filter).toHaveValue("radio:4g");
  await expect(scope.messages).toContainText(
    "“colour” is not as it should be. “lens” is not known.",
  );
});

test("fragments that are the page's own are left alone", async ({ page }) => {
  await page.goto("./#section-2");
  const scope = new Scope(page);
  await expect(scope.element.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await hash(page)).toBe("#section-2");
  await expect(scope.messages).toHaveCount(0);
});

test("ten thousand damaged links leave the page at work", async ({ page }) => {
  test.setTimeout(240_000);
  const scope = await Scope.open(page);
  await scope.load(recorded("kore/gate-4-data-sessions.json"));
  await change(scope, "radio:2g");
  expect(await rested(page)).toContain("filter=radio%3A2g");
  await page.evaluate(async () => {
    const element = document.querySelector("sim-scope") as SimScopeElement;
    const start = location.hash;
    const letters = "%&=#/.,+-0123456789abcdefxyzTZ\u0000\ud800é汉<>\"'{}[]";
    let state = 20_261_129;
    const random = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let round = 0; round < 10_000; round += 1) {
      let fragment = start;
      for (let cuts = random(4); cuts >= 0; cuts -= 1) {
        const at = "#simscope=1".length + random(fragment.length);
        const put = Array.from({ length: random(4) }, () => letters[random(letters.length)]);
        fragment = fragment.slice(0, at) + put.join("") + fragment.slice(at + random(8));
      }
      element.state = fragment;
      // The engine is behind no more than this.
      if (round % 100 === 0) await element.sessions();
    }
    element.state = start;
  });
  await expect(scope.element.locator(".stopped")).toHaveCount(0);
  await scope.settled();
  await expect(scope.filter).toHaveValue("radio:2g");
  expect((await scope.totals()).sims).toBeGreaterThan(0);
});
