// The test function that every suite uses. A test fails when the page complained, broke the policy or asked another host,
// whatever else it was about.
import { test as base, expect, type Page } from "@playwright/test";

export { expect, type Page };

interface Options {
  /** Origins beside the page's own that a test expects requests to. */
  otherOrigins: string[];
  /** Complaints (console errors, uncaught errors) that a test is about; a text that one of these matches is let through. */
  expectedComplaints: RegExp[];
  /** Policy violations that a test is about, by directive. */
  expectedViolations: string[];
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

export const test = base.extend<Options & Guard>({
  otherOrigins: [[], { option: true }],
  expectedComplaints: [[], { option: true }],
  expectedViolations: [[], { option: true }],
  baseURL: async ({}, use) => {
    await use(process.env["SIMSCOPE_URL"]);
  },
  guard: [
    async ({ context, baseURL, otherOrigins, expectedComplaints, expectedViolations }, use) => {
      const complaints: string[] = [];
      const expected = (text: string) => expectedComplaints.some((pattern) => pattern.test(text));
      const complain = (text: string) => {
        if (!expected(text)) complaints.push(text);
      };
      const own = new Set([new URL(baseURL ?? "").origin, ...otherOrigins]);
      await context.addInitScript(reportViolations);
      context.on("console", (message) => {
        const text = message.text();
        if (text.startsWith("policy-violation ")) {
          const directive = text.split(" ")[1] ?? "";
          if (!expectedViolations.includes(directive)) complaints.push(text);
        } else if (message.type() === "error") {
          complain(`console: ${text}`);
        }
      });
      context.on("weberror", (error) => complain(`uncaught: ${error.error().message}`));
      context.on("request", (request) => {
        const { origin, protocol } = new URL(request.url());
        if (!own.has(origin) && protocol !== "data:" && protocol !== "blob:") {
          complaints.push(`request to ${origin}`);
        }
      });
      await use(undefined);
      expect(complaints, "complaints of the page").toEqual([]);
    },
    { auto: true },
  ],
});
