// A page of somebody else's: served from a folder of its own, as a host of its own, with a policy of its own.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { dist } from "../../tools/paths.mjs";
import { serve } from "../../tools/serve.mjs";
import { test as guarded, type Allowed } from "./guard.ts";

/** Where a portal takes simscope from: another origin, as a CDN. */
export const cdn = new URL(process.env["SIMSCOPE_CDN_URL"] ?? "http://cdn.invalid/");

/** What a page needs of its policy to show elements from the CDN. */
export const cdnPolicy = [
  "default-src 'none'",
  `script-src ${cdn.origin} 'wasm-unsafe-eval'`,
  `connect-src ${cdn.origin}`,
  // The worker is a local script that imports the CDN's, and both count as workers.
  `worker-src blob: ${cdn.origin}`,
  "img-src data:",
];

/** A page around these elements, with simscope from the CDN or another place. */
export const page = (elements: string, from = cdn.href): string => `<!doctype html>
<html lang="en">
  <title>Portal</title>
  <link rel="icon" href="data:," />
  <script type="module" src="${from}simscope.js"></script>
  ${elements}
</html>
`;

/** Tests on a portal that holds these files, and with `hosts` simscope's own as well; `index.html` is the page. */
export function portal(
  files: Record<string, string>,
  policy: string[] | (() => Promise<string[]>) = cdnPolicy,
  { hosts = false, ...allowed }: Allowed & { hosts?: boolean } = {},
) {
  const test = guarded.extend<{ baseURL: string }>({
    baseURL: async ({}, use, { outputDir }) => {
      mkdirSync(outputDir, { recursive: true });
      if (hosts) cpSync(dist, outputDir, { recursive: true });
      for (const [name, text] of Object.entries(files)) {
        writeFileSync(path.join(outputDir, name), text);
      }
      const rules = typeof policy === "function" ? await policy() : policy;
      const headers = `/*\n  Content-Security-Policy: ${rules.join("; ")}\n`;
      writeFileSync(path.join(outputDir, "_headers"), headers);
      const { url, close } = await serve({ port: 0, dist: outputDir });
      await use(url);
      await close();
    },
  });
  // Of this test function alone: a file may have several.
  return test.extend({ allowed: { origins: [cdn.origin], ...allowed } });
}
