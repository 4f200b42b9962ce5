// A vendor that refuses browsers, behind the configurations of deploy/: the real nginx and the real Caddy host dist/ and stand before
// the simulated vendors, which send no CORS headers. The visitor types a path of the page's own host.
import { dist } from "../../tools/paths.mjs";
import { startCaddy, startNginx, upstreamsOf } from "../deploy/servers.mjs";
import { accounts, faults, names, type Name, type Simulator } from "./live/vendors.ts";
import { expect, test } from "./live/test.ts";

for (const [server, start] of [
  ["nginx", startNginx],
  ["Caddy", startCaddy],
] as const) {
  test(`all five vendors through ${server}`, async ({ visit }) => {
    const { form, panel, scope } = visit;
    const started = {} as Record<Name, Simulator>;
    for (const name of names) started[name] = await visit.start(name, { sims: 3, cors: "none" });
    const upstreams = upstreamsOf(started as unknown as Parameters<typeof upstreamsOf>[0]);
    const site = visit.onEnd(await start({ dist, upstreams }));
    // None of the vendors may be asked but through the server.
    visit.allowed.origins.splice(0, Infinity, new URL(site.url).origin, ...visit.realHosts);
    visit.expectComplaints(/^console: Failed to load resource: .*status of 40[134]/);
    // The policy there names none of them: the addresses that stand in the form at first are refused by it.
    visit.expectComplaints(/^console: .*https:.* Content Security Policy/);
    visit.allowed.violations.push("connect-src");
    await visit.open({ url: site.url });
    let sessions = 0;
    for (const name of names) {
      const { label, proxy, authProxy } = accounts[name];
      await form.fill(name, started[name], {
        baseUrl: proxy,
        ...(authProxy ? { authUrl: authProxy } : {}),
      });
      await expect(form.reach, name).toHaveText(/✓ Answers/);
      await form.fetch();
      await panel.reaches("done");
      await expect(panel.state, name).toContainText("All was fetched.");
      await panel.close();
      await expect(panel.chip(label).locator(".dot")).toHaveClass("dot ok");
      sessions += started[name].truth().sessions;
    }
    await expect.poll(() => scope.count("Sessions")).toBe(sessions);
    for (const name of names) {
      expect(faults(started[name]), name).toEqual([]);
      for (const { headers } of started[name].log) {
        expect(headers.cookie).toBeUndefined();
        expect(headers.referer).toBeUndefined();
      }
    }
  });
}
