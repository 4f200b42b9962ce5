// What a report is to tell of the demo fleet, worked out from the vendors' recorded answers alone: nothing here knows the model.
import { median } from "./sums-truth.ts";
import { demoAnswers, readDemo, type DemoAnswer } from "./scope.ts";

/** An event of an answer: of which SIM (by ICCID where the answer tells it), when, and of which kind. */
export interface RawEvent {
  sim: string;
  at: number;
  kind: string;
}

/** A session of a vendor that lists sessions. */
export interface RawSession {
  vendor: string;
  id: string;
  sim: string;
  start: number;
  /** Null where it is open. */
  end: number | null;
  /** Null where nothing is told. */
  up: number | null;
  down: number | null;
  total: number | null;
}

const answersOf = (answer: string): DemoAnswer[] =>
  demoAnswers().filter((known) => known.answer === answer);

const read = <Body>({ file }: DemoAnswer): Body => JSON.parse(readDemo(file)) as Body;

/** What is told twice is one event. */
function once<Item>(items: Item[], key: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}

interface SoracomEvent {
  time: number;
  event: string;
}

/** Soracom's session events, and changes of a SIM's status. */
function soracomEvents(): RawEvent[] {
  const kinds: Record<string, string> = {
    Created: "session_created",
    Modified: "session_modified",
    Deleted: "session_deleted",
  };
  const sessions = answersOf("listSimSessionEvents").flatMap((answer) =>
    read<SoracomEvent[]>(answer).map((event) => ({
      sim: answer.sim ?? "",
      at: event.time,
      kind: kinds[event.event] ?? "other",
      text: JSON.stringify(event),
    })),
  );
  const states = answersOf("listSimStatusHistory").flatMap((answer) =>
    read<{ applyDateTimeEpochSec: number }[]>(answer).map((state) => ({
      sim: answer.sim ?? "",
      at: state.applyDateTimeEpochSec * 1000,
      kind: "sim_status",
      text: JSON.stringify(state),
    })),
  );
  return once([...sessions, ...states], ({ sim, text }) => `${sim} ${text}`);
}

interface Hit {
  _source: { message: string; MessageType: string; Timestamp: number; EsDataType: string };
}

interface Thing {
  ThingId: string;
  LastLocation?: { Timestamp?: number | null };
}

/** Monogoto's log, of which only whole words are understood, and the last location of each thing. */
function monogotoEvents(): RawEvent[] {
  const log = answersOf("POST /thing/searchCDR").flatMap((answer) =>
    read<{ hits: Hit[] }>(answer).hits.map(({ _source: row }) => ({
      sim: answer.sim ?? "",
      at: row.Timestamp,
      kind: kindOf(row),
      text: JSON.stringify(row),
    })),
  );
  const located = answersOf("GET /things")
    .flatMap((answer) => read<Thing[]>(answer))
    .flatMap(({ ThingId, LastLocation }) => {
      const at = LastLocation?.Timestamp;
      return at ? [{ sim: ThingId, at, kind: "location_update", text: "" }] : [];
    });
  return once([...log, ...located], ({ sim, at, text }) => `${sim} ${at} ${text}`);
}

function kindOf({ message, EsDataType, MessageType }: Hit["_source"]): string {
  const kinds: Record<string, string> = { data: "data_usage" };
  for (const word of [message, EsDataType, MessageType]) {
    const kind = kinds[word.toLowerCase()];
    if (kind !== undefined) return kind;
  }
  return "other";
}

interface Activity {
  event_id: string;
  iccid?: string;
  event_type: string;
  timestamp: string;
}

/** WAYSCloud's activity, of single SIMs and of all: the same event is in both. */
function wayscloudEvents(): RawEvent[] {
  const answers = [...answersOf("GET /sims/activity"), ...answersOf("GET /sims/{iccid}/activity")];
  const kinds: Record<string, string> = { data_usage_update: "data_usage" };
  const events = answers.flatMap((answer) => {
    const { iccid, activity } = read<{ iccid?: string; activity: Activity[] }>(answer);
    return activity.map((event) => ({
      id: event.event_id,
      sim: event.iccid ?? iccid ?? "",
      at: Date.parse(event.timestamp),
      kind: kinds[event.event_type] ?? event.event_type,
    }));
  });
  return once(events, ({ id }) => id);
}

/** All events of the demo fleet. */
export const rawEvents = (): RawEvent[] =>
  [...soracomEvents(), ...monogotoEvents(), ...wayscloudEvents()].map(({ sim, at, kind }) => ({
    sim,
    at,
    kind,
  }));

interface WirelessSession {
  sid: string;
  sim_sid: string;
  start: string;
  end: string | null;
  packets_uploaded: number | null;
  packets_downloaded: number | null;
}

interface GlobalSession {
  session_id: string;
  start_time: string;
  end_time: string | null;
  data_usage: { upload_mb: number | null; download_mb: number | null; total_mb: number | null };
}

const time = (text: string | null): number | null => (text === null ? null : Date.parse(text));

/** The sessions of the vendors that list them: Twilio and KORE in packets, WAYSCloud in MB. */
export function rawSessions(): RawSession[] {
  const wireless = answersOf("GET /v1/Sims/{SimSid}/DataSessions").flatMap((answer) =>
    read<{ data_sessions: WirelessSession[] }>(answer).data_sessions.map((session) => ({
      vendor: answer.provider,
      id: session.sid,
      sim: session.sim_sid,
      start: Date.parse(session.start),
      end: time(session.end),
      up: session.packets_uploaded,
      down: session.packets_downloaded,
      total: null,
    })),
  );
  const global = answersOf("GET /sims/{iccid}/sessions").flatMap((answer) => {
    const { iccid, sessions } = read<{ iccid: string; sessions: GlobalSession[] }>(answer);
    return sessions.map(({ session_id, start_time, end_time, data_usage }) => ({
      vendor: "wayscloud",
      id: session_id,
      sim: iccid,
      start: Date.parse(start_time),
      end: time(end_time),
      up: data_usage.upload_mb,
      down: data_usage.download_mb,
      total: data_usage.total_mb,
    }));
  });
  // An id may be null, and may come again: with another start it is another session.
  const key = ({ vendor, sim, id, start }: RawSession) => `${vendor} ${sim} ${id} ${start}`;
  return once<RawSession>([...wireless, ...global], key);
}

/** How often each value comes, most first. */
export function counts(values: string[]): [string, number][] {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1]);
}

/** The figures of some sessions. */
export interface Told {
  sessions: number;
  sims: number;
  up: number | null;
  down: number | null;
  total: number | null;
  mean: number | null;
  median: number | null;
}

export function tell(sessions: RawSession[]): Told {
  const sum = (of: (session: RawSession) => number | null): number | null => {
    const told = sessions.map(of).filter((n) => n !== null);
    return told.length === 0 ? null : told.reduce((sum, n) => sum + n, 0);
  };
  const both = ({ up, down, total }: RawSession): number | null =>
    total ?? (up === null && down === null ? null : (up ?? 0) + (down ?? 0));
  const lengths = sessions.flatMap(({ start, end }) => (end === null ? [] : [end - start]));
  const any = lengths.length > 0;
  return {
    sessions: sessions.length,
    sims: new Set(sessions.map(({ sim }) => sim)).size,
    up: sum(({ up }) => up),
    down: sum(({ down }) => down),
    total: sum(both),
    mean: any ? Math.round(lengths.reduce((sum, n) => sum + n, 0) / lengths.length) : null,
    median: any ? median(lengths) : null,
  };
}
