// What an unkind vendor does to the rows of a list, when the options say so.
import { randomOf, shuffled } from "./random.mjs";

/** Makes the two functions from the options `repeat` and `shuffle`. */
export function unkindness({ repeat, shuffle, seed }) {
  let requests = 0;
  return {
    /**
     * With `repeat`, every fifth row stands there twice.
     * @template T @param {T[]} rows @returns {T[]}
     */
    repeated: (rows) => (repeat ? rows.flatMap((row, at) => (at % 5 ? [row] : [row, row])) : rows),
    /**
     * With `shuffle`, the rows of this page in another order at every request. `keepLast` leaves the last row in its place, for
     * vendors whose next page starts behind it.
     * @template T @param {T[]} page @returns {T[]}
     */
    reordered(page, keepLast = false) {
      if (!shuffle || page.length < 2) return page;
      requests += 1;
      const random = randomOf(seed, "order", requests);
      return keepLast
        ? [...shuffled(page.slice(0, -1), random), page[page.length - 1]]
        : shuffled(page, random);
    },
  };
}
