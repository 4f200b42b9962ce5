// Seeded numbers. Every SIM draws from a stream seeded by its own name, so a change to one SIM leaves the others as they were.

/** FNV-1a, 32 bit, of the text's UTF-16 units. */
export function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** A stream of numbers (mulberry32). Only exact integer steps and one division: the same on every machine. */
export function seeded(name) {
  let state = hash(name);
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const between = (low, high) => low + (high - low) * unit();
  return {
    unit,
    between,
    /** A whole number from `low` to `high`, both included. */
    whole: (low, high) => Math.floor(between(low, high + 1)),
    chance: (share) => unit() < share,
    pick: (list) => list[Math.floor(unit() * list.length)],
    /** Mostly near `middle`, seldom far from it, never further than `spread`. */
    near: (middle, spread) => middle + (spread * (unit() + unit() + unit() - 1.5)) / 1.5,
    hex: (digits) =>
      Array.from({ length: digits }, () => Math.floor(unit() * 16).toString(16)).join(""),
  };
}
