// What a page says that cannot start, because of how it is opened, of the browser, or of how it is hosted; and that it says
// nothing otherwise.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { hashedName } from "../../tools/layout.mjs";
import { dist } from "../../tools/paths.mjs";
import { violations } from "./axe.ts";
import { expect, test, type Page } from "./guard.ts";
import { recorded, Scope } from "./scope.ts";

const folder = hashedName(dist);
const web = { status: 200, contentType: "text/html", body: "<!doctype html><p>Home</p>" };

/** The message in the element's place. */
const message = (page: Page) => page.getByRole("alert");
const heading = (page: Page, name: string) => message(page).getByRole("heading", { name });

/** One message, readable, in the place of the element. */
async function told(page: Page, title: string, ...texts: string[]): Promise<void> {
  await expect(heading(page, title)).toBeVisible();
  await expect(message(page)).toHaveCount(1);
  for (const text of texts) await expect(message(page)).toContainText(text);
  await expect(page.locator("sim-scope")).toHaveCount(0);
  await expect(page.locator(".missing")).toBeHidden();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, "nothing is cut off at the side").toBeLessThanOrEqual(0);
}

test("where all is well, nothing is said", async ({ page }) => {
  await Scope.open(page);
  await page.waitForLoadState("load");
  await expect(message(page)).toHaveCount(0);
  await expect(page.locator(".missing")).toBeHidden();
  expect(await page.evaluate(() => document.querySelector("main"))).toBeNull();
});

test.describe("opened as a file", () => {
  // What the browser says of the scripts and the module that it may not read.
  test.use({
    allowed: { origins: ["null"], complaints: [/CORS policy/, /Failed to load resource/] },
  });

  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    for (const colorScheme of ["light", "dark"] as const) {
      test(`it says how to serve it, ${viewport.width} pixels wide, ${colorScheme}`, async ({
        page,
      }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        await page.goto(pathToFileURL(path.join(dist, "index.html")).href);
        await told(
          page,
          "simscope has to be served",
          "npx http-server",
          "python3 -m http.server",
          "http://localhost:",
        );
        const colours = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        expect(colours).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(18, 18, 18)");
      });
    }
  }
});

test.describe("an old browser", () => {
  const without: Record<string, () => void> = {
    "module scripts": () => {
      delete (HTMLScriptElement.prototype as Partial<HTMLScriptElement>).noModule;
    },
    "constructed style sheets": () => {
      delete (Document.prototype as Partial<Document>).adoptedStyleSheets;
    },
    WebAssembly: () => {
      delete (globalThis as { WebAssembly?: unknown }).WebAssembly;
    },
    "SIMD in WebAssembly": () => {
      // A module that uses vectors, to a browser that knows none, is no module.
      WebAssembly.validate = () => false;
    },
  };
  for (const [what, takeAway] of Object.entries(without)) {
    test(`it says which browsers will do, without ${what}`, async ({ page }) => {
      await page.addInitScript(takeAway);
      await page.goto("./");
      const lack = `What this one lacks, or has turned off: ${what}.`;
      await told(page, "This browser is too old for simscope", "Firefox 101", "Safari 16.4", lack);
      expect(await violations(page)).toEqual([]);
    });
  }
});

test.describe("a script that cannot be had", () => {
  test.use({
    allowed: {
      complaints: [/Failed to load resource/, /Failed to load module script/, /MIME type/],
    },
  });
  const title = "simscope could not be loaded";

  test("it is missing", async ({ page }) => {
    await page.route("**/page.js", (route) => route.fulfill({ status: 404 }));
    await page.goto("./");
    await told(
      page,
      title,
      `The server answered 404 for ${folder}/page.js.`,
      "copy the whole folder",
    );
    expect(await violations(page)).toEqual([]);
    // Once it is there, a reload is enough.
    await page.unroute("**/page.js");
    await Scope.open(page);
    await expect(message(page)).toHaveCount(0);
  });

  test("it is sent as something else", async ({ page }) => {
    await page.route("**/page.js", async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "content-type": "text/plain; charset=utf-8" };
      await route.fulfill({ response, headers });
    });
    await page.goto("./");
    await told(page, title, `sends ${folder}/page.js as text/plain.`, "as text/javascript");
  });

  test("the host's single-page fallback stands in for it", async ({ page }) => {
    await page.route("**/page.js", (route) => route.fulfill(web));
    await page.goto("./");
    await told(page, title, `a web page in place of ${folder}/page.js.`, "single-page fallback");
  });

  test("a piece that it needs is missing", async ({ page }) => {
    await page.route("**/shared-*.js", (route) => route.fulfill({ status: 404 }));
    await page.goto("./");
    await told(page, title, `A script that ${folder}/page.js needs is missing`);
  });

  test("the whole folder is missing: the page itself says so", async ({ page }) => {
    await page.route(`**/${folder}/**`, (route) => route.fulfill({ status: 404 }));
    await page.goto("./");
    await expect(page.locator(".missing")).toBeVisible();
    await expect(page.locator(".missing")).toContainText("copy the whole folder");
  });
});

test.describe("a module of WebAssembly that is sent as something else", () => {
  const warningsOf = (page: Page) => {
    const warnings: string[] = [];
    page.on("console", (said) => {
      if (said.type() === "warning") warnings.push(said.text());
    });
    return warnings;
  };

  for (const type of ["application/octet-stream", "text/html"]) {
    test(`as ${type} it starts all the same, and the console says what to set`, async ({
      page,
    }) => {
      const warnings = warningsOf(page);
      await page.route("**/simscope-*.wasm", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), "content-type": type } });
      });
      const scope = await Scope.open(page);
      await scope.load(recorded("kore/gate-4-data-sessions.json"));
      for (const part of ["first", "views", "engine"]) {
        expect(warnings.join("\n")).toContain(
          `the server sends simscope-${part}.wasm as "${type}". Send it as application/wasm`,
        );
      }
    });
  }

  test("a web page in its place is told as what it is", async ({ page }) => {
    await page.route("**/simscope-first.wasm", (route) => route.fulfill(web));
    await page.goto("./");
    const alert = page.locator("sim-scope").getByRole("alert");
    await expect(alert).toContainText(
      "the server sent a web page in place of simscope-first.wasm: copy the whole folder",
    );
    await expect(alert).not.toContainText("CompileError");
  });
});

test.describe("a web page in place of the views", () => {
  test.use({ allowed: { complaints: [/a web page in place of simscope-views\.wasm/] } });
  test("is told in the console, and what was chosen is kept", async ({ page }) => {
    await page.route("**/simscope-views.wasm", (route) => route.fulfill(web));
    const scope = await Scope.open(page);
    await scope.choose(recorded("kore/gate-4-data-sessions.json"));
    await expect(scope.messages).toContainText("could not be fetched");
  });
});

test("the folder named by its content may be kept for ever, what leads there may not", async ({
  page,
}) => {
  const cache: Record<string, string | undefined> = {};
  page.on("response", (response) => {
    const name = new URL(response.url()).pathname.replace("/some/place/", "");
    cache[name.replace(/shared-\w+/, "shared")] = response.headers()["cache-control"];
  });
  await Scope.open(page);
  await page.waitForLoadState("networkidle");
  const forEver = "public, max-age=31536000, immutable";
  expect(cache[""]).toBe("no-cache");
  for (const name of ["page.css", "check.js", "page.js", "shared.js", "simscope-first.wasm"]) {
    expect(cache[`${folder}/${name}`], name).toBe(forEver);
  }
});
