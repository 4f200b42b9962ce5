// KORE Programmable Wireless v1, simulated: the same tree as Twilio's behind a gateway, with bearer tokens from a server of its own.
import { Fleet } from "./fleet.mjs";
import { hex } from "./random.mjs";
import { MinuteCounter, settled, startSimulator } from "./simulator.mjs";
import { wirelessTree } from "./wireless.mjs";

const refusals = {
  400: [20001, "Invalid parameter"],
  401: [33201, "Unauthorized"],
  403: [33201, "Forbidden"],
  404: [20404, "Resource not found"],
  415: [20001, "Unsupported media type"],
  422: [20001, "Unprocessable request"],
  429: [33004, "Too many requests"],
  500: [20500, "Internal server error"],
  503: [33004, "The service is overloaded"],
};

const error = (status, code, message) => ({ status, body: { code, status, message } });

function refusal(status) {
  const [code, message] = refusals[status] ?? [status >= 500 ? 20500 : 20001, "Refused"];
  return error(status, code, message);
}

/**
 * Beside what every simulator takes: `tokenSeconds` (3600), `nextPageOrigin` puts another origin into the paging links, `gatewayCors: false`
 * leaves CORS headers off the gateway's 401 and 403, `retentionDays` (30), `authPort`.
 * Credentials: `client_id`, `client_secret`. `baseUrls.auth` is what `/auth/token` stands below. `revokeTokens()` ends every token issued.
 * @param {import("./simulator.mjs").Options & { nextPageOrigin?: string, gatewayCors?: boolean, retentionDays?: number }} [options]
 */
export async function start(options = {}) {
  const settings = settled(options);
  const { sims, seed, base, sessionsPerSim, rate, tokenSeconds = 3600 } = settings;
  const fleet = new Fleet({ vendor: "kore", sims, seed, base, sessionsPerSim });
  const credentials = {
    client_id: `client-${hex(20, seed, "kore client")}`,
    client_secret: `secret-${hex(40, seed, "kore secret")}`,
  };
  /** Token to the instant it ends. @type {Map<string, number>} */
  const tokens = new Map();
  const tree = wirelessTree({
    vendor: "kore",
    fleet,
    settings,
    accountSid: `AC${hex(32, seed, "kore account")}`,
    codes: { unknown: 20001, pageSize: 33103, token: 33103, notFound: 20404, noSim: 33107 },
    error,
  });
  const counter = new MinuteCounter(rate.perMinute);
  const withoutCors = settings.gatewayCors === false ? { cors: "none" } : {};

  function issue({ method, path, headers, body, present, violation }) {
    if (path !== "/api-services/v1/auth/token") {
      violation("no such path");
      return { status: 404, body: { code: 404, message: "Not found" } };
    }
    if (method !== "POST") return { status: 405, body: { code: 405, message: "Not allowed" } };
    if (!/^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? "")) {
      violation("the token request is no form");
      return { status: 400, body: { code: 400, message: "Expected a form body" } };
    }
    if (headers.authorization) violation("credentials belong into the body");
    const form = new URLSearchParams(body);
    if (form.get("grant_type") !== "client_credentials") {
      violation(`grant_type ${form.get("grant_type")}`);
      return { status: 400, body: { code: 400, message: "grant_type is not supported" } };
    }
    const known = Object.entries(credentials).every(([name, value]) => form.get(name) === value);
    if (!known) {
      const error_description = "Invalid client or invalid client credentials";
      return { status: 401, body: { error: "invalid_client", error_description } };
    }
    const token = `eyJ${hex(60, seed, "kore token", tokens.size)}`;
    tokens.set(token, present + tokenSeconds * 1000);
    const body200 = { access_token: token, expires_in: tokenSeconds, token_type: "Bearer" };
    return { status: 200, body: { ...body200, scope: "email" } };
  }

  return startSimulator(
    {
      bases: { api: "/v1", auth: "/api-services/v1" },
      allowHeaders: ["Accept", "Authorization", "Content-Type"],
      exposeHeaders: ["Retry-After"],
      credentials,
      secrets: () => [credentials.client_secret, ...tokens.keys()],
      answer(asked) {
        if (asked.server === "auth") return issue(asked);
        const sent = /^Bearer (\S+)$/.exec(asked.headers.authorization ?? "");
        if (!sent) {
          asked.violation("no Bearer authorization");
          return { status: 401, body: { message: "Unauthorized" }, ...withoutCors };
        }
        const until = tokens.get(sent[1]);
        if (until === undefined || until <= asked.present) {
          const message = "User is not authorized to access this resource with an explicit deny";
          const body = { message, error: "Invalid or expired token" };
          return { status: 403, body, ...withoutCors };
        }
        if (counter.count("account", asked.present).over) return refusal(429);
        return tree.answer(asked);
      },
      refusal,
      tooMany: () => refusal(429),
      truth: tree.truth,
      burst: tree.burst,
      more: {
        revokeTokens() {
          for (const token of tokens.keys()) tokens.set(token, -Infinity);
        },
      },
    },
    settings,
  );
}
