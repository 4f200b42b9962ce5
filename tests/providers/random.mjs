// Repeatable chance: the same parts always give the same numbers, so that a fleet is the same on every run and in any order of asking.

/** Mixes one 32-bit number, so that near inputs give far outputs. */
function mixed(value) {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/**
 * A 32-bit number that the parts (numbers and texts) determine.
 * @param {...(number | string)} parts
 * @returns {number}
 */
export function hash(...parts) {
  let value = 0x9e3779b9;
  for (const part of parts) {
    if (typeof part === "number") {
      value = mixed(value ^ mixed(part) ^ mixed(Math.floor(part / 4294967296) + 0x51ed27));
      continue;
    }
    for (let at = 0; at < part.length; at += 1) {
      value = Math.imul(value ^ part.charCodeAt(at), 0x01000193);
    }
    value = mixed(value);
  }
  return value >>> 0;
}

/**
 * That many hexadecimal digits, determined by the parts.
 * @param {number} digits
 * @param {...(number | string)} parts
 */
export function hex(digits, ...parts) {
  let text = "";
  for (let at = 0; text.length < digits; at += 1) {
    text += hash(...parts, at)
      .toString(16)
      .padStart(8, "0");
  }
  return text.slice(0, digits);
}

/**
 * A source of numbers from 0 (inclusive) to 1 (exclusive), determined by the parts.
 * @param {...(number | string)} parts
 * @returns {() => number}
 */
export function randomOf(...parts) {
  let state = hash(...parts);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The items in another order, determined by the source of chance.
 * @template T
 * @param {T[]} items
 * @param {() => number} random
 * @returns {T[]}
 */
export function shuffled(items, random) {
  const result = [...items];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other], result[at]];
  }
  return result;
}
