// Failures on demand: a rule meets some requests and says what goes wrong with them.

/**
 * @typedef {object} Rule
 * @property {string} [method]
 * @property {RegExp} path
 * @property {RegExp} [query] of the query without its `?`
 * @property {number} [after] this many matching requests are answered as usual first
 * @property {number} [times] this many fail then; Infinity: all
 * @property {number} [status] without `body`, the vendor's own error of that status
 * @property {unknown} [body] a text goes as it is, anything else as JSON
 * @property {Record<string, string>} [headers]
 * @property {number} [delayMs] alone: late, but as usual
 * @property {true} [drop] the connection breaks off without an answer; with `truncate`, in the middle of it
 * @property {true} [truncate] half of the body is missing
 * @property {"none"} [cors] without CORS headers
 * @property {true} [hang] never answered
 */

const known = new Set(
  "method path query after times status body headers delayMs drop truncate cors hang".split(" "),
);

export class Failures {
  #rules = [];

  /** @param {Rule} rule */
  add(rule) {
    const unknown = Object.keys(rule).filter((name) => !known.has(name));
    if (unknown.length > 0) throw new TypeError(`no such part of a failure rule: ${unknown}`);
    if (!(rule.path instanceof RegExp)) throw new TypeError("a failure rule's path is a RegExp");
    this.#rules.push({ after: 0, times: 1, ...rule });
  }

  clear() {
    this.#rules = [];
  }

  /** The rule that this request falls under, counted as used; or null. */
  take({ method, path, query }) {
    for (const rule of this.#rules) {
      const meets =
        (rule.method ? rule.method === method : method !== "OPTIONS") &&
        rule.path.test(path) &&
        (!rule.query || rule.query.test(query));
      if (!meets || rule.times <= 0) continue;
      if (rule.after > 0) {
        rule.after -= 1;
        continue;
      }
      rule.times -= 1;
      return rule;
    }
    return null;
  }

  /** Whether the rule has an answer of its own. */
  static answers = (rule) => rule.status !== undefined || rule.body !== undefined;
}
