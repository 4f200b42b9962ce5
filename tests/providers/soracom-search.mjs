// What Soracom's `GET /query/sims` and `GET /subscribers` select by.
import { onlineSession } from "./soracom-rows.mjs";

export const searchNames = [
  ...["name", "group", "group_id", "sim_id", "imsi", "msisdn", "iccid", "serial_number", "tag"],
  ...["bundles", "status", "subscription", "module_type"],
];

/** What of a SIM's row each name searches. */
function textOf(row, name) {
  const [profile] = Object.values(row.profiles);
  const subscribers = Object.values(profile.subscribers);
  switch (name) {
    case "name":
      return [row.tags.name ?? ""];
    case "sim_id":
      return [row.simId];
    case "imsi":
    case "msisdn":
    case "subscription":
      return subscribers.map((one) => one[name]);
    case "iccid":
      return [profile.iccid];
    case "tag":
      return Object.values(row.tags);
    case "status":
      return [row.status];
    case "module_type":
      return [row.moduleType];
    default:
      return [];
  }
}

/** The test that a query means, or what is wrong with the query. */
export function simSearch(query, present) {
  const wanted = [];
  for (const name of searchNames) {
    for (const text of query.getAll(name).flatMap((value) => value.split(","))) {
      if (text.length < 2) return `${name} needs at least 2 characters`;
      wanted.push([name, text.toLowerCase()]);
    }
  }
  const state = query.get("session_status");
  if (state !== null && !["NA", "ONLINE", "OFFLINE"].includes(state)) return "session_status";
  const type = query.get("search_type") ?? "and";
  if (!["and", "or"].includes(type)) return "search_type is and, or";
  return (row, sessions) => {
    const met = ([name, text]) =>
      textOf(row, name).some((value) => value.toLowerCase().includes(text));
    const now =
      sessions.length === 0 ? "NA" : onlineSession(sessions, present) ? "ONLINE" : "OFFLINE";
    if (state !== null && state !== now) return false;
    return wanted.length === 0 || (type === "and" ? wanted.every(met) : wanted.some(met));
  };
}

/** The test of a subscriber's row that the filters mean, or what is wrong with them. */
export function subscriberFilter(query) {
  const mode = query.get("tag_value_match_mode") ?? "exact";
  if (!["exact", "prefix"].includes(mode)) return "tag_value_match_mode is exact, prefix";
  const [tag, value] = [query.get("tag_name"), query.get("tag_value") ?? ""];
  const among = (name) => query.get(name)?.split("|") ?? null;
  const [statuses, classes] = [among("status_filter"), among("speed_class_filter")];
  return (row) => {
    const own = tag === null ? null : (row.tags[tag] ?? null);
    const tagged =
      tag === null || (own !== null && (mode === "exact" ? own === value : own.startsWith(value)));
    return (
      tagged &&
      (!statuses || statuses.includes(row.status)) &&
      (!classes || classes.includes(row.speedClass)) &&
      !query.has("serial_number_filter")
    );
  };
}
