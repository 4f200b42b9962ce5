// What the tests of cases share: a case as it may be, ZIPs made by hand, and what holds of whatever is read.
import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import {
  BlobReader,
  BlobWriter,
  TextReader,
  TextWriter,
  ZipReader,
  ZipWriter,
} from "@zip.js/zip.js/lib/zip-core-custom.js";
import type { CaseContent, CaseDocument, DocumentOptions } from "../../www/case.ts";
import { readState } from "../../www/view-state.ts";

/** A KORE session of an invented SIM. */
export const koreText = (hour: number) =>
  JSON.stringify({
    sid: `WN0000000000000000000000000000a0${String(hour).padStart(2, "0")}`,
    sim_sid: "DE0000000000000000000000000000b001",
    account_sid: "AC0000000000000000000000000000c001",
    radio_link: "LTE",
    operator_mcc: "310",
    operator_mnc: "410",
    operator_country: "USA",
    operator_name: "Example Mobile",
    cell_id: "310-410-7033-1234567",
    packets_uploaded: 118,
    packets_downloaded: 97,
    start: `2026-03-02T${String(hour).padStart(2, "0")}:00:00Z`,
    end: null,
    imei: "001234000000017",
  });

export const document = (text: string, options: DocumentOptions): CaseDocument => ({
  blob: new Blob([text]),
  options,
});

/** Three documents, of which the first two are confirmed once, and the third later. */
export const smallCase = (): CaseContent => ({
  documents: [
    document(koreText(9), { name: "Gate 1", source: "KORE", provider: "kore" }),
    document(koreText(10), { name: "Gate 2", source: "KORE", observed: "2026-03-02T11:00:00Z" }),
    document(koreText(11), { name: "Gate 3", account: true }),
  ],
  confirmed: [
    { after: 2, documents: [0, 1], observed: Date.UTC(2026, 2, 2, 12) },
    { after: 3, documents: [2], observed: Date.UTC(2026, 2, 2, 13) },
  ],
  view: { version: 1, filter: "operator:Example", zone: "Europe/Oslo" },
  masked: false,
  saved: "2026-03-02T14:00:00.000Z",
});

/** A ZIP of those files; packed, unless `level` is 0. */
export async function zipOf(files: Record<string, string | Blob>, options = {}): Promise<Blob> {
  const zip = new ZipWriter(new BlobWriter(), { useWebWorkers: false, ...options });
  for (const [name, content] of Object.entries(files)) {
    const reader = typeof content === "string" ? new TextReader(content) : new BlobReader(content);
    await zip.add(name, reader);
  }
  return zip.close();
}

/** The files of a ZIP, as texts. */
export async function unzipped(bytes: Uint8Array): Promise<Record<string, string>> {
  const entries = await new ZipReader(
    new BlobReader(new Blob([new Uint8Array(bytes)])),
  ).getEntries();
  const files = entries.filter((entry) => !entry.directory);
  const texts = files.map(async (entry) => [entry.filename, await entry.getData(new TextWriter())]);
  return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
}

/** A ZIP of those files as they are, made without streams: ten thousand of them are to be made. */
export function storedZip(files: Record<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const label = Buffer.from(name);
    // Version, flags (names are in UTF-8), method, time, date, CRC-32, sizes, lengths of the name and of what comes after it.
    const head = Buffer.alloc(26);
    for (const [at, value] of [20, 0x800, 0, 0, 0x5c62].entries())
      head.writeUInt16LE(value, at * 2);
    for (const [at, value] of [crc32(bytes), bytes.length, bytes.length].entries()) {
      head.writeUInt32LE(value, 10 + at * 4);
    }
    head.writeUInt16LE(label.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    list.push(Buffer.from("PK\u0001\u0002\u0014\0", "latin1"), head, rest, label);
    parts.push(Buffer.from("PK\u0003\u0004"), head, label, bytes);
    offset += 30 + label.length + bytes.length;
  }
  const count = Object.keys(files).length;
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(Buffer.concat(list).length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...parts, ...list, end]));
}

export const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/** A content with its documents as text, which can be compared. */
export async function comparable({ documents, ...rest }: CaseContent) {
  const texts = documents.map(async ({ blob, options }) => ({ text: await blob.text(), options }));
  return { ...rest, documents: await Promise.all(texts) };
}

/** The type of each option. */
const types: Record<keyof DocumentOptions, string> = {
  ...{ name: "string", source: "string", provider: "string", sim: "string", account: "boolean" },
  ...{
    observed: "string",
    asked_before: "string",
    history: "boolean",
    located: "string",
    labels: "object",
  },
};

const isPlace = (value: number, most: number) =>
  Number.isInteger(value) && value >= 0 && value <= most;

/** What holds of whatever `readCase` resolves to. */
export function assertSound({ content, notes }: { content: CaseContent; notes: string[] }): void {
  const { documents, confirmed, view, masked, saved } = content;
  for (const { blob, options } of documents) {
    assert.ok(blob instanceof Blob);
    assert.equal(typeof options.name, "string");
    for (const [name, value] of Object.entries(options)) {
      assert.equal(typeof value, types[name as keyof DocumentOptions], name);
    }
    for (const instant of [options.observed, options.asked_before]) {
      assert.ok(instant === undefined || !Number.isNaN(Date.parse(instant)));
    }
  }
  for (const { after, documents: places, observed } of confirmed) {
    assert.ok(isPlace(after, documents.length), `after ${after}`);
    assert.ok(places.length > 0);
    assert.ok(places.every((place) => isPlace(place, documents.length - 1)));
    assert.ok(Number.isFinite(observed) && Number.isFinite(new Date(observed).getTime()));
  }
  assert.deepEqual(readState(view), { state: view, notes: [] });
  assert.equal(typeof masked, "boolean");
  assert.ok(!Number.isNaN(Date.parse(saved)), saved);
  assert.ok(notes.length <= 9);
  assert.ok(notes.every((note) => note.length > 0 && note.length < 300));
}
