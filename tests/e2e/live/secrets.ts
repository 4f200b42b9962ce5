// Where a secret could turn up, and how it could be spelled there.
import type { Page } from "../guard.ts";

/** A secret as it is and as it stands in a URL, a form, a header of HTTP Basic or a text that was encoded. */
export function spellings(secret: string): string[] {
  const base64 = [secret, `:${secret}`, `::${secret}`].map((text) =>
    // Whatever stands before it: the three ways in which its bytes can fall into groups, without the ends that others share.
    Buffer.from(text).toString("base64").slice(4, -4),
  );
  const encoded = [encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString()];
  const escaped = JSON.stringify(secret).slice(1, -1);
  const hex = Buffer.from(secret).toString("hex");
  return [...new Set([secret, ...encoded.map((text) => text.replace(/^s=/, "")), escaped, hex])]
    .concat(base64)
    .filter((text) => text.length >= 8);
}

/** The secrets that a text holds, in any spelling. */
export const found = (text: string, secrets: string[]): string[] =>
  secrets.filter((secret) => spellings(secret).some((spelling) => text.includes(spelling)));

/** Keeps everything that a page sends, logs and dispatches, from before it is opened. */
export interface Observed {
  requests: { url: string; origin: string; body: string }[];
  log: string[];
}

export async function observe(page: Page): Promise<Observed> {
  const observed: Observed = { requests: [], log: [] };
  page.on("request", (request) => {
    const { href, origin } = new URL(request.url());
    observed.requests.push({ url: href, origin, body: request.postData() ?? "" });
  });
  page.on("console", (message) =>
    observed.log.push(message.text(), message.location().url, ...message.args().map(String)),
  );
  page.on("pageerror", (error) => observed.log.push(`${error.message}\n${error.stack}`));
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    for (const name of ["select", "range", "status", "error", "settings"]) {
      // On the way down: also what does not bubble.
      const keep = (event: Event) =>
        told.push(`${event.type} ${JSON.stringify((event as CustomEvent<unknown>).detail)}`);
      document.addEventListener(`simscope-${name}`, keep, true);
    }
  });
  return observed;
}

/** Everything that a script of the page could read now, but for what is being typed. */
export function readable(page: Page, { values = true } = {}): Promise<string> {
  return page.evaluate(async (values) => {
    const parts: string[] = [location.href, document.title, JSON.stringify(history.state)];
    parts.push(document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage));
    parts.push(JSON.stringify((globalThis as unknown as { told: string[] }).told));
    parts.push(...performance.getEntries().map(({ name }) => name));
    for (const { name } of await indexedDB.databases()) parts.push(`database ${name}`);
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      parts.push(name, ...(await cache.keys()).map(({ url }) => url));
    }
    const walk = (root: ParentNode) => {
      for (const element of root.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) parts.push(`${name}=${value}`);
        for (const node of element.childNodes) {
          if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.COMMENT_NODE) {
            parts.push(node.nodeValue ?? "");
          }
        }
        const { value } = element as HTMLInputElement;
        if (values && typeof value === "string") parts.push(value);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return parts.join("\n");
  }, values);
}
