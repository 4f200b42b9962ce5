// normalize(), as a page imports it from the built module.
import { gzipSync } from "node:zlib";
import { expect, test } from "./guard.ts";
import { readDemo } from "./scope.ts";

test("an answer becomes the model, plain and gzipped, and refusals say why", async ({ page }) => {
  await page.goto("./");
  const events = readDemo("soracom/bus-33-events.json");
  const run = (bytes: Buffer, options = {}) =>
    page.evaluate(
      async ([base64, options]) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const url = new URL("simscope.js", document.baseURI).href;
        const { normalize } = await import(url);
        try {
          return { model: await normalize(bytes, options) };
        } catch (error) {
          const { name, code, message, rows } = error as Record<string, unknown>;
          return { refused: { name, code, message, rows } };
        }
      },
      [bytes.toString("base64"), options] as const,
    );
  const plain = await run(Buffer.from(events));
  expect(plain.model.provider).toBe("soracom");
  expect(plain.model.sessions.length).toBeGreaterThan(10);
  expect((await run(gzipSync(events))).model).toEqual(plain.model);

  const cut = Buffer.from(events).subarray(0, 5000);
  const broken = await run(cut);
  expect(broken.refused).toMatchObject({ name: "NormalizeError", code: "cut_off" });
  expect((broken.refused?.rows as { events: unknown[] }).events.length).toBeGreaterThan(3);
  expect((await run(Buffer.from("<!doctype html><p>"))).refused?.code).toBe("web_page");
});
