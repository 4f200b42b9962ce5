// The guard itself: what it must not let through, in pages that do it on purpose.
import { test as plain } from "@playwright/test";
import { serve } from "../../tools/serve.mjs";
import { expect, test, watch } from "./guard.ts";

const site = () => new URL(process.env["SIMSCOPE_URL"] ?? "");

plain("a logged error and an uncaught one are complaints", async ({ page, context }) => {
  const complaints = await watch(context, site().origin);
  await page.goto(site().href);
  await page.evaluate(() => {
    console.warn("a warning is none");
    console.error("logged");
    setTimeout(() => {
      throw new Error("thrown");
    });
  });
  await expect.poll(() => complaints).toEqual(["console: logged", "uncaught: thrown"]);
});

plain("a request to another origin is a complaint", async ({ page, context }) => {
  const other = await serve({ port: 0 });
  try {
    // Without the policy, which would stop the request before it can be seen.
    await page.route(site().href, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { "content-type": "text/html" } });
    });
    const complaints = await watch(context, site().origin, {
      complaints: [/Failed to load resource/, /blocked by CORS policy/],
    });
    await page.goto(site().href);
    // Whether the browser lets the answer through is of no matter: it was asked for.
    await page.evaluate((url) => void fetch(url, { mode: "no-cors" }).catch(() => null), other.url);
    await expect.poll(() => complaints).toEqual([`request to ${new URL(other.url).origin}`]);
  } finally {
    await other.close();
  }
});

plain("errors in a worker are complaints too", async ({ page, context }) => {
  const complaints = await watch(context, site().origin);
  await page.goto(site().href);
  // A worker of the page's origin whose script is not the site's.
  await context.route("**/failing.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: 'console.error("logged"); setTimeout(() => { throw new Error("thrown") })',
    }),
  );
  await page.evaluate(() => void new Worker(new URL("failing.js", document.baseURI)));
  await expect
    .poll(() => complaints.toSorted())
    .toEqual(["console: logged", expect.stringContaining("thrown")]);
});

plain("what breaks the policy is a complaint", async ({ page, context }) => {
  const complaints = await watch(context, site().origin, {
    complaints: [/Content Security Policy/],
  });
  await page.goto(site().href);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    document.head.append(script);
  });
  await expect.poll(() => complaints).toEqual(["policy-violation script-src-elem inline"]);
  expect(await page.evaluate(() => "ran" in globalThis)).toBe(false);
});

plain("what a test expects is let through, and no more", async ({ page, context }) => {
  const complaints = await watch(context, site().origin, { complaints: [/^console: fine$/] });
  await page.goto(site().href);
  await page.evaluate(() => {
    console.error("fine");
    console.error("not fine");
  });
  await expect.poll(() => complaints).toEqual(["console: not fine"]);
});

test("a test whose page complains fails", async ({ page }) => {
  test.fail();
  await page.goto("./");
  await page.evaluate(() => console.error("on purpose"));
});
