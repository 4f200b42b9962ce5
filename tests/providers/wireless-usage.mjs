// UsageRecords of Twilio and KORE: bytes by hour, day or span, of a SIM or of the whole account, kept for 18 months.
import { day, hour } from "./fleet.mjs";
import { hash } from "./random.mjs";
import { simSidOf } from "./wireless-rows.mjs";

const lengths = { hourly: hour, daily: day };

/**
 * The rows of a query, newest first, each with its key; or what is wrong with the query. `index` null asks for the account.
 * @returns {{ key: string, row: object }[] | string}
 */
export function usageRows(fleet, index, { accountSid, query, present }) {
  const granularity = query.get("Granularity") ?? "all";
  if (!["all", "daily", "hourly"].includes(granularity))
    return `Invalid Granularity ${granularity}`;
  const end = instant(query.get("End")) ?? present;
  const start = instant(query.get("Start")) ?? end - 30 * day;
  if (Number.isNaN(end) || Number.isNaN(start)) return "Start and End are ISO 8601 times";
  const from = Math.max(start, present - 540 * day);
  const to = Math.min(end, present);
  if (from >= to) return [];
  const length = lengths[granularity];
  const periods = [];
  if (length) {
    for (let at = Math.floor((to - 1) / length) * length; at + length > from; at -= length) {
      periods.push([at, at + length]);
    }
  } else {
    periods.push([from, to]);
  }
  return periods.map(([begin, until]) => ({
    key: String(begin),
    get row() {
      return record(fleet, index, accountSid, begin, until, granularity);
    },
  }));
}

function instant(text) {
  return text === null ? null : /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
}

function record(fleet, index, accountSid, start, end, granularity) {
  let [upload, download] = [0, 0];
  const members = index === null ? fleet.count : 1;
  for (let at = 0; at < members; at += 1) {
    const [up, down] = bytes(fleet.salt, index ?? at, start, end);
    upload += up;
    download += down;
  }
  const dice = hash(fleet.salt, start, index ?? 0, "record");
  const odd = granularity !== "all" && dice % 29 === 3;
  const time = (ms) => new Date(ms).toISOString();
  return {
    account_sid: accountSid,
    sim_sid: index === null ? null : simSidOf(fleet, index),
    period: { start: time(start), end: time(end) },
    data: odd
      ? {}
      : {
          total: upload + download,
          upload,
          download,
          units: "bytes",
          billed: 0.5,
          billing_units: "USD",
          home: {},
          national_roaming: dice % 2 ? null : {},
          international_roaming: [],
        },
    commands: {},
  };
}

/** Every tenth SIM moves gigabytes a day: totals pass 2^32. */
function bytes(salt, index, start, end) {
  const days = (end - start) / day;
  const daily =
    (index % 10 === 3 ? 3e9 : 2e5) *
    (1 + (hash(salt, index, Math.floor(start / hour)) % 100) / 100);
  return [Math.floor(daily * days), Math.floor(daily * days * 2)];
}
