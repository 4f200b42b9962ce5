// A geolocate service of the kind that Mozilla's Ichnaea began, simulated: one call that tells where cells stand, and that takes the
// asker's own address for an answer unless told not to.
import { areaPlace, cellPlace, known, placeable } from "./geolocate-cells.mjs";
import { leniently, recordExcess, strictly, towersOf } from "./geolocate-question.mjs";
import { MinuteCounter, settled, startSimulator } from "./simulator.mjs";

const callPath = "/v1/geolocate";
const day = 86_400_000;

const refusals = {
  400: ["global", "parseError", "Parse Error"],
  403: ["usageLimits", "dailyLimitExceeded", "You have exceeded your daily limit."],
  404: ["geolocation", "notFound", "Not found"],
  405: ["global", "methodNotAllowed", "Method Not Allowed"],
  429: ["usageLimits", "rateLimitExceeded", "Too Many Requests"],
  500: ["global", "internalError", "Internal Error"],
  503: ["global", "serviceUnavailable", "Service Unavailable"],
};
function error(code, domain, reason, message, detail = message) {
  return {
    status: code,
    body: { error: { errors: [{ domain, reason, message: detail }], code, message } },
  };
}
const refusal = (status) => error(status, ...(refusals[status] ?? ["global", "error", "Error"]));
const invalidKey = () => error(400, "usageLimits", "keyInvalid", "Missing or invalid API key.");

/**
 * How the services differ. `any` is the most demanding of both, for a client that must get on with either: it reads as beaconDB does, knows
 * NR, and has Ichnaea's fallbacks. Ichnaea takes `fallbacks` before `considerIp`, so that `{"considerIp": false, "fallbacks": {}}` still
 * lets it answer with the asker's address; beaconDB does not if either of them forbids it.
 */
const ichnaeaIp = ({ considerIp, fallbacks }) => (fallbacks ?? { ipf: considerIp }).ipf ?? true;
const manners = {
  any: { read: strictly, lacf: true, ipf: ichnaeaIp },
  ichnaea: { read: leniently, lacf: true, ipf: ichnaeaIp },
  beacondb: {
    read: strictly,
    lacf: false,
    ipf: ({ considerIp, fallbacks }) => (considerIp ?? true) && (fallbacks?.ipf ?? true),
    // Its framework refuses, in plain text.
    parseError: () => ({ status: 400, body: "Json deserialize error" }),
    notFound() {
      const detail = "No location could be estimated based on the data provided";
      return error(404, ...refusals[404], detail);
    },
  },
};

/**
 * Beside what every simulator takes: `manner`, `key` (none is needed without), `dailyLimit` (questions per UTC day of the clock), `address`
 * (where the asker's address lies; null where nobody knows it), `knows` (what is known of a tower, instead of geolocate-cells.mjs). Which
 * cells are known stands there; `place(tower)` tells what must be answered for one, with `lacf` allowed. `asked()` is what was asked, in
 * order, with the answer's status (null where none was sent), and how often for each cell: `lte 440-10-4700-49408000`.
 * `baseUrls.api` is the whole address of the call. `truth()` is empty and bursts do nothing: there is no account behind it.
 * @param {import("./simulator.mjs").Options & { manner?: "any" | "ichnaea" | "beacondb", key?: string, dailyLimit?: number,
 *   address?: { lat: number, lng: number } | null,
 *   knows?: (tower: import("./geolocate-cells.mjs").Tower) => "cell" | "area" | null }} [options]
 */
