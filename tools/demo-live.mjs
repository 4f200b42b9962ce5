// `npm run demo:live [-- --sims N --seed N --cors open|hidden|none]`: serves the app beside five simulated vendors and a geolocate
// service, to try connecting to a provider without an account. Builds what is out of date first; runs until Ctrl+C.
import { parseArgs } from "node:util";
import { portsFrom, startAll, vendors } from "../tests/providers/all.mjs";
import { build } from "./build.mjs";
import { main, ToolError } from "./run.mjs";
import { serve, serveUntilStopped } from "./serve.mjs";

const names = {
  twilio: "Twilio Wireless",
  kore: "KORE Programmable Wireless",
  soracom: "Soracom",
  monogoto: "Monogoto",
  wayscloud: "WAYSCloud GlobalSIM",
};

/** The simulators' ports follow on this one where all of them are free. */
const firstPort = 8081;
/** Every so often something happens in each fleet. */
const pulseMs = 20_000;

function wholeNumber(text, what, most) {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > most) {
    throw new ToolError(`${what} is "${text}", which is not a whole number from 0 to ${most}.`);
  }
  return number;
}

function chosen() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        sims: { type: "string", default: "40" },
        seed: { type: "string", default: "1" },
        cors: { type: "string", default: "open" },
      },
    }));
  } catch (error) {
    throw new ToolError(error.message);
  }
  if (!["open", "hidden", "none"].includes(values.cors)) {
    throw new ToolError(`--cors is "${values.cors}"; it is open, hidden or none.`);
  }
  return {
    port: wholeNumber(process.env.PORT || "8080", "PORT", 65_535),
    sims: wholeNumber(values.sims, "--sims", 10_000),
    seed: wholeNumber(values.seed, "--seed", 1_000_000),
    cors: values.cors,
  };
}

/** All of them on neighbouring ports, or on any free ones where one of those is taken. */
async function startVendors(options) {
  try {
    return await startAll({ ...options, ...portsFrom(firstPort) });
  } catch (error) {
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    return startAll(options);
  }
}

/** Which credentials go together, where a vendor takes one kind or another. */
const kinds = {
  twilio: [
    ["accountSid", "authToken"],
    ["keySid", "keySecret"],
  ],
  soracom: [
    ["authKeyId", "authKey"],
    ["email", "password"],
    ["operatorId", "userName", "password"],
  ],
  wayscloud: [["apiKey"], ["secondKey"]],
};

/** How wide the names of what is typed are. */
const width = 22;

/** What to type for one vendor. */
function lines(vendor, { baseUrls, credentials }) {
  const urls = Object.entries(baseUrls).map(([name, url]) => [
    name === "auth" ? "base URL of sign-in" : "base URL",
    url,
  ]);
  const shown = ([name, value]) => `  ${name.padEnd(width)}${value}`;
  const signIns = (kinds[vendor] ?? [Object.keys(credentials)]).map((fields) =>
    fields.map((name) => shown([name, credentials[name]])).join("\n"),
  );
  return [names[vendor], ...urls.map(shown), signIns.join("\n  or\n")].join("\n");
}

await main(async () => {
  const { port, ...options } = chosen();
  // A taken port is told at once, not after minutes of building.
  await (await serve({ port })).close();
  await build();
  const all = await startVendors({ ...options, now: () => Date.now() });
  const own = Object.keys(vendors).map((vendor) => [vendor, all[vendor]]);
  const servers = [...own.map(([, simulator]) => simulator), all.geolocate];
  const connect = servers.flatMap(({ baseUrls }) =>
    Object.values(baseUrls).map((url) => new URL(url).origin),
  );
  const url = await serveUntilStopped({ port, connect });
  setInterval(() => {
    for (const [, simulator] of own) simulator.burst(2);
  }, pulseMs).unref();
  console.log(`
simscope is at ${url}
Five simulated vendors run beside it, on this machine alone, with ${options.sims} SIMs each. Every account, key, password and
identifier below is made up and works nowhere else; something happens in each fleet every ${pulseMs / 1000} seconds.

${own.map(([vendor, simulator]) => lines(vendor, simulator)).join("\n\n")}

Geolocate service, which needs no key and knows most of their cells
  ${"address".padEnd(width)}${all.geolocate.baseUrls.api}

Ctrl+C stops them all.`);
});
