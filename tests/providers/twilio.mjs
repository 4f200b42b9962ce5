// Twilio Wireless v1, simulated: Basic sign-in with an account SID and token or an API key, limits by concurrency.
import { Fleet } from "./fleet.mjs";
import { hex } from "./random.mjs";
import { MinuteCounter, settled, startSimulator } from "./simulator.mjs";
import { wirelessTree } from "./wireless.mjs";

const refusals = {
  400: [20001, "Invalid parameter"],
  401: [20003, "Authenticate"],
  403: [20403, "Forbidden"],
  404: [20404, "The requested resource was not found"],
  429: [20429, "Too Many Requests"],
  500: [20500, "Internal Server Error"],
  503: [20503, "Service Unavailable"],
};

function error(status, code, message) {
  const body = { code, message, more_info: `https://example.invalid/errors/${code}`, status };
  const headers = status === 401 ? { "WWW-Authenticate": 'Basic realm="Wireless API"' } : {};
  return { status, body, headers };
}

function refusal(status) {
  const [code, message] = refusals[status] ?? [status >= 500 ? 20500 : 20001, "Refused"];
  return error(status, code, message);
}

/**
 * Beside what every simulator takes: `nextPageOrigin` puts another origin into the paging links, `retentionDays` (30).
 * Credentials: `accountSid` with `authToken`, or `keySid` with `keySecret`.
 * @param {import("./simulator.mjs").Options & { nextPageOrigin?: string, retentionDays?: number }} [options]
 */
export async function start(options = {}) {
  const settings = settled(options);
  const { sims, seed, base, sessionsPerSim, rate } = settings;
  const fleet = new Fleet({ vendor: "twilio", sims, seed, base, sessionsPerSim });
  const credentials = {
    accountSid: `AC${hex(32, seed, "twilio account")}`,
    authToken: hex(32, seed, "twilio token"),
    keySid: `SK${hex(32, seed, "twilio key")}`,
    keySecret: hex(32, seed, "twilio secret"),
  };
  const { accountSid, authToken, keySid, keySecret } = credentials;
  const encoded = [`${accountSid}:${authToken}`, `${keySid}:${keySecret}`].map((pair) =>
    Buffer.from(pair).toString("base64"),
  );
  const tree = wirelessTree({
    vendor: "twilio",
    fleet,
    settings,
    accountSid,
    codes: { unknown: 20001, pageSize: 20007, token: 20001, notFound: 20404, noSim: 20404 },
    error,
  });
  /** Headers that this vendor's edge adds; a browser may read them only with CORS `open`. */
  const marked = (reply, { inFlight }) => ({
    ...reply,
    headers: {
      "Twilio-Request-Id": `RQ${hex(32, seed, "request", (requests += 1))}`,
      "Twilio-Concurrent-Requests": String(inFlight),
      ...reply.headers,
    },
  });
  let requests = 0;
  const counter = new MinuteCounter(rate.perMinute);

  return startSimulator(
    {
      bases: { api: "/v1" },
      allowHeaders: [
        ...["Accept", "Authorization", "Content-Type", "If-Match", "If-Modified-Since"],
        ...["If-None-Match", "If-Unmodified-Since", "Idempotency-Key"],
      ],
      exposeHeaders: ["ETag", "Retry-After", "Twilio-Request-Id", "Twilio-Concurrent-Requests"],
      methods: "GET, POST, DELETE, OPTIONS",
      credentials,
      secrets: () => [authToken, keySecret, ...encoded],
      answer(asked) {
        const sent = /^Basic ([A-Za-z0-9+/=]+)$/.exec(asked.headers.authorization ?? "");
        if (!sent) asked.violation("no Basic authorization");
        if (!encoded.includes(sent?.[1])) return refusal(401);
        const over = counter.count("account", asked.present).over;
        return marked(over ? refusal(429) : tree.answer(asked), asked);
      },
      refusal,
      tooMany: (asked) => marked(refusal(429), asked),
      truth: tree.truth,
      burst: tree.burst,
    },
    settings,
  );
}
