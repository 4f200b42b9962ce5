// What every simulated vendor has in common: the HTTP servers on this machine, the clock, CORS, failures on demand, the log of requests
// and the control address for programs in other languages. What a vendor answers is its own file's.
import { createServer } from "node:http";
import { controlPath, controlReply } from "./control.mjs";
import { corsHeaders, preflight } from "./cors.mjs";
import { Failures } from "./failures.mjs";

const host = "127.0.0.1";
const minute = 60_000;

/**
 * @typedef {object} Options what every `start()` takes, beside the vendor's own
 * @property {number} [port] 0 takes any free one
 * @property {number} [authPort] KORE's token endpoint; 0 takes any free one
 * @property {number} [sims] how many SIMs the account has
 * @property {number} [seed] the same seed and `now` give the same fleet
 * @property {number | (() => number)} [now] epoch ms; a number stands still until `advance()`
 * @property {number} [sessionsPerSim] about how many
 * @property {"open" | "hidden" | "none"} [cors]
 * @property {string} [allowOrigin]
 * @property {number} [pageSize] the most rows that a page holds, whatever is asked for
 * @property {{ perMinute?: number, concurrent?: number }} [rate]
 * @property {number} [tokenSeconds]
 * @property {boolean} [clockHeader] the request header `simulator-now` (epoch ms) is the present time of that request
 * @property {number} [latencyMs]
 * @property {boolean} [repeat] lists hold some rows twice
 * @property {boolean} [shuffle] the rows of a page come in another order at every request
 * @property {boolean} [control] answer `POST /-/control`
 *
 * @typedef {object} Asked one request as a vendor's code sees it
 * @property {string} server `api` or `auth`
 * @property {string} method @property {string} path @property {URLSearchParams} query
 * @property {import("node:http").IncomingHttpHeaders} headers @property {string} body
 * @property {number} present epoch ms @property {string} origin of this server
 * @property {number} inFlight how many requests are under way, with this one
 * @property {(what: string) => void} violation records what a well-behaved client does not do
 *
 * @typedef {object} Reply
 * @property {number} status @property {unknown} [body] a text goes as it is, anything else as JSON; nothing is an empty body
 * @property {Record<string, string>} [headers] @property {"none"} [cors] without CORS headers
 *
 * @typedef {object} Logged
 * @property {string} server @property {number} at @property {string} method @property {string} path
 * @property {string} query without the `?` @property {import("node:http").IncomingHttpHeaders} headers @property {string} body
 * @property {number | null} status null while under way, and where no status was sent
 * @property {number} inFlight how many requests were under way, with this one
 *
 * @typedef {object} Truth what the account holds and the vendor still keeps
 * @property {number} sims @property {number} sessions @property {number} events @property {number} openSessions
 * @property {{ sims: string[], sessions: string[], events: string[] }} ids
 *
 * @typedef {object} Vendor
 * @property {Record<string, string>} bases the path below which each server answers, by server: `api`, and `auth` where there is one
 * @property {string[]} allowHeaders those a preflight allows @property {string[]} exposeHeaders those CORS `open` exposes
 * @property {string} [methods]
 * @property {Record<string, string>} credentials @property {() => string[]} secrets
 * @property {(asked: Asked) => Reply | Promise<Reply>} answer
 * @property {(status: number) => Reply} refusal the vendor's own error body for a status
 * @property {(asked: Asked) => Reply} tooMany what too many requests at once get
 * @property {(present: number) => Truth} truth
 * @property {(n: number, present: number) => { events: string[], sessions: string[], at: number }} burst ids; when the last of it happened
 * @property {Record<string, () => unknown>} [more] further methods of the simulator
 */

