// The host of an engine in a browser: in its worker and, where none can start, on the page. The test site's `host.js` is
// the page's end of it without any views.
import { gzipSync } from "node:zlib";
import { hashedName } from "../../tools/layout.mjs";
import { testSite } from "../../tools/paths.mjs";
import { expect, test, type Page } from "./guard.ts";
import type { Linked } from "./fixtures/host.ts";

test.use({ site: "test" });

declare global {
  // What a test keeps in its page between two calls.
  var linked: Linked;
}

/** Opens the page and links one engine. */
async function link(page: Page): Promise<void> {
  await page.goto("./");
  await page.evaluate(
    async (script) => {
      const url = new URL(script, document.baseURI).href;
      const { openLink } = (await import(url)) as typeof import("./fixtures/host.ts");
      globalThis.linked = await openLink();
    },
    `${hashedName(testSite)}/host.js`,
  );
}

const bytesOf = (text: string | Buffer) => Buffer.from(text).toString("base64");

/** Opens a document of these bytes and resolves once all of it was read, to the progress messages. */
async function open(page: Page, document: number, content: string | Buffer): Promise<number[][]> {
  await page.evaluate(
    ([document, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
      linked.link.send({ type: "open", document, blob: new Blob([bytes]) }, []);
    },
    [document, bytesOf(content)] as const,
  );
  return progressUntilRead(page, document);
}

async function progressUntilRead(page: Page, document: number): Promise<number[][]> {
  const told = () =>
    page.evaluate(
      (document) =>
        linked.said.flatMap((message) =>
          message.type === "progress" && message.document === document
            ? [[message.read, message.total]]
            : [],
        ),
      document,
    );
  await expect
    .poll(async () => (await told()).at(-1), { message: `document ${document} is read` })
    .toEqual([expect.any(Number), expect.any(Number)]);
  await expect
    .poll(async () => (await told()).at(-1)?.[0] === (await told()).at(-1)?.[1])
    .toBe(true);
  return told();
}

/** The text of a record, as the engine host answers. */
async function raw(page: Page, document: number, offset: number, length: number) {
  const request = await page.evaluate(
    ([document, offset, length]) => {
      const request = linked.said.length + 1;
      linked.link.send({ type: "raw", request, document, offset, length }, []);
      return request;
    },
    [document, offset, length] as const,
  );
  const answer = () =>
    page.evaluate(
      (request) =>
        linked.said.find((message) => message.type === "raw" && message.request === request),
      request,
    );
  await expect.poll(answer).toBeTruthy();
  return answer();
}

/** Everything the engine itself said, as one text. */
const updates = (page: Page) =>
  page.evaluate(() =>
    linked.said
      .flatMap((message) =>
        message.type === "update" ? [new TextDecoder().decode(message.body)] : [],
      )
      .join("\n"),
  );

const rows = (count: number) =>
  `[${Array.from({ length: count }, (_, row) => `{"row":${row}}`).join(",\n")}]`;

/** Where row `row` lies in `rows`. */
function place(row: number): [number, number] {
  const record = `{"row":${row}}`;
  return [rows(row + 1).length - 1 - record.length, record.length];
}

/** What holds wherever the engine runs. */
async function works(page: Page): Promise<void> {
  const text = rows(50_000);
  const progress = await open(page, 1, text);
  expect(progress.at(-1)).toEqual([text.length, text.length]);
  expect(await raw(page, 1, ...place(49_000))).toMatchObject({ text: '{"row":49000}' });

  const packed = gzipSync(text);
  expect((await open(page, 2, packed)).at(-1)).toEqual([packed.length, packed.length]);
  // The compressed bytes are read before all of their text has come out.
  await expect.poll(() => raw(page, 2, ...place(31_000))).toMatchObject({ text: '{"row":31000}' });

  expect(await raw(page, 3, 0, 1)).toMatchObject({
    text: null,
    message: expect.stringContaining("Open it again"),
  });
  expect(await page.evaluate(() => linked.said.some(({ type }) => type === "failed"))).toBe(false);
}

test("in a worker: progress, records of plain and compressed files", async ({ page }) => {
  await link(page);
  await works(page);
  // This link's; the page's own element has none, as nothing was opened in it.
  expect(page.workers()).toHaveLength(1);
});

test.describe("where the policy allows no worker", () => {
  test.use({
    allowed: { violations: ["worker-src"], complaints: [/Content Security Policy/] },
  });
  test("the page does the work, and says so once", async ({ page }) => {
    await page.route("./", async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      const policy = headers["content-security-policy"] ?? "";
      expect(policy).toContain("worker-src 'self'");
      headers["content-security-policy"] = policy.replace("worker-src 'self'", "worker-src 'none'");
      await route.fulfill({ response, headers });
    });
    const warnings: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "warning") warnings.push(message.text());
    });
    await link(page);
    await works(page);
    expect(page.workers()).toHaveLength(0);
    expect(warnings.filter((text) => text.includes("no worker could be started"))).toHaveLength(1);
    await expect(page.locator("sim-scope").getByRole("alert")).toHaveCount(0);
  });
});

