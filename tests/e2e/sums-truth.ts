// The sums over a span, worked out from the public model in another way than the engine does: time is cut at every instant at
// which anything changes, and each piece is looked at by itself.
import { networkNames } from "../../tools/networks.mjs";

/** What a session, or a part of it, is on. */
interface On {
  radio: string | null;
  country: string | null;
  operator: string | null;
  mcc: string | null;
  mnc: string | null;
}

/** A session of the public model, as far as sums need it. */
export interface ModelSession extends On {
  provider: string;
  sim: string;
  id: string | null;
  start: string | null;
  end: string | null;
  end_kind: "exact" | "open" | "estimated" | "unknown";
  end_latest: string | null;
  last_seen: string | null;
  segments: { from: string; radio: string | null; network: Omit<On, "radio"> }[];
  bytes_up: number | null;
  bytes_down: number | null;
  bytes_total: number | null;
  packets_up: number | null;
  packets_down: number | null;
}

/** A session with what is known of the answer that it came in, epoch milliseconds. */
export interface Known {
  session: ModelSession;
  /** When its answer was fetched; null for files. */
  observed: number | null;
  /** From when until when anything was fetched of its SIM. */
  fetched: [number, number];
}

export interface Flow {
  up: number | null;
  down: number | null;
  total: number | null;
}

export interface Row {
  sessions: number;
  sims: number;
  least: number;
  most: number;
  bytes: Flow;
  packets: Flow;
}

export interface Truth extends Row {
  known: number;
  unknown: number;
  gaps: number[];
  /** By `operator`, `country` and `radio`, then by value. */
  by: Record<string, Map<string, Row>>;
}

const time = (text: string | null): number => (text === null ? NaN : Date.parse(text));

/** When a session begins, until when it was surely up, and until when it may have been. */
export function times({ session, observed }: Known): [number, number, number] {
  const begin = [session.start, session.last_seen, session.end].map(time).find((at) => at === at);
  const until = time(session.end ?? session.last_seen);
  const solid = Math.max(begin ?? NaN, Number.isNaN(until) ? -Infinity : until);
  let light = solid;
  if (session.end_kind === "open" && observed !== null) light = Math.max(solid, observed);
  if (session.end_kind === "estimated" && session.end_latest !== null) {
    light = Math.max(solid, time(session.end_latest));
  }
  return [begin ?? NaN, solid, light];
}

/** What networks are called that their vendor does not name. */
const names = networkNames();

/** What a session was on at an instant. */
function part({ session }: Known, at: number): Record<string, string> {
  const segments = session.segments.length > 1 ? session.segments : [];
  const segment = segments.findLast((segment) => time(segment.from) <= at) ?? segments[0];
  const on = segment ? { ...segment.network, radio: segment.radio } : session;
  const { operator, country, radio, mcc, mnc } = on;
  const codes = mcc !== null && mnc !== null ? `${mcc}-${mnc}` : "unknown";
  return {
    operator: operator ?? names.get(codes.replace("-", "")) ?? codes,
    country: country ?? "unknown",
    radio: radio ?? "unknown",
  };
}

const nothing = (): Flow => ({ up: null, down: null, total: null });
const empty = (): Row => ({
  sessions: 0,
  sims: 0,
  least: 0,
  most: 0,
  bytes: nothing(),
  packets: nothing(),
});

function add(flow: Flow, up: number | null, down: number | null, total: number | null): void {
  const sum = total ?? (up === null && down === null ? null : (up ?? 0) + (down ?? 0));
  if (up !== null) flow.up = (flow.up ?? 0) + up;
  if (down !== null) flow.down = (flow.down ?? 0) + down;
  if (sum !== null) flow.total = (flow.total ?? 0) + sum;
}

function carry(row: Row, { session }: Known): void {
  row.sessions += 1;
  add(row.bytes, session.bytes_up, session.bytes_down, session.bytes_total);
  add(row.packets, session.packets_up, session.packets_down, null);
}

