// The fleet's calendar. Nothing here reads a clock: "now" is a constant, so that the same files come out for ever.
// All instants are epoch milliseconds, UTC.

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant the fleet is seen from: 2026-10-30T14:00:00Z, a Friday. */
export const NOW = Date.UTC(2026, 9, 30, 14);
/** Begin of the recorded window, 30 days before NOW. */
export const FROM = NOW - 30 * DAY;
/** No vendor record is younger than this: the answers are read in the three minutes that follow. */
export const SEEN = NOW - 3 * MINUTE;
/** Days of the window by number: day 0 is 30 September, day 30 is 30 October. */
export const LAST_DAY = 30;

// Hours ahead of UTC. Europe leaves summer time on 25 October at 01:00 UTC; the others keep theirs through the window.
const EUROPE_WINTER = Date.UTC(2026, 9, 25, 1);
const OFFSETS = {
  japan: () => 9,
  europe: (t) => (t < EUROPE_WINTER ? 2 : 1),
  finland: (t) => (t < EUROPE_WINTER ? 3 : 2),
  israel: (t) => (t < Date.UTC(2026, 9, 24, 23) ? 3 : 2),
  central: () => -5,
  mountain: () => -6,
  toronto: () => -4,
  mexico: () => -6,
};

/** Hours `zone` is ahead of UTC at the instant `t`. */
const offsetHours = (zone, t) => OFFSETS[zone](t);

/** The instant of `hour` (may be fractional, negative or above 24) local time in `zone` on day number `day`. */
export function at(day, hour, zone) {
  const midnight = Date.UTC(2026, 8, 30 + day);
  const t = midnight + Math.round(hour * HOUR);
  return t - offsetHours(zone, t) * HOUR;
}

/** True on Saturday and Sunday. */
export function isWeekend(day) {
  const weekday = new Date(Date.UTC(2026, 8, 30 + day)).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** Local hour of the day, 0 to 24. */
export function localHour(t, zone) {
  const ms = t + offsetHours(zone, t) * HOUR;
  return (((ms % DAY) + DAY) % DAY) / HOUR;
}

/** RFC 3339 with milliseconds. */
export const iso = (t) => new Date(t).toISOString();
/** RFC 3339 in whole seconds. */
export const isoSeconds = (t) => iso(Math.floor(t / SECOND) * SECOND).replace(".000Z", "Z");
/** `YYYY-MM-DD` of the UTC day. */
export const isoDate = (t) => iso(t).slice(0, 10);