test("where making a worker throws, the page does the work", async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.Worker = class {
      constructor() {
        throw new DOMException("no workers here", "SecurityError");
      }
    } as unknown as typeof Worker;
  });
  await link(page);
  await works(page);
});

test.describe("where the worker's script is missing", () => {
  test.use({ allowed: { complaints: [/Failed to load resource/] } });
  test("the page does the work", async ({ page, context }) => {
    await context.route("**/worker.js", (route) => route.fulfill({ status: 404 }));
    await link(page);
    await works(page);
    expect(page.workers()).toHaveLength(0);
  });
});

test("a file of several gzip members is read to its end", async ({ page }) => {
  await link(page);
  const [first, second] = [rows(20_000), rows(30_000)];
  const packed = Buffer.concat([gzipSync(first), gzipSync(""), gzipSync(second)]);
  expect((await open(page, 1, packed)).at(-1)).toEqual([packed.length, packed.length]);
  const [offset, length] = place(29_000);
  // The compressed bytes are read before all of their text has come out.
  await expect
    .poll(() => raw(page, 1, first.length + offset, length))
    .toMatchObject({ text: '{"row":29000}' });
  expect(await updates(page)).not.toContain("damaged");
});

for (const [what, bytes] of [
  ["cut off", gzipSync(rows(20_000)).subarray(0, 20_000)],
  ["with junk after its end", Buffer.concat([gzipSync(rows(20_000)), Buffer.from("junk")])],
] as const) {
  test(`a gzip file ${what} is told, and what came before is kept`, async ({ page }) => {
    await link(page);
    await page.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
      linked.link.send({ type: "open", document: 1, blob: new Blob([bytes]) }, []);
    }, bytesOf(bytes));
    await expect.poll(() => updates(page)).toContain("damaged or cut off");
    expect(await raw(page, 1, ...place(10))).toMatchObject({ text: '{"row":10}' });
  });
}

test("a document closed while it is read stops, and the next one is read", async ({ page }) => {
  await link(page);
  await page.evaluate(() => {
    // 64 MB in one piece of memory: long enough to be read for a while.
    const blob = new Blob(Array.from({ length: 64 }, () => new Uint8Array(1 << 20).fill(0x20)));
    linked.link.send({ type: "open", document: 1, blob }, []);
    linked.link.send({ type: "open", document: 2, blob: new Blob(["[]"]) }, []);
    const watching = setInterval(() => {
      if (!linked.said.some(({ type }) => type === "progress")) return;
      linked.link.send({ type: "close", document: 1 }, []);
      clearInterval(watching);
    });
  });
  const read = (document: number) =>
    page.evaluate(
      (document) =>
        linked.said.filter(
          (message) => message.type === "progress" && message.document === document,
        ).length,
      document,
    );
  await expect.poll(() => read(2)).toBeGreaterThan(0);
  expect(await read(1)).toBeGreaterThan(0);
  const finished = await page.evaluate(() =>
    linked.said.some(
      (message) =>
        message.type === "progress" && message.document === 1 && message.read === message.total,
    ),
  );
  expect(finished).toBe(false);
  expect(await raw(page, 1, 0, 1)).toMatchObject({ text: null });
});

test("a closed link ends its worker and says nothing more", async ({ page }) => {
  await link(page);
  expect(page.workers(), "before the first message").toHaveLength(0);
  await open(page, 1, rows(10));
  expect(page.workers()).toHaveLength(1);
  const said = await page.evaluate(() => {
    linked.link.close();
    linked.link.send({ type: "raw", request: 1, document: 1, offset: 0, length: 1 }, []);
    return linked.said.length;
  });
  await expect.poll(() => page.workers().length).toBe(0);
  expect(await page.evaluate(() => linked.said.length)).toBe(said);
});
