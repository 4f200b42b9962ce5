// What is kept of a source, in words.
import type { KeptEntry } from "../kept-flag.ts";
import type { KeptSource } from "./schema.ts";

/** `4.2 MB` */
export function size(bytes: number): string {
  const units: [number, string][] = [
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "kB"],
  ];
  for (const [unit, name] of units) {
    if (bytes >= unit) return `${(bytes / unit).toFixed(bytes < 10 * unit ? 1 : 0)} ${name}`;
  }
  return `${bytes} bytes`;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `120 SIMs, 2026-08-01 – 2026-11-20, 4.2 MB` */
export function held({ sims, extent, bytes }: KeptSource): string {
  const parts = [`${sims.toLocaleString("en")} ${sims === 1 ? "SIM" : "SIMs"}`];
  if (extent) parts.push(`${day(extent[0])} – ${day(extent[1])}`);
  return [...parts, size(bytes)].join(", ");
}

/** What the note says of the sources of which something is kept, or is to be. */
export const entries = (sources: readonly KeptSource[]): KeptEntry[] =>
  sources
    .filter(({ documents, keeps }) => keeps || documents > 0)
    .map((source) => ({ id: source.id, label: source.label, text: held(source) }));
