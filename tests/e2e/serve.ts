// Serves dist/ and the test site for the whole run, with the shipped headers, on free ports and below a path of their own:
// nothing in them may depend on lying at the root of a host. And dist/ twice more: as the CDN that pages of other origins take the
// module from; and with a policy that lets it ask the simulated vendors. These take free ports of this machine, so all ports are let through:
// what keeps credentials from going astray must then be the module itself, not the policy.
import { testSite } from "../../tools/paths.mjs";
import { serve } from "../../tools/serve.mjs";

export default async function start(): Promise<() => Promise<void>> {
  const base = "/some/place/";
  const site = await serve({ port: 0, base });
  const test = await serve({ port: 0, base, dist: testSite });
  const cdn = await serve({ port: 0, base });
  const live = await serve({ port: 0, base, connect: ["http://127.0.0.1:*"] });
  process.env["SIMSCOPE_LIVE_URL"] = live.url;
  process.env["SIMSCOPE_CDN_URL"] = cdn.url;
  process.env["SIMSCOPE_URL"] = site.url;
  process.env["SIMSCOPE_TEST_URL"] = test.url;
  return async () => {
    await site.close();
    await test.close();
    await cdn.close();
    await live.close();
  };
}
