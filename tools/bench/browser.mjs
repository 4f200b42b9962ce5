// One Chromium for all parts, each in a page of its own.
import { ensureBrowser } from "../browser.mjs";
import { serve } from "../serve.mjs";

/** Isolated, so that the page's clock tells microseconds. */
const isolated = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export async function launch() {
  const { browser: executablePath } = await ensureBrowser();
  const { chromium } = await import("@playwright/test");
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    chromiumSandbox: !asRoot,
    args: ["--js-flags=--expose-gc", "--disable-quic", "--no-first-run"],
  });
}

/** Serves a folder while `work(url)` runs. */
export async function served(dist, work, more = {}) {
  const { url, close } = await serve({ port: 0, dist, more });
  try {
    return await work(url);
  } finally {
    await close();
  }
}

/**
 * Asks the bench's page: calls the function `name` of its script `script`, in a new page.
 * Resolves to a function that does so while `work` runs.
 */
export function askedIn(browser, dist, work) {
  const ask = (url) => async (script, name, args) => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on("console", (message) => {
      if (message.type() === "error") console.error(`  the page says: ${message.text()}`);
    });
    try {
      await page.goto(url);
      return await page.evaluate(
        async ([script, name, args]) => (await import(script))[name](...args),
        [`${url}${script}`, name, args],
      );
    } finally {
      await page.close();
    }
  };
  return served(dist, (url) => work(ask(url)), isolated);
}