/** Options with their defaults, and the clock: `present(headers)` is the time of a request, `present()` that of the simulator. */
export function settled(options = {}) {
  const { now = Date.now(), clockHeader = false } = options;
  let advanced = 0;
  let lastSeen = null;
  const own = () => (typeof now === "function" ? now() : now) + advanced;
  return {
    sims: 40,
    seed: 1,
    sessionsPerSim: 30,
    port: 0,
    authPort: 0,
    cors: "open",
    allowOrigin: "*",
    rate: {},
    latencyMs: 0,
    repeat: false,
    shuffle: false,
    control: false,
    ...options,
    base: own(),
    advance: (ms) => (advanced += ms),
    present(headers = null) {
      const given = clockHeader && headers ? Number(headers["simulator-now"]) : NaN;
      if (!Number.isNaN(given)) lastSeen = given;
      return headers ? (Number.isNaN(given) ? own() : given) : Math.max(own(), lastSeen ?? 0);
    },
  };
}

/** Counts requests by key and by minute of the present time. */
export class MinuteCounter {
  #counts = new Map();
  constructor(perMinute) {
    this.perMinute = perMinute ?? Infinity;
  }
  /** Counts one; tells what is left of the minute. */
  count(key, present) {
    const window = Math.floor(present / minute);
    const known = this.#counts.get(key);
    const used = (known?.window === window ? known.used : 0) + 1;
    this.#counts.set(key, { window, used });
    return {
      over: used > this.perMinute,
      remaining: Math.max(0, this.perMinute - used),
      secondsLeft: Math.ceil(((window + 1) * minute - present) / 1000),
    };
  }
}

/**
 * Starts a vendor's servers.
 * @param {Vendor} vendor @param {ReturnType<typeof settled>} settings
 */
