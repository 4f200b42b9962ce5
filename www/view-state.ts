// The view's public form: versioned, checked, as an object and as the fragment of a link. What comes in from outside is read with
// care: each field that is not as it should be is left out and noted, and the rest holds.
import type { Span, TableState, ViewState } from "./api/types.ts";

/** The present version. */
export const version = 1;

/** What a state was read as, and what of it was left out, in words for the visitor. */
export interface ReadState {
  state: ViewState;
  notes: string[];
}

type Fields = Record<string, unknown>;

/** From each former version to the next. */
const upgraders: Record<number, (former: Fields) => Fields> = {};

const words = {
  colour: ["radio", "operator", "country", "provider"],
  group: [
    "country",
    "provider",
    "operator",
    "tag",
    "device",
    "radio",
    "device-type",
    "group",
    "none",
  ],
  sort: ["name", "offline", "seen", "sessions", "traffic"],
  tab: ["sims", "sessions", "events", "usage", "report", "findings"],
  pane: ["timeline", "map", "tables", "inspector"],
} as const;
const tableNames = ["sims", "sessions", "events", "usage"] as const;
const lists = ["hidden", "folded"] as const;
const markLists = ["opened", "pinned", "leftOut", "muted"] as const;
const marks = ["sim", "session", "event"] as const;
const spans = ["range", "span"] as const;
/** So many hours or days. */
const lastSpan = /^[1-9]\d{0,3}[hd]$/;

const longestText = 2000;
const longestList = 500;
const mostOfLimit = 1e15;
/** More than that tells nobody anything. */
const mostNotes = 8;
const mark = /^[0-9a-f]{1,16}$/;
const zoneName = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;
const limitName = /^[a-z_]{1,32}\.[a-z_]{1,32}$/;
const columnName = /^[a-z]{1,32}$/;

/** What instants may be: of four-digit years. */
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9999, 0, 1);

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string =>
  typeof value === "string" && value.length <= longestText;
const textsOf = (value: unknown, fits: (text: string) => boolean): string[] | undefined =>
  Array.isArray(value) && value.length <= longestList
    ? value.every((item): item is string => isText(item) && fits(item))
      ? value
      : undefined
    : undefined;

