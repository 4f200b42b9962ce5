// The rows of a whole fleet in one order, for calls that are asked for all SIMs at once. What the fleet held at first is sorted once, as
// numbers; what bursts added since stands before it.

/**
 * @template {{ at: number, generation: number, kind: string }} Row
 */
export class FleetRows {
  #sorted = null;
  /** The rows of SIMs that were asked for lately. */
  #recent = new Map();

  /**
   * @param {import("./fleet.mjs").Fleet} fleet
   * @param {(index: number, present: number) => Row[]} rowsOf the rows of one SIM, those of the base in a fixed order
   * @param {(row: Row) => number} keyOf what to sort by, greatest first
   */
  constructor(fleet, rowsOf, keyOf) {
    Object.assign(this, { fleet, rowsOf, keyOf });
  }

  #base() {
    if (this.#sorted) return this.#sorted;
    const { fleet } = this;
    const [keys, ats, sims, ordinals, kinds] = [[], [], [], [], []];
    for (let index = 0; index < fleet.count; index += 1) {
      const rows = this.rowsOf(index, fleet.base).filter((row) => row.generation === 0);
      rows.forEach((row, ordinal) => {
        keys.push(this.keyOf(row));
        ats.push(row.at);
        sims.push(index);
        ordinals.push(ordinal);
        kinds.push(row.kind);
      });
    }
    const order = Uint32Array.from(keys, (_, at) => at).sort((a, b) => keys[b] - keys[a] || a - b);
    return (this.#sorted = { order, ats, sims, ordinals, kinds });
  }

  /**
   * How many rows fit, and those from `offset` on, at most `limit`.
   * @param {{ present: number, offset: number, limit: number, times?: number, fits: (row: { at: number, kind: string }) => boolean }} asked
   *   `fits` sees only the instant and the kind; `times` is how often a row stands there (see lists.mjs)
   * @returns {{ total: number, rows: Row[] }}
   */
  page({ present, offset, limit, fits, timesOf = () => 1 }) {
    const rows = [];
    let total = 0;
    const take = (number, make) => {
      for (let copy = timesOf(number); copy > 0; copy -= 1) {
        if (total >= offset && rows.length < limit) rows.push(make());
        total += 1;
      }
    };
    const fresh = this.fleet
      .touched()
      .flatMap((index) => this.rowsOf(index, present).filter((row) => row.generation > 0))
      .sort((a, b) => this.keyOf(b) - this.keyOf(a));
    let number = 0;
    for (const row of fresh) if (row.at <= present && fits(row)) take(number++, () => row);
    const { order, ats, sims, ordinals, kinds } = this.#base();
    for (const at of order) {
      if (ats[at] > present || !fits({ at: ats[at], kind: kinds[at] })) continue;
      take(number++, () => this.#row(sims[at], ordinals[at]));
    }
    return { total, rows };
  }

  #row(index, ordinal) {
    let rows = this.#recent.get(index);
    if (!rows) {
      rows = this.rowsOf(index, this.fleet.base).filter((row) => row.generation === 0);
      if (this.#recent.size >= 200) this.#recent.clear();
      this.#recent.set(index, rows);
    }
    return rows[ordinal];
  }
}
