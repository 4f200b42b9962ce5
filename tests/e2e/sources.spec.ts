// Sources that the host page gives: with credentials, or with its own `fetch` that signs the calls in, so that its back end keeps
// the secrets.
import type { SimScopeElement } from "../../www/element.ts";
import type { Source } from "../../www/api/types.ts";
import { expect, test, type Visit } from "./live/test.ts";

const give = ({ scope }: Visit, sources: Source[]) =>
  scope.element.evaluate((element, sources) => {
    (element as SimScopeElement).sources = sources;
  }, sources);

const states = ({ scope }: Visit) => scope.element.locator(".sources .chip").allInnerTexts();

test("a source is fetched from without a word of the visitor", async ({ visit }) => {
  const simulator = await visit.start("kore", { sims: 5 });
  await visit.open();
  const { credentials, baseUrls } = simulator;
  await give(visit, [{ provider: "kore", name: "Fleet north", credentials, baseUrls, days: 30 }]);
  await expect.poll(() => visit.scope.count("Sessions")).toBe(simulator.truth().sessions);
  expect((await states(visit)).join()).toContain("Fleet north");
  // What was given is not given back.
  const back = await visit.scope.element.evaluate((element) =>
    JSON.stringify((element as SimScopeElement).sources),
  );
  expect(back).toContain("Fleet north");
  for (const secret of simulator.secrets) expect(back).not.toContain(secret);
  // Others in their place: the rows of those before go with them.
  await give(visit, []);
  await expect(visit.scope.element.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(visit.scope.chips).toHaveCount(0);
});

test("the page's own fetch signs the calls in", async ({ visit }) => {
  const simulator = await visit.start("twilio", { sims: 5 });
  await visit.open();
  const { keySid, keySecret } = simulator.credentials;
  await visit.scope.element.evaluate(
    (element, [api, user]) => {
      // As a portal's back end would: nothing secret is in simscope.
      const fetch = (url: string, init: RequestInit) => {
        const headers = { ...(init.headers as object), Authorization: `Basic ${btoa(user)}` };
        return window.fetch(url, { ...init, headers });
      };
      (element as SimScopeElement).sources = [
        { provider: "twilio", baseUrls: { api }, days: 30, fetch },
      ];
    },
    [simulator.baseUrls.api, `${keySid}:${keySecret}`] as const,
  );
  await expect.poll(() => visit.scope.count("Sessions")).toBe(simulator.truth().sessions);
  expect(simulator.violations).toEqual([]);
  const calls = simulator.log.length;
  await visit.scope.element.evaluate((element) => (element as SimScopeElement).refresh());
  await expect.poll(() => simulator.log.length).toBeGreaterThan(calls);
});

test("a source that is wrong is told by an event and changes nothing", async ({ visit }) => {
  await visit.open();
  const told = await visit.scope.element.evaluate(async (element) => {
    const scope = element as SimScopeElement;
    const messages: string[] = [];
    scope.addEventListener("simscope-error", ({ detail }) => messages.push(detail.message));
    const wrong: unknown[] = [
      { provider: "acme" },
      { provider: "kore", credentials: { client_id: "x" } },
      { provider: "kore", credentials: { client_id: "x", client_secret: "s3cr3t", key: "y" } },
      {
        provider: "kore",
        credentials: { client_id: "x", client_secret: "y" },
        baseUrls: { api: "ftp://x" },
      },
      { provider: "twilio", fetch: "mine" },
      { provider: "kore", credentials: { client_id: "x", client_secret: "y", way: "magic" } },
    ];
    for (const one of wrong) {
      const before = messages.length;
      scope.sources = [one as never];
      while (messages.length === before) await new Promise((later) => setTimeout(later, 20));
    }
    return messages;
  });
  expect(told).toEqual([
    expect.stringContaining("sources[0]: provider is one of twilio, kore"),
    expect.stringContaining("credentials.client_secret is missing"),
    expect.stringContaining("credentials has no key: its fields are client_id, client_secret."),
    expect.stringContaining("baseUrls.api:"),
    expect.stringContaining("fetch is a function"),
    expect.stringMatching(/credentials\.way is one of \w/),
  ]);
  expect(told.join()).not.toContain("s3cr3t");
  await expect(visit.scope.chips).toHaveCount(0);
});