/** The sums over [from, to] of sessions that came out of lists: of each only its own times tell. */
export function sum(all: Known[], from: number, to: number): Truth {
  const truth: Truth = { ...empty(), known: 0, unknown: 0, gaps: [], by: {} };
  const by = ["operator", "country", "radio"];
  for (const kind of by) truth.by[kind] = new Map<string, Row>();
  const row = (kind: string, value: string): Row => {
    const rows = truth.by[kind] ?? new Map<string, Row>();
    const known = rows.get(value) ?? empty();
    rows.set(value, known);
    return known;
  };
  const keys = new Set(all.map(({ session }) => session.sim));
  for (const key of keys) {
    const known = all.filter(({ session }) => session.sim === key);
    ofSim(known, from, to, truth, row, by);
  }
  return truth;
}

function ofSim(
  all: Known[],
  from: number,
  to: number,
  truth: Truth,
  row: (kind: string, value: string) => Row,
  by: string[],
): void {
  const sessions = all
    .map((known) => ({ known, times: times(known) }))
    .sort((a, b) => a.times[0] - b.times[0]);
  const inside = sessions.filter(({ times: [begin, , light] }) => begin <= to && light >= from);
  const fetched = [
    Math.min(...all.map(({ fetched }) => fetched[0])),
    Math.max(...all.map(({ fetched }) => fetched[1])),
  ] as const;
  const touched = new Map<Row, Set<Known>>();
  for (const { known } of inside) carry(truth, known);
  truth.sims += inside.length > 0 ? 1 : 0;

  const changes = sessions.flatMap(({ known, times }) => [
    ...times,
    ...known.session.segments.map((segment) => time(segment.from)),
  ]);
  const first = Math.min(...sessions.map(({ times }) => times[0]));
  const cuts = [from, to, first, ...fetched, ...changes].filter((at) => at >= from && at <= to);
  const instants = [...new Set(cuts)].sort((a, b) => a - b);
  let gap: { length: number; unsure: boolean } | null = null;
  const endGap = (): void => {
    if (gap && !gap.unsure) truth.gaps.push(gap.length);
    gap = null;
  };
  for (const [at, begin] of instants.entries()) {
    const end = instants[at + 1];
    if (end === undefined) break;
    const length = end - begin;
    const up = sessions.filter(({ times }) => times[0] <= begin && begin < times[2]);
    const surely = up.filter(({ times }) => begin < times[1]);
    const isFetched = begin >= fetched[0] && begin < fetched[1];
    // Behind the session that reaches furthest nothing is known where nobody reported its end.
    const before = sessions.filter(({ times }) => times[0] <= begin);
    const reach = Math.max(...before.map(({ times }) => times[2]));
    const lost = before.some(
      ({ known, times }) => times[2] === reach && known.session.end_kind === "unknown",
    );
    const isUnknown = up.length === 0 && lost;
    if (up.length > 0) truth.most += length;
    if (surely.length > 0) truth.least += length;
    if (isFetched) truth[isUnknown ? "unknown" : "known"] += length;
    const begins = sessions.some(({ times }) => times[0] === begin);
    if (up.length > 0 || begins || !isFetched) endGap();
    if (up.length === 0 && isFetched && begin >= first) {
      gap ??= { length: 0, unsure: false };
      gap.length += length;
      gap.unsure ||= isUnknown;
    }
    for (const kind of by) {
      const values = (of: typeof up) =>
        new Set(of.map(({ known }) => part(known, begin)[kind] ?? ""));
      for (const value of values(up)) row(kind, value).most += length;
      for (const value of values(surely)) row(kind, value).least += length;
      for (const { known } of up) {
        const found = row(kind, part(known, begin)[kind] ?? "");
        touched.set(found, (touched.get(found) ?? new Set<Known>()).add(known));
      }
    }
  }
  endGap();
  for (const [found, which] of touched) {
    found.sims += 1;
    for (const known of which) {
      // Of a session that changed nobody knows what it carried where.
      const { segments } = known.session;
      const kind = by.find((kind) => [...(truth.by[kind]?.values() ?? [])].includes(found)) ?? "";
      const values = segments.map((segment) => part(known, time(segment.from))[kind]);
      if (segments.length > 1 && new Set(values).size > 1) found.sessions += 1;
      else carry(found, known);
    }
  }
}

/** The middle one, of an even number between the two. */
export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [below = NaN, above = NaN] = [sorted[half - 1], sorted[half]];
  return sorted.length % 2 === 0 ? Math.floor((below + above) / 2) : above;
}
