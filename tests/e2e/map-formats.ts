// The binary formats of map servers, as small as a test needs them.

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
const field = (number: number, bytes: readonly number[]): number[] => [
  ...varint((number << 3) | 2),
  ...varint(bytes.length),
  ...bytes,
];
const value = (number: number, of: number): number[] => [...varint(number << 3), ...varint(of)];

/** A range of glyphs in which the letter A is a full block, which no font on this machine has. */
export function glyphs(fontstack: string): Buffer {
  const [size, border] = [18, 3];
  const block = [
    ...value(1, 65),
    ...field(2, Array<number>((size + 2 * border) ** 2).fill(255)),
    ...value(3, size),
    ...value(4, size),
    // Zigzag: left 0, top -8.
    ...value(5, 0),
    ...value(6, 15),
    ...value(7, size + 2),
  ];
  const name = [...Buffer.from(fontstack)];
  return Buffer.from(
    field(1, [...field(1, name), ...field(2, [...Buffer.from("0-255")]), ...field(3, block)]),
  );
}

/** A vector tile with one layer, and in it one area over all of the tile. */
export function wholeTile(layer: string): Buffer {
  const zigzag = (of: number): number => (of << 1) ^ (of >> 31);
  const move = (command: number, ...steps: number[]): number[] => [
    ...varint(command),
    ...steps.flatMap((step) => varint(zigzag(step))),
  ];
  const extent = 4096;
  // Once to the corner, three times on, and back.
  const ring = [...move(9, 0, 0), ...move(26, extent, 0, 0, extent, -extent, 0), ...move(15)];
  const area = [...value(3, 3), ...field(4, ring)];
  const name = [...Buffer.from(layer)];
  return Buffer.from(
    field(3, [...value(15, 2), ...field(1, name), ...field(2, area), ...value(5, extent)]),
  );
}
