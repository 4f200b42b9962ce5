// The test function that every suite uses. A test fails when the page complained, broke the policy or asked another host,
// whatever else it was about.
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";

export { expect, type BrowserContext, type Page };

/** What a test is about and therefore lets through. */
export interface Allowed {
  /** Origins beside the page's own that requests may go to. */
  origins?: string[];
  /** Complaints (console errors, uncaught errors): a text that one of these matches is let through. */
  complaints?: RegExp[];
  /** Policy violations, by directive. */
  violations?: string[];
}

/** The variables that serve.ts leaves the addresses in. */
const sites = { dist: "SIMSCOPE_URL", live: "SIMSCOPE_LIVE_URL", test: "SIMSCOPE_TEST_URL" };

interface Options {
  allowed: Allowed;
  /**
   * Which site is under test: `dist`, `live` (the same with a policy that lets it connect to any port of this machine, where
   * the simulated vendors are), or the one that only tests have (see `buildTestSite` in tools/build.mjs).
   */
  site: keyof typeof sites;
}

interface Guard {
  guard: undefined;
}

/** Reports each violation of the page's policy through a console message of a kind nothing else uses. */
function reportViolations(): void {
  document.addEventListener("securitypolicyviolation", (event) => {
    console.debug("policy-violation", event.effectiveDirective, event.blockedURI);
  });
}

/** Watches all pages of a context from now on. Resolves to the list that their complaints are added to. */
export async function watch(
  context: BrowserContext,
  origin: string,
  allowed: Allowed = {},
): Promise<string[]> {
  const complaints: string[] = [];
  const complain = (text: string) => {
    if (!allowed.complaints?.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  // Asked each time: a test may begin servers, and let their origins through, while its page is open.
  const isOwn = (asked: string) => asked === origin || allowed.origins?.includes(asked) === true;
  await context.addInitScript(reportViolations);
  context.on("console", (message) => {
    const text = message.text();
    if (text.startsWith("policy-violation ")) {
      const directive = text.split(" ")[1] ?? "";
      if (!allowed.violations?.includes(directive)) complaints.push(text);
    } else if (message.type() === "error") {
      complain(`console: ${text}`);
    }
  });
  context.on("weberror", (error) => complain(`uncaught: ${error.error().message}`));
  context.on("request", (request) => {
    const { origin: asked, protocol } = new URL(request.url());
    if (!isOwn(asked) && protocol !== "data:" && protocol !== "blob:") {
      complaints.push(`request to ${asked}`);
    }
  });
  return complaints;
}

export const test = base.extend<Options & Guard>({
  // One object: of an array of two, the second would be taken for the fixture's own settings.
  allowed: [{}, { option: true }],
  site: ["dist", { option: true }],
  baseURL: async ({ site }, use) => {
    await use(process.env[sites[site]]);
  },
  guard: [
    async ({ context, baseURL, allowed }, use) => {
      const complaints = await watch(context, new URL(baseURL ?? "").origin, allowed);
      await use(undefined);
      expect(complaints, "complaints of the page").toEqual([]);
    },
    { auto: true },
  ],
});
