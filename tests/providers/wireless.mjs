// The resource tree that Twilio Wireless and KORE Programmable Wireless share: Sims, their DataSessions, UsageRecords, and the paging by
// `next_page_url`. Signing in and the spelling of errors are each vendor's own.
import { day, latest } from "./fleet.mjs";
import { unkindness } from "./lists.mjs";
import { router, unknownParameter, wholeNumber } from "./routes.mjs";
import { dataSessionOf, sessionIds, simOf, simSidOf } from "./wireless-rows.mjs";
import { usageRows } from "./wireless-usage.mjs";

const paging = ["PageSize", "Page", "PageToken"];
const usage = ["Start", "End", "Granularity", ...paging];
const calls = {
  "GET /Sims": ["Status", "Iccid", "RatePlan", "EId", "SimRegistrationCode", ...paging],
  "GET /Sims/{sid}": [],
  "GET /Sims/{sid}/DataSessions": paging,
  "GET /Sims/{sid}/UsageRecords": usage,
  "GET /UsageRecords": usage,
};
const route = router(Object.fromEntries(Object.keys(calls).map((call) => [call, call])));
const statuses = "new ready active suspended deactivated canceled scheduled updating".split(" ");

/** A refusal on its way out: the vendor's code, HTTP status and message. */
class Refused extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}

/**
 * The tree of one account.
 * @param {object} options
 * @param {"twilio" | "kore"} options.vendor @param {import("./fleet.mjs").Fleet} options.fleet
 * @param {Record<string, any>} options.settings @param {string} options.accountSid
 * @param {{ unknown: number, pageSize: number, token: number, notFound: number, noSim: number }} options.codes
 * @param {(status: number, code: number, message: string) => import("./simulator.mjs").Reply} options.error
 */
