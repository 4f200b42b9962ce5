// Cases: what is saved is opened again as it was, other programs can unpack it, and whatever is wrong with a file is said.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { BlobReader, ZipReader } from "@zip.js/zip.js/lib/zip-core-custom.js";
import { CaseError, readCase, writeCase, type CaseContent } from "../../www/case.ts";
import { version } from "../../www/case/format.ts";
import { documentPaths } from "../../www/case/paths.ts";
import {
  assertSound,
  bytesOf,
  comparable,
  document,
  koreText,
  smallCase,
  zipOf,
} from "./case-bench.ts";

const names = [
  ...["same", "same", "", "/etc/passwd", "..\\..\\x", "../../..", ".", "CON", "a:b*c?.json"],
  ...[
    "line\nbreak\u0000\u0007",
    "\u202egnp.exe",
    "\u05e9\u05dc\u05d5\u05dd.json",
    "📡 gate 4.json",
  ],
  ...["\ud800 half", "汉".repeat(300), `${"long ".repeat(1_000)}.json.gz`, "  .hidden.  "],
];

const whole: CaseContent = {
  documents: [
    document(koreText(9), {
      ...{ name: "All of it", source: "KORE", provider: "kore", sim: "Gate 4", account: true },
      ...{ observed: "2026-03-02T12:00:00+02:00", asked_before: "2026-03-02T11:00:00.5Z" },
      ...{ history: true, located: "geo.example" },
    }),
    document("", { name: "empty", account: false }),
    ...names.map((name, at) => document(koreText(at), { name })),
  ],
  confirmed: [
    { after: 2, documents: [0, 1], observed: Date.UTC(2026, 2, 2, 12, 0, 0, 123) },
    { after: names.length + 2, documents: [1, 5], observed: Date.UTC(2026, 2, 2, 13) },
  ],
  view: {
    version: 1,
    range: { from: "2026-03-01T00:00:00.000Z", to: "2026-03-03T00:00:00.000Z" },
    filter: 'operator:"Example Mobile" ü',
    hidden: ["2g"],
    tables: { sims: { columns: ["name"], sort: null, descending: false } },
  },
  masked: true,
  saved: "2026-03-02T14:00:00.000Z",
};

