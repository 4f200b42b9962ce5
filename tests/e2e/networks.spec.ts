// What networks are called whose vendor tells MCC and MNC alone: by a list of this site's own, fetched when it is needed.
import { hashedName } from "../../tools/layout.mjs";
import { dist } from "../../tools/paths.mjs";
import { expect, test, type Page } from "./guard.ts";
import { recorded, Scope } from "./scope.ts";

const events = "soracom/bus-33-events.json";
/** 440-10 and 440-20, as the list calls them. */
const docomo = "NTT docomo";
const credit = "Network names: Wikipedia, CC BY-SA 4.0, by mcc-mnc-list";

/** The requests for the list, from now on. */
function askedFor(page: Page): string[] {
  const asked: string[] = [];
  page.context().on("request", (request) => {
    if (request.url().endsWith("/networks.txt")) asked.push(request.url());
  });
  return asked;
}

const legend = (scope: Scope) => scope.element.locator(".legend li > button:not(.only)");

test("a network that its vendor does not name has a name everywhere, and is found by it", async ({
  page,
}) => {
  const asked = askedFor(page);
  const scope = await Scope.open(page);
  await scope.load(recorded(events));
  await scope.element.getByLabel("Colour by").selectOption("operator");
  await expect(legend(scope)).toHaveText([docomo]);
  expect(asked).toEqual([new URL(`${hashedName(dist)}/networks.txt`, page.url()).href]);
  await scope.element.getByLabel("Group", { exact: true }).selectOption("operator");
  await expect(scope.element.locator(".group-label").first()).toContainText(docomo);

  const all = await scope.count("Sessions");
  const table = await scope.table("Sessions");
  const cell = table.getByRole("gridcell", { name: docomo, exact: true });
  await expect(cell.first()).toBeVisible();
  await expect(table.getByRole("gridcell", { name: "440-10", exact: true })).toHaveCount(0);

  // What it is called is what it is found by, from the legend and in the line.
  await scope.element.getByRole("button", { name: `Only ${docomo}` }).click();
  await expect(scope.filter).toHaveValue(`operator:"${docomo}"`);
  await expect.poll(() => scope.count("Sessions")).toBe(all);
  await scope.filter.fill("operator:none");
  await expect.poll(() => scope.count("Sessions")).toBe(0);
  await scope.filter.fill("");
  await expect.poll(() => scope.count("Sessions")).toBe(all);

  await cell.first().click();
  await expect(scope.inspector.getByRole("heading", { level: 3 })).toContainText(docomo);
  const network = scope.inspector.locator("dt", { hasText: "Network" }).locator("+ dd");
  await expect(network).toContainText(`440-10 · ${docomo}`);
  await expect(network).toContainText("name by the list of MCC and MNC");
  await expect(network).toContainText(credit);
  await expect(scope.element.locator(".map")).toContainText(credit);
  // The model is the vendor's word.
  await expect(scope.inspector).not.toContainText(`"operator":"${docomo}"`);
});

test("sums call a network by the same name, and filter by it", async ({ page }) => {
  const scope = await Scope.open(page);
  await scope.load(recorded(events), recorded("soracom/trailer-mx-4-events.json"));
  await scope.focus();
  await page.keyboard.press("0");
  const box = await scope.canvas.boundingBox();
  if (!box) throw new Error("the canvas is not on the page");
  await page.mouse.move(box.x + 5, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 5, box.y + 10, { steps: 4 });
  await page.mouse.up();
  const shares = scope.inspector.getByRole("region", { name: "By operator" });
  await expect(shares.locator(".name", { hasText: docomo })).toHaveCount(1);
  await shares.getByRole("button", { name: docomo }).click();
  await expect(scope.filter).toHaveValue(`operator:"${docomo}"`);
});

test("the list is not asked for where the vendor names every network", async ({ page }) => {
  const asked = askedFor(page);
  const scope = await Scope.open(page);
  await scope.load(
    recorded("kore/gate-4-data-sessions.json"),
    recorded("twilio/boat-77-data-sessions.json"),
  );
  await scope.element.getByLabel("Colour by").selectOption("operator");
  await expect(legend(scope)).not.toHaveCount(0);
  expect(asked).toEqual([]);
});

test("what is opened later has names, too, and asks no second time", async ({ page }) => {
  const asked = askedFor(page);
  const scope = await Scope.open(page);
  await scope.load(recorded(events));
  await scope.element.getByLabel("Colour by").selectOption("operator");
  await expect(legend(scope)).toHaveText([docomo]);
  await scope.drop(recorded("soracom/trailer-mx-4-events.json"));
  await expect(legend(scope).filter({ hasText: "Telcel" })).toHaveCount(1);
  expect(asked).toHaveLength(1);
});

test.describe("where the list cannot be had", () => {
  test.use({ allowed: { complaints: [/Failed to load resource/] } });

  for (const [what, answer] of [
    ["is refused", { abort: true }],
    ["is missing", { status: 404 }],
    ["is a page of the host's", { contentType: "text/html", body: "<!doctype html>\n<p>Hello" }],
  ] as const) {
    test(`because it ${what}, networks go by their codes and nobody is troubled`, async ({
      page,
    }) => {
      const warnings: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "warning") warnings.push(message.text());
      });
      await page
        .context()
        .route("**/networks.txt", (route) =>
          "abort" in answer ? route.abort() : route.fulfill(answer),
        );
      const scope = await Scope.open(page);
      await scope.load(recorded(events));
      await scope.element.getByLabel("Colour by").selectOption("operator");
      await expect(legend(scope)).toHaveText(["440-10"]);
      await expect
        .poll(() => warnings.filter((text) => /networks\.txt/.test(text)))
        .toHaveLength(1);
      await expect(scope.messages).toHaveCount(0);
      await scope.element.getByRole("button", { name: "Only 440-10" }).click();
      await expect(scope.filter).toHaveValue("operator:none plmn:440-10");
      expect(await scope.count("Sessions")).toBeGreaterThan(0);
    });
  }
});

test.describe("where no worker may start", () => {
  test.use({
    allowed: { violations: ["worker-src"], complaints: [/Content Security Policy/] },
  });

  test("the page names networks all the same", async ({ page }) => {
    await page.route("./", async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      const policy = headers["content-security-policy"] ?? "";
      headers["content-security-policy"] = policy.replace("worker-src 'self'", "worker-src 'none'");
      await route.fulfill({ response, headers });
    });
    const scope = await Scope.open(page);
    await scope.load(recorded(events));
    expect(page.workers()).toHaveLength(0);
    await scope.element.getByLabel("Colour by").selectOption("operator");
    await expect(legend(scope)).toHaveText([docomo]);
  });
});
