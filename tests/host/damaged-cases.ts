// Damaged cases, the same in each run: their bytes are damaged, or what their `case.json` says.
import { writeCase, type CaseContent } from "../../www/case.ts";
import { bytesOf, document, koreText, smallCase, storedZip } from "./case-bench.ts";

/** Numbers from 0 on below a limit, the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
type Random = ReturnType<typeof numbers>;

/** Where the damage goes: anywhere, or into the last part, where a ZIP says what is in it. */
const placeIn = (bytes: Uint8Array, random: Random) =>
  random(2) ? random(bytes.length) : bytes.length - 1 - random(Math.min(400, bytes.length));

const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** Each kind of damage to bytes. */
const damages: ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  (bytes, random) => {
    const flipped = bytes.slice();
    for (let left = random(4); left >= 0; left -= 1) {
      const at = placeIn(bytes, random);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random(8));
    }
    return flipped;
  },
  (bytes, random) => bytes.slice(0, random(bytes.length)),
  (bytes, random) => {
    const at = placeIn(bytes, random);
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + random(30)));
  },
  (bytes, random) => {
    const at = placeIn(bytes, random);
    const put = Uint8Array.from({ length: 1 + random(30) }, () => random(256));
    return joined(bytes.subarray(0, at), put, bytes.subarray(at));
  },
  (bytes, random) => {
    const [a = 0, b = 0, c = 0] = [0, 1, 2]
      .map(() => placeIn(bytes, random))
      .sort((one, other) => one - other);
    return joined(
      ...[bytes.subarray(0, a), bytes.subarray(b, c), bytes.subarray(a, b), bytes.subarray(c)],
    );
  },
  (bytes, random) => {
    const edges = [0, 1, 0x7f, 0x80, 0xff];
    const set = bytes.slice();
    const at = placeIn(bytes, random);
    set.fill(edges[random(edges.length)] ?? 0, at, at + 1 + random(8));
    return set;
  },
];

const odd: unknown[] = [
  ...[null, true, false, 0, -1, 1, 2, 3, 1.5, 1e9, 1e308, "", "x", "\ud800", [], {}, [[]], [0, 9]],
  ...["2026-03-02T14:00:00Z", "2026-13-02T14:00:00Z", "kore", "case.json", "documents/001-a"],
  ...["9999-12-31T23:59:59Z", "a".repeat(20_000), { version: 1, filter: 1 }],
];
const keys = ["path", "bytes", "options", "name", "observed", "after", "documents", "constructor"];

/** Each place in a value that can be changed: what holds it, and by which key. */
function placesIn(value: unknown, found: [object, string][] = []): [object, string][] {
  if (typeof value !== "object" || value === null) return found;
  for (const [key, part] of Object.entries(value)) {
    found.push([value, key]);
    placesIn(part, found);
  }
  return found;
}

/** A `case.json` with some of it taken out, replaced, moved or added. */
function edited(value: unknown, random: Random): string {
  const copy: unknown = structuredClone(value);
  for (let left = random(3); left >= 0; left -= 1) {
    const places = placesIn(copy);
    const place = places[random(places.length)];
    const other = places[random(places.length)];
    if (!place || !other) break;
    const [holder, key] = place as [Record<string, unknown>, string];
    const kind = random(4);
    if (Array.isArray(holder) && kind === 0) holder.splice(Number(key), 1);
    else if (Array.isArray(holder) && kind === 3)
      holder.push(structuredClone(odd[random(odd.length)]));
    else if (kind === 0) Reflect.deleteProperty(holder, key);
    else if (kind === 1) holder[key] = structuredClone(odd[random(odd.length)]);
    else if (kind === 2) {
      holder[key] = structuredClone((other[0] as Record<string, unknown>)[other[1]]);
    } else holder[keys[random(keys.length)] ?? ""] = structuredClone(odd[random(odd.length)]);
  }
  const text = JSON.stringify(copy);
  if (random(20)) return text;
  const at = random(text.length);
  return text.slice(0, at) + text.slice(at + 1 + random(3));
}

const base = (): CaseContent => ({
  ...smallCase(),
  documents: [
    document(koreText(9), { name: "Gate 1", provider: "kore", observed: "2026-03-02T11:00:00Z" }),
    document("{}", { name: "a", sim: "Gate 4", asked_before: "2026-03-02T11:00:00Z" }),
  ],
  confirmed: [{ after: 2, documents: [0, 1], observed: Date.UTC(2026, 2, 2, 12) }],
});

/** The fields of `case.json`, and the documents by their paths. */
async function parts() {
  const { documents, confirmed, ...rest } = base();
  const paths = ["documents/001-Gate 1", "documents/002-a"];
  const listed = documents.map(({ blob, options }, at) => ({
    ...{ path: paths[at], bytes: blob.size, options },
  }));
  const told = confirmed.map((item) => ({ ...item, observed: "2026-03-02T12:00:00Z" }));
  const fields = { program: "simscope", version: 1, ...rest, documents: listed, confirmed: told };
  const texts = documents.map(async ({ blob }, at) => [paths[at] ?? "", await bytesOf(blob)]);
  const files = Object.fromEntries(await Promise.all(texts)) as Record<string, Uint8Array>;
  return { fields, files };
}

/** Two sound cases that say the same, packed and stored. */
export interface Damaged {
  sound: Uint8Array[];
  /** The next one. */
  next: () => Uint8Array<ArrayBuffer>;
}

export async function damagedCases(seed: number): Promise<Damaged> {
  const random = numbers(seed);
  const packed = await bytesOf(await writeCase(base()));
  const { fields, files } = await parts();
  const zipWith = (text: string) => storedZip({ "case.json": Buffer.from(text), ...files });
  const plain = zipWith(JSON.stringify(fields));
  const next = () => {
    const damage = damages[random(damages.length + 4)];
    const bytes = damage
      ? damage(random(2) ? packed : plain, random)
      : zipWith(edited(fields, random));
    return new Uint8Array(bytes);
  };
  return { sound: [packed, plain], next };
}