async function refusal(blob: Blob): Promise<string> {
  const error: unknown = await readCase(blob).then(
    () => assert.fail("it was read"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CaseError, String(error));
  return error.message;
}

/** A case with its `case.json` replaced, and its documents as they were. */
async function withManifest(change: (fields: Record<string, unknown>) => unknown): Promise<Blob> {
  const { documents } = smallCase();
  const paths = documentPaths(documents.map(({ options }) => options.name));
  const listed = documents.map(({ blob, options }, at) => ({
    ...{ path: paths[at], bytes: blob.size, options },
  }));
  const fields = { program: "simscope", version: 1, view: { version: 1 }, masked: false };
  const changed = change({ ...fields, documents: listed, confirmed: [] });
  const files = documents.map(({ blob }, at) => [paths[at], blob] as const);
  return zipOf({ "case.json": JSON.stringify(changed), ...Object.fromEntries(files) });
}

test("what is written is read back the same", async () => {
  const read = await readCase(await writeCase(whole));
  assert.deepEqual(read.notes, []);
  assert.deepEqual(await comparable(read.content), await comparable(whole));
  assertSound(read);
});

test("a case of nothing is one too", async () => {
  const nothing = { ...smallCase(), documents: [], confirmed: [] };
  const { content, notes } = await readCase(await writeCase(nothing));
  assert.deepEqual([content, notes], [nothing, []]);
});

test("documents lie at paths of their own that every system can unpack", () => {
  const paths = documentPaths(names);
  assert.equal(new Set(paths).size, names.length);
  for (const name of paths) {
    assert.match(name, /^documents\/\d{3}-[\p{L}\p{M}\p{N} ._()+-]+$/u);
    assert.doesNotMatch(name, /\.\.|[. ]$/);
    assert.ok(Buffer.byteLength(path.basename(name)) < 255);
  }
  assert.match(paths.find((name) => name.includes("long")) ?? "", /\.json\.gz$/);
  assert.match(documentPaths(Array.from({ length: 1_000 }, () => "a"))[0] ?? "", /\/0001-a$/);
});

/** Whether a program is there. */
function runs(program: string, ...words: string[]): boolean {
  try {
    execFileSync(program, words, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const checkers = [
  { program: "unzip", asked: ["-v"], words: ["-tq"] },
  { program: "python3", asked: ["-V"], words: ["-m", "zipfile", "-t"] },
];
for (const { program, asked, words } of checkers) {
  const skip = runs(program, ...asked) ? false : `${program} is not there`;
  test(`${program} finds nothing wrong with a case`, { skip }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "simscope-case-"));
    try {
      const file = path.join(folder, "case.zip");
      writeFileSync(file, Buffer.from(await (await writeCase(whole)).arrayBuffer()));
      assert.match(String(execFileSync(program, [...words, file])), /No errors|Done testing/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test("case.json is the first file, and all are of when it was saved", async () => {
  const blob = await writeCase(smallCase());
  assert.equal(blob.type, "application/zip");
  const entries = await new ZipReader(new BlobReader(blob)).getEntries();
  assert.deepEqual(
    entries.map(({ filename, lastModDate }) => [filename, lastModDate.toISOString()]),
    ["case.json", ...["1", "2", "3"].map((at) => `documents/00${at}-Gate ${at}`)].map((name) => [
      name,
      smallCase().saved,
    ]),
  );
  const again = await writeCase(smallCase());
  assert.deepEqual(await bytesOf(blob), await bytesOf(again), "the same content, the same file");
});

test("a case of every version that ever was is read", async () => {
  const folder = path.join(import.meta.dirname, "cases");
  const files = readdirSync(folder).filter((name) => name.endsWith(".zip"));
  assert.deepEqual(
    files.sort(),
    Array.from({ length: version }, (_, at) => `version-${at + 1}.zip`),
  );
  for (const name of files) {
    const read = await readCase(new Blob([readFileSync(path.join(folder, name))]));
    const told = readFileSync(path.join(folder, name.replace(".zip", ".json")), "utf8");
    assert.deepEqual(read.notes, [], name);
    assert.deepEqual(await comparable(read.content), JSON.parse(told), name);
  }
});

test("the case.json of docs/case.md is one", async () => {
  const page = path.join(import.meta.dirname, "..", "..", "docs", "case.md");
  const [, text = ""] = /```json\n(.*?)```/s.exec(readFileSync(page, "utf8")) ?? [];
  const zip = { "case.json": text, "documents/001-Gate 4.json": " ".repeat(5120) };
  const { content, notes } = await readCase(await zipOf(zip));
  assert.deepEqual(notes, []);
  assert.equal(content.documents[0]?.options.provider, "kore");
  assert.deepEqual(content.confirmed[0]?.documents, [0]);
});

test("what is no case is told apart, and what to do is said", async () => {
  const good = await writeCase(smallCase());
  const { size } = good;
  const other = { "case.json": JSON.stringify({ name: "luggage" }) };
  const refused: [Blob, RegExp][] = [
    [new Blob([]), /not a ZIP file.*Open it as a document/],
    [new Blob([koreText(1)]), /not a ZIP file.*Open it as a document/],
    [good.slice(0, size - 30), /cut off: its end is missing\. Copy or download/],
    [good.slice(0, Math.floor(size / 2)), /cut off: its end is missing\. Copy or download/],
    [new Blob([good.slice(0, 40), good.slice(90)]), /damaged.*Copy or download/],
    [await zipOf({ "sessions.json": "[]" }), /ZIP file, but no case .* open what is inside/],
    [await zipOf(other), /no case .* of something else/],
    [await zipOf({ "case.json": "{" }), /damaged: what it says of itself cannot be read/],
    [await zipOf({ "case.json": "[".repeat(1e6) }), /damaged: what it says of itself/],
    [await zipOf({ "case.json": "{}" }, { password: "x", zipCrypto: true }), /locked with a pass/],
    [await withManifest((fields) => ({ ...fields, version: 2 })), /newer simscope than this one/],
    [await withManifest((fields) => ({ ...fields, version: "1" })), /damaged: what it says/],
    [await withManifest(({ documents: _, ...fields }) => fields), /damaged: what it says/],
  ];
  for (const [blob, message] of refused) assert.match(await refusal(blob), message);
});

test("a file that the browser cannot read any more is said to be that", async () => {
  const gone = new DOMException("gone", "NotFoundError");
  const blob = new Blob(["PK"]);
  blob.slice = () => {
    throw gone;
  };
  assert.match(await refusal(blob), /changed or moved meanwhile\. Open it again/);
  const lost = document("lost", { name: "Gate 4" });
  lost.blob.stream = lost.blob.slice = () => {
    throw gone;
  };
  await assert.rejects(writeCase({ ...smallCase(), documents: [lost] }), {
    name: "CaseError",
    message: /“Gate 4” cannot be read any more/,
  });
});

/** The case with a byte of the document changed in which `text` is. It lies in it as it is. */
async function damagedAt(text: string): Promise<Blob> {
  const bytes = Buffer.from(await (await stored()).arrayBuffer());
  const at = bytes.indexOf(text);
  assert.ok(at > 0);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return new Blob([bytes]);
}

async function stored(): Promise<Blob> {
  const { documents } = smallCase();
  const paths = documentPaths(documents.map(({ options }) => options.name));
  const blob = await writeCase(smallCase());
  const { content } = await readCase(blob);
  const listed = documents.map(({ blob: { size }, options }, at) => ({
    ...{ path: paths[at], bytes: size, options },
  }));
  const confirmed = content.confirmed.map((item) => ({
    ...item,
    observed: new Date(item.observed).toISOString(),
  }));
  const fields = { program: "simscope", version: 1, ...content, confirmed, documents: listed };
  const files = documents.map(({ blob: part }, at) => [paths[at], part] as const);
  const all = { "case.json": JSON.stringify(fields), ...Object.fromEntries(files) };
  return zipOf(all, { level: 0 });
}

test("a damaged document is left out and noted, and the places of the others move up", async () => {
  const first = await readCase(await damagedAt("a009"));
  assert.deepEqual(first.notes, ["“Gate 1” is damaged, and was left out."]);
  assert.deepEqual(
    first.content.documents.map(({ options }) => options.name),
    ["Gate 2", "Gate 3"],
  );
  assert.deepEqual(
    first.content.confirmed.map(({ after, documents }) => [after, documents]),
    [
      [1, [0]],
      [2, [1]],
    ],
  );
  const last = await readCase(await damagedAt("a011"));
  assert.deepEqual(
    last.content.confirmed.map(({ after, documents }) => [after, documents]),
    [[2, [0, 1]]],
  );
  assert.match(await refusal(await damagedAt('"program"')), /case\.json cannot be unpacked/);
});

test("a document that is missing, of another size, or named twice is left out", async () => {
  const changes: [object, RegExp][] = [
    [{ path: "documents/elsewhere" }, /“Gate 2” is not in the case/],
    [{ path: "documents/001-Gate 1" }, /“Gate 2” is not in the case/],
    [{ path: "case.json" }, /“Gate 2” is not in the case/],
    [{ bytes: 7 }, /“Gate 2” is of another size than it was/],
    [{ bytes: -1 }, /Document 2 is not told of as it should be/],
    [{ path: 7 }, /Document 2 is not told of as it should be/],
  ];
  for (const [change, message] of changes) {
    const blob = await withManifest((fields) => {
      const documents = fields["documents"] as object[];
      Object.assign(documents[1] ?? {}, change);
      return fields;
    });
    const { content, notes } = await readCase(blob);
    assert.match(notes[0] ?? "", message);
    assert.deepEqual(
      content.documents.map(({ options }) => options.name),
      ["Gate 1", "Gate 3"],
    );
  }
});

test("fields that are not as they should be are left out and noted; unknown ones are nothing", async () => {
  const blob = await withManifest((fields) => {
    const [one, two] = fields["documents"] as { options: object; more?: number }[];
    Object.assign(one?.options ?? {}, { provider: "acme", observed: "yesterday", later: 1 });
    Object.assign(two ?? {}, { options: { name: 7, account: null }, more: 1 });
    const view = { version: 1, colour: "plaid", filter: "open" };
    const confirmed = [{ after: 9, documents: [0], observed: "2026-03-02T14:00:00Z" }];
    return { ...fields, view, confirmed, masked: "no", more: 1 };
  });
  const read = await readCase(blob);
  assertSound(read);
  assert.deepEqual(read.content.documents[0]?.options, { name: "Gate 1", source: "KORE" });
  assert.deepEqual(read.content.documents[1]?.options, { name: "Document 2" });
  assert.deepEqual(read.content.view, { version: 1, filter: "open" });
  assert.deepEqual(read.content.confirmed, []);
  // Who hid identifiers must not find them shown.
  assert.equal(read.content.masked, false);
  assert.equal(read.notes.length, 6, read.notes.join("\n"));
});

const MiB = 1024 ** 2;
const spaces = (bytes: number) => {
  const piece = new Uint8Array(MiB).fill(32);
  return new Blob(Array.from({ length: bytes / MiB }, () => piece));
};

/** The ZIP with another size told of its file at `place`, in the list at its end. */
async function claiming(blob: Blob, place: number, bytes: number): Promise<Blob> {
  const zip = Buffer.from(await blob.arrayBuffer());
  let at = -1;
  for (let found = 0; found <= place; found += 1) at = zip.indexOf("PK\u0001\u0002", at + 1);
  assert.ok(at > 0);
  zip.writeUInt32LE(bytes, at + 24);
  return new Blob([zip]);
}

test("what would unpack to far too much is refused before it does", async () => {
  const large = await zipOf({ "case.json": spaces(130 * MiB) });
  const many = (count: number, bytes: number) =>
    zipOf({
      "case.json": JSON.stringify({
        ...{ program: "simscope", version: 1, confirmed: [], view: { version: 1 }, masked: false },
        documents: Array.from({ length: count }, (_, at) => ({
          ...{ path: `documents/${at}`, bytes, options: { name: "a" } },
        })),
      }),
    });
  const refused = [
    [large, /too large: its case\.json is far too long/],
    [await claiming(large, 0, 10), /case\.json cannot be unpacked/],
    [await many(100_001, 1), /too large: it has 100,001 documents.*open what you need/],
    [await many(9, 1024 ** 3), /too large: its documents are 9\.0 GiB/],
  ] as const;
  const began = performance.now();
  for (const [blob, message] of refused) assert.match(await refusal(blob), message);
  const bomb = await zipOf({
    "case.json": JSON.stringify({
      ...{ program: "simscope", version: 1, confirmed: [], view: { version: 1 }, masked: false },
      documents: [{ path: "a", bytes: 10, options: { name: "Bomb" } }],
    }),
    a: spaces(100 * MiB),
  });
  const made = performance.now();
  const { notes } = await readCase(await claiming(bomb, 1, 10));
  assert.deepEqual(notes, ["“Bomb” is damaged, and was left out."]);
  const took = performance.now() - made;
  assert.ok(took < 1_000, `${took} ms`);
  assert.ok(made - began < 20_000, `${made - began} ms`);
});

test("more than could be read again is not written", async () => {
  const one = document("", { name: "a" });
  const documents = Array.from({ length: 100_001 }, () => one);
  await assert.rejects(writeCase({ ...smallCase(), documents, confirmed: [] }), {
    name: "CaseError",
    message: /too much for one case: 100,001 documents.*Clear, open or fetch less/,
  });
});