export function wirelessTree({ vendor, fleet, settings, accountSid, codes, error }) {
  const { repeated, reordered } = unkindness(settings);
  const retention = (settings.retentionDays ?? 30) * day;
  const cap = Math.min(settings.pageSize ?? 1000, 1000);
  let bySid = null;

  const refuse = (status, code, message) => {
    throw new Refused(status, code, message);
  };

  function indexOf(sid, { orName = false } = {}) {
    if (!bySid) {
      bySid = new Map();
      for (let index = 0; index < fleet.count; index += 1) {
        bySid.set(simSidOf(fleet, index), index);
        bySid.set(`name ${simOf(fleet, index, { vendor, accountSid }).unique_name}`, index);
      }
    }
    const found = bySid.get(sid) ?? (orName ? bySid.get(`name ${sid}`) : undefined);
    const what = sid.startsWith("HS") ? "belongs to Super SIM" : "was not found";
    if (found === undefined) refuse(404, codes.noSim, `The requested resource ${sid} ${what}`);
    return found;
  }

  /** The sessions of a SIM that the vendor still keeps, newest first. */
  function kept(index, present) {
    const sessions = fleet.sessions(index, present);
    const rows = [];
    for (let number = sessions.length - 1; number >= 0; number -= 1) {
      const session = sessions[number];
      const row = dataSessionOf(session, {
        simSid: simSidOf(fleet, index),
        accountSid,
        before: sessions[number - 1],
        present,
      });
      const held = row.end === null || Date.parse(row.last_updated) >= present - retention;
      if (held) rows.push({ key: session.key, row });
    }
    return rows;
  }

  /** One page of `rows` (each with a key), with the links to its neighbours. */
  function page(asked, name, rows) {
    const { query } = asked;
    const wanted = wholeNumber(query.get("PageSize")) ?? 50;
    if (Number.isNaN(wanted) || wanted < 1 || wanted > 1000) {
      asked.violation(`PageSize ${query.get("PageSize")}`);
      refuse(400, codes.pageSize, "Page size must be between 1 and 1000");
    }
    const size = Math.min(wanted, cap);
    const all = repeated(rows);
    let from = 0;
    let number = 0;
    const token = query.get("PageToken");
    // The page number alone is client state: without the server's token it is the first page again.
    if (token !== null) {
      const back = token.startsWith("PB");
      const at = /^P[AB]/.test(token)
        ? all[back ? "findIndex" : "findLastIndex"]((row) => row.key === token.slice(2))
        : -1;
      if (at < 0) refuse(400, codes.token, `Invalid PageToken ${token}`);
      from = back ? Math.max(0, at - size) : at + 1;
      number = wholeNumber(query.get("Page")) || 0;
    } else if (wholeNumber(query.get("Page"))) {
      asked.violation("Page without PageToken");
    }
    const own = all.slice(from, from + size);
    const url = (page, tokenText) => {
      const link = new URL(asked.path, settings.nextPageOrigin ?? asked.origin);
      for (const [key, value] of query)
        if (!paging.includes(key)) link.searchParams.set(key, value);
      link.searchParams.set("PageSize", String(wanted));
      link.searchParams.set("Page", String(page));
      if (tokenText) link.searchParams.set("PageToken", tokenText);
      return link.href;
    };
    const more = from + own.length < all.length;
    return {
      [name]: reordered(own).map(({ row }) => row),
      meta: {
        key: name,
        page: number,
        page_size: wanted,
        url: url(number, token),
        first_page_url: url(0, null),
        previous_page_url: from > 0 ? url(number - 1, `PB${all[from].key}`) : null,
        next_page_url: more ? url(number + 1, `PA${all[from + own.length - 1].key}`) : null,
      },
    };
  }

  function sims(asked) {
    const { query } = asked;
    const status = query.get("Status");
    if (status !== null && !statuses.includes(status)) {
      refuse(400, codes.unknown, `Invalid Status ${status}`);
    }
    const filters = [...query.keys()].some((name) => !paging.includes(name));
    const rows = [];
    for (let index = 0; index < fleet.count; index += 1) {
      const entry = {
        key: simSidOf(fleet, index),
        get row() {
          return simOf(fleet, index, { vendor, accountSid });
        },
      };
      const row = filters ? entry.row : null;
      const fits =
        !row ||
        ((status === null || row.status === status) &&
          (!query.has("Iccid") || row.iccid === query.get("Iccid")) &&
          (!query.has("RatePlan") || row.rate_plan_sid === query.get("RatePlan")) &&
          (!query.has("EId") || (row.e_id ?? row.eid) === query.get("EId")) &&
          !query.has("SimRegistrationCode"));
      if (fits) rows.push(entry);
    }
    return page(asked, "sims", rows);
  }

  function usageRecords(asked, index) {
    const rows = usageRows(fleet, index, {
      accountSid,
      query: asked.query,
      present: asked.present,
    });
    if (typeof rows === "string") refuse(400, codes.unknown, rows);
    return page(asked, "usage_records", rows);
  }

  const answers = {
    "GET /Sims": (asked) => sims(asked),
    "GET /Sims/{sid}": (asked, [sid]) =>
      simOf(fleet, indexOf(sid, { orName: true }), { vendor, accountSid }),
    "GET /Sims/{sid}/DataSessions": (asked, [sid]) =>
      page(asked, "data_sessions", kept(indexOf(sid), asked.present)),
    "GET /Sims/{sid}/UsageRecords": (asked, [sid]) => usageRecords(asked, indexOf(sid)),
    "GET /UsageRecords": (asked) => usageRecords(asked, null),
  };

  return {
    /** @param {import("./simulator.mjs").Asked} asked already signed in */
    answer(asked) {
      if (asked.method !== "GET") asked.violation(`${asked.method} changes things`);
      const found = asked.path.startsWith("/v1/")
        ? route(asked.method, asked.path.slice("/v1".length))
        : null;
      if (!found) {
        asked.violation("no such path");
        return error(404, codes.notFound, `The requested resource ${asked.path} was not found`);
      }
      const unknown = unknownParameter(asked.query, calls[found.route]);
      if (unknown !== null) {
        asked.violation(`unknown parameter ${unknown}`);
        return error(400, codes.unknown, `Unknown parameter ${unknown}`);
      }
      try {
        return { status: 200, body: answers[found.route](asked, found.params) };
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        return error(refused.status, refused.code, refused.message);
      }
    },

    /** @returns {import("./simulator.mjs").Truth} */
    truth(present) {
      const ids = { sims: [], sessions: [], events: [] };
      let openSessions = 0;
      for (let index = 0; index < fleet.count; index += 1) {
        ids.sims.push(simSidOf(fleet, index));
        const rows = kept(index, present).map(({ row }) => row);
        ids.sessions.push(...sessionIds(rows));
        openSessions += rows.filter((row) => row.end === null).length;
      }
      const {
        sims: { length: sims },
        sessions: { length: sessions },
      } = ids;
      return { sims, sessions, events: 0, openSessions, ids };
    },

    /** Sessions start and end; there are no events. The ids are those of the sessions that changed. */
    burst(n, present) {
      const marks = fleet.burst(n, present, { changes: false });
      const sessions = marks.map(({ at, session }) => {
        const entries = kept(session.sim, Math.max(present, at));
        const names = sessionIds(entries.map(({ row }) => row));
        return names[entries.findIndex(({ key }) => key === session.key)];
      });
      return { events: [], sessions, at: latest(marks, present) };
    },
  };
}
