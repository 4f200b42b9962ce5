// node tests/providers/main.mjs [--sims N] [--seed N] [--sessions N] [--cors MODE] [--now MS] [--rate PER_MINUTE] [--page-size N]
//   [--token-seconds N] [--latency MS] [--port-base P] [--clock-header] [--control] [--options JSON]
// Starts all five simulated vendors and the geolocate service, prints one JSON line `{name: {baseUrls, credentials, truth}}` (the service
// has no truth) and runs until its standard input closes or a SIGTERM comes. `--options` are those of `startAll()`:
// {"rate": {"concurrent": 4}, "soracom": {"mfa": "123456"}}. Above 1,000 SIMs the line's truth holds no ids; the control address tells them.
import { parseArgs } from "node:util";
import { portsFrom, startAll, vendors } from "./all.mjs";

const { values } = parseArgs({
  options: {
    sims: { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
    sessions: { type: "string", default: "30" },
    cors: { type: "string", default: "open" },
    now: { type: "string" },
    rate: { type: "string" },
    "page-size": { type: "string" },
    "token-seconds": { type: "string" },
    latency: { type: "string", default: "0" },
    "port-base": { type: "string" },
    "clock-header": { type: "boolean", default: false },
    control: { type: "boolean", default: false },
    options: { type: "string", default: "{}" },
  },
});

function number(name) {
  const value = Number(values[name]);
  if (values[name] === undefined) return {};
  if (!Number.isInteger(value) || value < 0) throw new TypeError(`--${name} is a whole number`);
  return { value };
}
if (!["open", "hidden", "none"].includes(values.cors))
  throw new TypeError("--cors is open, hidden or none");

const given = (option, name) => {
  const { value } = number(name);
  return value === undefined ? {} : { [option]: value };
};
const { value: first } = number("port-base");
const { value: perMinute } = number("rate");
const all = await startAll({
  now: number("now").value ?? (() => Date.now()),
  cors: values.cors,
  clockHeader: values["clock-header"],
  control: values.control,
  ...given("sims", "sims"),
  ...given("seed", "seed"),
  ...given("sessionsPerSim", "sessions"),
  ...given("pageSize", "page-size"),
  ...given("tokenSeconds", "token-seconds"),
  ...given("latencyMs", "latency"),
  ...(perMinute === undefined ? {} : { rate: { perMinute } }),
  ...(first === undefined ? {} : portsFrom(first)),
  ...JSON.parse(values.options),
});

const line = {};
for (const vendor of Object.keys(vendors)) {
  const { baseUrls, credentials, truth } = all[vendor];
  const { ids, ...counts } = truth();
  line[vendor] = { baseUrls, credentials, truth: counts.sims > 1000 ? counts : { ...counts, ids } };
}
const { baseUrls, credentials } = all.geolocate;
line.geolocate = { baseUrls, credentials };
console.log(JSON.stringify(line));

const stop = async () => {
  await all.close();
  process.exit(0);
};
process.stdin.on("end", stop).on("close", stop).on("error", stop).resume();
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