export async function start(options = {}) {
  const settings = settled(options);
  // No simulated network is in Iceland: an answer from there is the asker's.
  const { manner: name = "any", address = { lat: 64.14, lng: -21.94 }, knows = known } = settings;
  const { key = null, dailyLimit = Infinity } = settings;
  const manner = { parseError: () => refusal(400), notFound: () => refusal(404), ...manners[name] };
  if (!manners[name]) throw new TypeError(`manner is one of ${Object.keys(manners).join(", ")}`);
  const counter = new MinuteCounter(settings.rate.perMinute);
  const usedOn = new Map();

  /** @returns {import("./geolocate-cells.mjs").Place | null} */
  function placeOf(towers, { lacf }) {
    const list = towers.filter(({ mcc }) => placeable(mcc));
    // beaconDB compares a given scrambling code as well, and nobody's is in the list.
    const whole = list.find((one) => one.psc == null && one.id !== null && knows(one) === "cell");
    if (whole) return cellPlace(whole);
    const part = lacf ? list.find((one) => knows(one) !== null) : null;
    return part ? areaPlace(part) : null;
  }

  function located(asked) {
    const body = manner.read(asked);
    if (!body) {
      asked.violation("not a question that every service reads");
      return manner.parseError();
    }
    if (asked.body !== "") recordExcess(JSON.parse(asked.body), asked.violation);
    const towers = towersOf(body, asked.violation);
    const ipf = manner.ipf(body);
    if (ipf) asked.violation("the asker's own address may be the answer");
    const place = placeOf(towers, { lacf: manner.lacf && (body.fallbacks?.lacf ?? true) });
    if (place) return { status: 200, body: place };
    if (!ipf || !address) return manner.notFound();
    return { status: 200, body: { location: address, accuracy: 25_000, fallback: "ipf" } };
  }

  function answer(asked) {
    const { method, path, query, headers, body, present, violation } = asked;
    if (path !== callPath) {
      violation("no such path");
      return refusal(404);
    }
    if (method !== "POST") {
      violation(`${method} instead of POST`);
      return refusal(405);
    }
    for (const parameter of query.keys()) {
      if (parameter !== "key") violation(`unknown parameter ${parameter}`);
    }
    if (key !== null && `${body} ${JSON.stringify(headers)}`.includes(key)) {
      violation("the key is outside of the query");
    }
    const { over, secondsLeft } = counter.count("all", present);
    if (over) return { ...refusal(429), headers: { "Retry-After": String(secondsLeft) } };
    // The key comes before the question, also where that cannot be read.
    if (key !== null && query.get("key") !== key) return invalidKey();
    const today = Math.floor(present / day);
    usedOn.set(today, (usedOn.get(today) ?? 0) + 1);
    return usedOn.get(today) > dailyLimit ? refusal(403) : located(asked);
  }

  const simulator = await startSimulator(
    {
      bases: { api: callPath },
      allowHeaders: ["Content-Type"],
      exposeHeaders: [],
      methods: "POST, OPTIONS",
      credentials: key === null ? {} : { key },
      secrets: () => (key === null ? [] : [key]),
      answer,
      refusal,
      tooMany: () => refusal(429),
      truth: () => ({
        ...{ sims: 0, sessions: 0, events: 0, openSessions: 0 },
        ids: { sims: [], sessions: [], events: [] },
      }),
      burst: (_, present) => ({ events: [], sessions: [], at: present }),
    },
    settings,
  );
  return Object.assign(simulator, {
    asked: () => record(simulator.log),
    /** What is answered for one tower, as it is written in a question; null for 404. `lacf`: whether the question allows it. */
    place(tower, { lacf = true } = {}) {
      const towers = towersOf({ cellTowers: [tower] }, () => {});
      return placeOf(towers, { lacf: lacf && manner.lacf });
    },
  });
}

/**
 * What was asked, out of the log.
 * @param {import("./simulator.mjs").Logged[]} log
 * @returns {{ bodies: { at: number, key: string | null, body: any, status: number | null }[], cells: Record<string, number> }}
 */
function record(log) {
  const questions = log.filter(({ method, path }) => method === "POST" && path === callPath);
  const bodies = questions.map(({ at, query, body, status }) => ({
    at,
    key: new URLSearchParams(query).get("key"),
    body: parsed(body),
    status,
  }));
  const cells = {};
  for (const { body } of bodies) {
    const towers = Array.isArray(body?.cellTowers) ? body.cellTowers : [];
    for (const name of towers.map(nameOf)) cells[name] = (cells[name] ?? 0) + 1;
  }
  return { bodies, cells };
}

function nameOf(tower) {
  const { radioType, mobileCountryCode, mobileNetworkCode, locationAreaCode, cellId } = tower ?? {};
  return `${radioType} ${[mobileCountryCode, mobileNetworkCode, locationAreaCode, cellId].join("-")}`;
}

/** The body, or null where it is no JSON. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
