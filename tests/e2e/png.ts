// PNG files: made for servers of the tests, and read by the browser under test, which is what they are for.
import { deflateSync } from "node:zlib";
import type { Page } from "@playwright/test";

/** An image of one colour. */
export function png(width: number, height: number, rgb: readonly [number, number, number]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits each of red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + 3 * width);
  for (let x = 0; x < width; x += 1) row.set(rgb, 1 + 3 * x);
  const rows = Buffer.concat(Array<Buffer>(height).fill(row));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The check sum at the end of each part of the file. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}

export interface Read {
  readonly width: number;
  readonly height: number;
  /** How many pixels have a colour, by "r,g,b", the most frequent first. */
  readonly colours: readonly (readonly [string, number])[];
}

/** Reads a PNG. */
export function readPng(page: Page, file: Buffer): Promise<Read> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const { width, height } = image;
    // Not an OffscreenCanvas, which pages without WebGL do not have.
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d");
    if (!context) throw new Error("there is no canvas");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const counts = new Map<string, number>();
    for (let at = 0; at < data.length; at += 4) {
      const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    return { width, height, colours: [...counts].sort(([, a], [, b]) => b - a) };
  }, file.toString("base64"));
}

/** The share of an image that has a colour, 0 to 1; a step of a channel more or less counts, too. */
export function shareOf({ width, height, colours }: Read, rgb: readonly number[]): number {
  const near = colours.filter(([colour]) =>
    colour.split(",").every((channel, at) => Math.abs(Number(channel) - (rgb[at] ?? 0)) <= 3),
  );
  return near.reduce((sum, [, count]) => sum + count, 0) / (width * height);
}