export async function startSimulator(vendor, settings) {
  /** @type {Logged[]} */
  const log = [];
  const violations = [];
  const failures = new Failures();
  const waiting = new Set();
  const state = { cors: settings.cors, inFlight: 0, maxInFlight: 0 };
  const servers = {};
  const origins = {};
  const allowHeaders = settings.clockHeader
    ? [...vendor.allowHeaders, "simulator-now"]
    : vendor.allowHeaders;

  const corsFor = (mode) =>
    corsHeaders(mode, { allowOrigin: settings.allowOrigin, expose: vendor.exposeHeaders });

  async function handle(name, request, response) {
    const { pathname, search } = new URL(request.url, "http://host");
    if (settings.control && pathname === controlPath) {
      return send(response, controlReply(request, await read(request), simulator));
    }
    const present = settings.present(request.headers);
    const simple = request.method !== "OPTIONS";
    if (simple) {
      state.inFlight += 1;
      state.maxInFlight = Math.max(state.maxInFlight, state.inFlight);
      response.once("close", () => (state.inFlight -= 1));
    }
    const entry = {
      server: name,
      at: present,
      method: request.method,
      path: pathname,
      query: search.slice(1),
      headers: request.headers,
      body: "",
      status: null,
      inFlight: state.inFlight,
    };
    log.push(entry);
    const violation = (what) =>
      violations.push({
        at: present,
        method: entry.method,
        path: pathname,
        query: entry.query,
        what,
      });
    entry.body = await read(request);

    const asked = {
      server: name,
      method: request.method,
      path: pathname,
      query: new URLSearchParams(search),
      headers: request.headers,
      body: entry.body,
      present,
      inFlight: entry.inFlight,
      origin: origins[name],
      violation,
    };

    const failure = failures.take(entry);
    if (failure?.hang) return;
    await wait((simple ? settings.latencyMs : 0) + (failure?.delayMs ?? 0));
    if (response.destroyed) return;
    let reply;
    if (failure?.drop && !failure.truncate) {
      return response.socket?.destroy();
    } else if (failure && Failures.answers(failure)) {
      reply = failedReply(failure, vendor);
    } else if (!simple) {
      reply = preflight(state.cors, request.headers, {
        allowHeaders,
        methods: vendor.methods ?? "GET, POST, OPTIONS",
        violation,
      });
    } else if (entry.inFlight > (settings.rate.concurrent ?? Infinity)) {
      reply = vendor.tooMany(asked);
    } else {
      try {
        reply = await vendor.answer(asked);
      } catch (error) {
        // A fault of the simulator itself: loud, and never taken for the vendor's own 500.
        console.error(error);
        violation(`the simulator broke: ${error.message}`);
        reply = { status: 599, body: `the simulator broke: ${error.message}` };
      }
    }
    const mode = reply.cors === "none" || failure?.cors === "none" ? "none" : state.cors;
    entry.status = reply.status;
    const headers = { ...corsFor(mode), ...reply.headers, ...failure?.headers };
    send(response, { ...reply, headers }, failure);
  }

  function wait(ms) {
    if (ms <= 0) return null;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(timer);
        resolve();
      }, ms);
      waiting.add(timer);
    });
  }

  for (const name of Object.keys(vendor.bases)) {
    const server = createServer((request, response) => {
      handle(name, request, response).catch((error) => response.destroy(error));
    });
    // A client may keep a connection for its next request at its own pace.
    server.keepAliveTimeout = 120_000;
    await new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(name === "auth" ? settings.authPort : settings.port, host, resolve);
    }).catch(async (error) => {
      await closeAll();
      throw error;
    });
    servers[name] = server;
    origins[name] = `http://${host}:${server.address().port}`;
  }

  async function closeAll() {
    for (const timer of waiting) clearTimeout(timer);
    await Promise.all(
      Object.values(servers).map(
        (server) =>
          new Promise((closed) => {
            server.close(closed);
            server.closeAllConnections();
          }),
      ),
    );
  }

  const simulator = {
    /** By server: what a visitor types as base URL. @type {{ api: string, auth?: string }} */
    baseUrls: Object.fromEntries(
      Object.entries(vendor.bases).map(([name, path]) => [name, origins[name] + path]),
    ),
    /** Of a working account, by the vendor's own names. */
    credentials: vendor.credentials,
    /** Every password, key and token, those issued so far included. */
    get secrets() {
      return vendor.secrets();
    },
    log,
    violations,
    get maxInFlight() {
      return state.maxInFlight;
    },
    /** @type {"open" | "hidden" | "none"} */
    get cors() {
      return state.cors;
    },
    set cors(mode) {
      state.cors = mode;
    },
    /** @param {number} [at] the present time, unless another is given */
    truth: (at = settings.present()) => vendor.truth(at),
    /** @param {import("./failures.mjs").Rule} rule */
    fail: (rule) => failures.add(rule),
    clearFailures: () => failures.clear(),
    /** Adds `n` events with their session changes, spread over the SIMs, at the present instant. */
    burst(n, at = settings.present()) {
      const happened = vendor.burst(n, at);
      // Two events of a SIM never share an instant: bursts that follow on one another without a pause take a few ms.
      settings.advance(Math.max(0, happened.at - at));
      return happened;
    },
    /** Moves the simulator's own clock. */
    advance: (ms) => settings.advance(ms),
    now: () => settings.present(),
    /** Forgets requests, violations and the highest number in flight. */
    clearLog() {
      log.length = 0;
      violations.length = 0;
      state.maxInFlight = state.inFlight;
    },
    ...vendor.more,
    close: closeAll,
  };
  return simulator;
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function failedReply(rule, vendor) {
  const { status = 200, body, headers = {} } = rule;
  if (body !== undefined) return { status, body, headers };
  const own = vendor.refusal(status);
  return { ...own, status, headers: { ...own.headers, ...headers } };
}

function send(response, { status, body, headers = {} }, failure = null) {
  const isText = typeof body === "string";
  let bytes = Buffer.from(body === undefined ? "" : isText ? body : JSON.stringify(body));
  const whole = bytes.length;
  if (failure?.truncate) bytes = bytes.subarray(0, Math.floor(whole / 2));
  const html = isText && body.startsWith("<");
  const type = isText ? `text/${html ? "html" : "plain"}; charset=utf-8` : "application/json";
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  if (bytes.length > 0 && !given.has("content-type")) headers["Content-Type"] = type;
  if (status !== 204) headers["Content-Length"] = String(failure?.drop ? whole : bytes.length);
  response.writeHead(status, headers);
  // With `drop` as well the connection breaks in the middle of the body; without, the body is cut but the answer is whole HTTP.
  if (failure?.drop) response.write(bytes, () => response.socket?.destroy());
  else response.end(bytes);
}