function spanOf(value: unknown): Span | undefined {
  if (!isObject(value)) return undefined;
  const { from, to } = value;
  if (typeof from !== "string" || typeof to !== "string") return undefined;
  const [start, end] = [Date.parse(from), Date.parse(to)];
  if (!(start >= earliest && end <= latest && start < end)) return undefined;
  return { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
}

function tableOf(value: unknown): TableState | undefined {
  if (!isObject(value)) return undefined;
  const table: TableState = {};
  const columns = textsOf(value["columns"], (name) => columnName.test(name));
  if (columns?.length) table.columns = columns;
  const { sort, descending } = value;
  if (sort === null || (typeof sort === "string" && columnName.test(sort))) {
    table.sort = sort;
    table.descending = descending === true;
  }
  return table;
}

function tablesOf(value: unknown): ViewState["tables"] | undefined {
  if (!isObject(value)) return undefined;
  const read: NonNullable<ViewState["tables"]> = {};
  for (const tab of tableNames) {
    const table = value[tab] === undefined ? undefined : tableOf(value[tab]);
    if (table && Object.keys(table).length) read[tab] = table;
  }
  return Object.keys(read).length || !Object.keys(value).length ? read : undefined;
}

function limitsOf(value: unknown): ViewState["limits"] | undefined {
  if (!isObject(value)) return undefined;
  const limits = Object.entries(value);
  const fits = ([name, limit]: [string, unknown]) =>
    limitName.test(name) && typeof limit === "number" && limit >= 0 && limit <= mostOfLimit;
  return limits.length <= longestList && limits.every(fits)
    ? // What JavaScript calls -0 is 0.
      Object.fromEntries(limits.map(([name, limit]) => [name, (limit as number) + 0]))
    : undefined;
}

/** Each field by what it is read with; undefined: it is not as it should be. */
const readers: Record<string, (value: unknown) => unknown> = {
  demo: (value) => (typeof value === "boolean" ? value : undefined),
  filter: (value) => (isText(value) ? value : undefined),
  zone: (value) => (typeof value === "string" && zoneName.test(value) ? value : undefined),
  laneHeight: (value) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 200
      ? value
      : undefined,
  last: (value) => (typeof value === "string" && lastSpan.test(value) ? value : undefined),
  tables: tablesOf,
  limits: limitsOf,
  ...Object.fromEntries(spans.map((name) => [name, spanOf])),
  ...Object.fromEntries(
    Object.entries(words).map(([name, known]) => [
      name,
      (value: unknown) => ((known as readonly unknown[]).includes(value) ? value : undefined),
    ]),
  ),
  ...Object.fromEntries(
    lists.map((name) => [name, (value: unknown) => textsOf(value, () => true)]),
  ),
  ...Object.fromEntries(
    markLists.map((name) => [name, (value: unknown) => textsOf(value, (text) => mark.test(text))]),
  ),
  ...Object.fromEntries(
    marks.map((name) => [
      name,
      (value: unknown) => (typeof value === "string" && mark.test(value) ? value : undefined),
    ]),
  ),
};

const newer =
  "It is of a newer simscope than this one: what this one does not know of it is left out.";

/** Reads a state of any version. Never throws. */
export function readState(value: unknown): ReadState {
  const state: ViewState = { version };
  if (!isObject(value)) return { state, notes: ["It holds no view."] };
  const notes: string[] = [];
  let fields = value;
  let of = value["version"];
  if (typeof of !== "number" || !Number.isInteger(of) || of < 1) {
    return { state, notes: ["It says no version, so nothing of it was taken over."] };
  }
  for (; of < version; of += 1) {
    const upgrade = upgraders[of];
    if (upgrade) fields = upgrade(fields);
  }
  if (of > version) notes.push(newer);
  for (const [name, given] of Object.entries(fields)) {
    if (name === "version" || given === undefined || given === null) continue;
    const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
    const read = reader?.(given);
    if (read !== undefined) Object.assign(state, { [name]: read });
    else if (notes.length < mostNotes)
      notes.push(`“${name.slice(0, 40)}” ${reader ? "is not as it should be" : "is not known"}.`);
  }
  return { state, notes };
}

/** What a field means that a state does not hold. Range and zone stay as they are. */
const usual = {
  ...{ filter: "", colour: "radio", group: "country", sort: "name", laneHeight: 0 },
  ...{ hidden: [], folded: [], opened: [], pinned: [], leftOut: [], muted: [], limits: {} },
  ...{ sim: null, session: null, event: null, tab: "sims", pane: "timeline", tables: {} },
};

/** What the views say of themselves, without what is as it is at first. */
export const publicState = (view: Fields): ViewState => readPublic(view).state;

/** The same, with what of it cannot be said. */
export function readPublic(view: Fields): ReadState {
  const fields: Fields = { version };
  for (const [name, value] of Object.entries(view)) {
    const isUsual =
      value === null ||
      value === false ||
      JSON.stringify(value) === JSON.stringify((usual as Fields)[name]);
    if (isUsual) continue;
    fields[name] = spans.some((span) => span === name) ? isoSpan(value as [number, number]) : value;
  }
  return readState(fields);
}

const isoSpan = ([from, to]: [number, number]): Span => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

/** As the views take it. */
export function viewOf(state: ViewState): Fields {
  const edges = (span: Span | undefined) =>
    span ? [Date.parse(span.from), Date.parse(span.to)] : null;
  const { range, span, last, ...rest } = state;
  const view = { ...usual, ...rest, range: edges(range), span: edges(span) };
  return last ? { ...view, range: null, last: lastMs(last) } : view;
}

const lastMs = (last: string): number =>
  Number(last.slice(0, -1)) * (last.endsWith("h") ? 3_600_000 : 86_400_000);

const separator = ",";
const listText = (items: string[]): string => items.map(encodeURIComponent).join(separator);
const listOf = (text: string): string[] =>
  text === "" ? [] : text.split(separator).map(decodeURIComponent);

/** A state as the fragment of a link, without the number sign: `simscope=1&filter=…`. */
export function fragmentOf(state: ViewState): string {
  const parts = new URLSearchParams({ simscope: String(version) });
  for (const [name, value] of Object.entries(state) as [keyof ViewState, unknown][]) {
    if (name === "version" || value === undefined) continue;
    if (name === "tables") {
      for (const [tab, table] of Object.entries(value as Record<string, TableState>)) {
        if (table.columns) parts.set(`${tab}.columns`, listText(table.columns));
        if (table.sort !== undefined) {
          parts.set(`${tab}.order`, `${table.descending ? "-" : ""}${table.sort ?? "timeline"}`);
        }
      }
    } else if (name === "limits") {
      const limits = Object.entries(value as Record<string, number>);
      parts.set(
        name,
        limits.map(([limit, number]) => `${limit}:${String(number)}`).join(separator),
      );
    } else if (Array.isArray(value)) parts.set(name, listText(value as string[]));
    else if (isObject(value)) parts.set(name, `${String(value["from"])}/${String(value["to"])}`);
    else parts.set(name, String(value));
  }
  return parts.toString();
}

/** Whether a fragment means a view of simscope: others are the page's own. */
export const isFragment = (fragment: string): boolean => /^#?simscope=/.test(fragment);

/** Reads a fragment. Never throws. */
export function readFragment(fragment: string): ReadState {
  const fields: Fields = {};
  const tables: Record<string, Fields> = {};
  try {
    for (const [name, text] of new URLSearchParams(fragment.replace(/^#/, ""))) {
      const [tab, of] = name.split(".", 2);
      if (name === "simscope") fields["version"] = /^\d{1,6}$/.test(text) ? Number(text) : text;
      else if (tab !== undefined && of === "columns") (tables[tab] ??= {})[of] = listOf(text);
      else if (tab !== undefined && of === "order") {
        const by = text.replace(/^-/, "");
        const order = { sort: by === "timeline" ? null : by, descending: text.startsWith("-") };
        Object.assign((tables[tab] ??= {}), order);
      } else fields[name] = valueOf(name, text);
    }
  } catch {
    return { state: { version }, notes: ["It is damaged. Copy the whole link again."] };
  }
  if (Object.keys(tables).length) fields["tables"] = tables;
  return readState(fields);
}

function limitIn(text: string): [string, number] {
  const [name, number] = text.split(":", 2);
  return [name ?? "", number === undefined || number.trim() === "" ? NaN : Number(number)];
}

function valueOf(name: string, text: string): unknown {
  const isList = [...lists, ...markLists].some((known) => known === name);
  if (isList) return listOf(text);
  if (spans.some((known) => known === name)) {
    const [from, to] = text.split("/", 2);
    return { from, to };
  }
  if (name === "limits") return Object.fromEntries(listOf(text).map(limitIn));
  if (name === "demo") return text === "true";
  if (name === "laneHeight") return Number(text);
  return text;
}
