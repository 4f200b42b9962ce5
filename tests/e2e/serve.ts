// Serves dist/ for the whole run, with the shipped headers, on a free port and below a path of its own: nothing in it may
// depend on lying at the root of a host.
import { serve } from "../../tools/serve.mjs";

export default async function start(): Promise<() => Promise<void>> {
  const { url, close } = await serve({ port: 0, base: "/some/place/" });
  process.env["SIMSCOPE_URL"] = url;
  return close;
}
