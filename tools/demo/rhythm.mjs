// When a device is connected and how much it sends. Plain spans of time, before any vendor's format.
// A span is `{ start, end }`; `end` null means still connected at NOW.

import { DAY, HOUR, LAST_DAY, MINUTE, SECOND, SEEN, at, isWeekend, localHour } from "./time.mjs";

/** Share of a day's traffic in each local hour: quiet at night, two humps by day. */
const HOURLY = [1, 1, 1, 1, 1, 2, 4, 7, 9, 9, 8, 8, 9, 8, 8, 8, 9, 10, 9, 7, 5, 4, 2, 1];
const HOURLY_SUM = HOURLY.reduce((sum, share) => sum + share, 0);

/** Ends spans that reach beyond the last record, drops those that begin after it. */
function untilSeen(spans) {
  return spans
    .filter((span) => span.start < SEEN - MINUTE)
    .map((span) => (span.end !== null && span.end > SEEN ? { ...span, end: null } : span));
}

/** A device that reconnects at a fixed pace: `hours` from start to start, `gap` seconds offline before each. */
export function steady(random, { from, to = SEEN + DAY, hours, gap: [low, high] }) {
  const spans = [];
  for (let start = from; start < to; start += hours * HOUR) {
    const begin = start + Math.round(random.near(0, 25) * SECOND);
    spans.push({
      start: begin,
      end: start + hours * HOUR - Math.round(random.between(low, high) * SECOND),
    });
  }
  return untilSeen(spans);
}

/** A device that runs by the clock: `plan` lists `[begin, end]` in local hours of each day; both move by up to `sway` hours. */
export function daily(
  random,
  { days = [0, LAST_DAY], zone, plan, sway = 0.4, workdays = false, skip = 0 },
) {
  const spans = [];
  for (let day = days[0]; day <= days[1]; day += 1) {
    if (workdays && isWeekend(day)) continue;
    for (const [begin, end] of plan) {
      if (random.chance(skip)) continue;
      const start = at(day, random.near(begin, sway), zone);
      spans.push({
        start,
        end: Math.max(start + 3 * MINUTE, at(day, random.near(end, sway), zone)),
      });
    }
  }
  return untilSeen(
    spans.map(({ start, end }) => ({
      start: start + random.whole(0, 59999),
      end: end + random.whole(0, 59999),
    })),
  );
}

/** A device that is nearly always connected: spans of `hours`, `gap` minutes between them. */
export function lasting(
  random,
  { from, to = SEEN + DAY, hours: [shortest, longest], gap: [low, high] },
) {
  const spans = [];
  for (let start = from; start < to;) {
    const end = start + Math.round(random.between(shortest, longest) * HOUR);
    spans.push({ start, end: Math.min(end, to) });
    start = end + Math.round(random.between(low, high) * MINUTE);
  }
  return untilSeen(spans);
}

/** Amount sent in a span, given the amount of a whole day: follows the hours of the day, sways by a fifth. */
export function amount(random, span, perDay, zone) {
  const end = span.end ?? SEEN;
  let share = 0;
  for (let t = span.start; t < end;) {
    const step = Math.min(HOUR, end - t);
    share += (HOURLY[Math.floor(localHour(t, zone))] / HOURLY_SUM) * (step / HOUR);
    t += step;
  }
  return Math.max(1, Math.round(perDay * share * random.near(1, 0.2)));
}

/** `count` short spans between two instants, by day rather than at night: a device that cannot stay connected. */
export function storm(random, { from, to, count, seconds: [shortest, longest], zone }) {
  const starts = [];
  while (starts.length < count) {
    const t = Math.round(random.between(from, to));
    if (random.unit() * 10 < HOURLY[Math.floor(localHour(t, zone))]) starts.push(t);
  }
  starts.sort((a, b) => a - b);
  const spans = [];
  for (const begin of starts) {
    const previous = spans[spans.length - 1];
    const start = Math.max(
      begin,
      previous === undefined ? begin : previous.end + random.whole(4, 15) * SECOND,
    );
    spans.push({ start, end: start + Math.round(random.between(shortest, longest)) * SECOND });
  }
  return spans;
}
