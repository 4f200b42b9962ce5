// The rules of a `_headers` file, as Netlify and Cloudflare Pages apply them.
import { existsSync, readFileSync } from "node:fs";

/** A pattern's path as a regular expression: `*` is anything, also nothing; `:name` is one part. */
function expression(pattern) {
  const parts = pattern.split(/(\*|:[A-Za-z]\w*)/).map((part) => {
    if (part === "*") return ".*";
    if (part.startsWith(":")) return "[^/]+";
    return part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}

/** `[{ matches, headers: [[name, value]], without: [name] }]` in the order of the file; none where there is no file. */
export function readRules(file) {
  const rules = [];
  if (!existsSync(file)) return rules;
  for (const line of readFileSync(file, "utf8").split(/\r?\n/)) {
    const pattern = /^(\/\S*)/.exec(line)?.[1];
    if (pattern) rules.push({ matches: expression(pattern), headers: [], without: [] });
    const header = /^\s+([\w-]+):\s*(.+)$/.exec(line);
    if (header) rules.at(-1)?.headers.push([header[1], header[2].trim()]);
    const without = /^\s+!\s*([\w-]+)\s*$/.exec(line);
    if (without) rules.at(-1)?.without.push(without[1]);
  }
  return rules;
}

/** The headers for a path: all rules that match it, a header of several of them with its values joined. */
export function headersOf(rules, path) {
  const found = new Map();
  for (const { matches, headers, without } of rules) {
    if (!matches.test(path)) continue;
    for (const name of without) found.delete(name.toLowerCase());
    for (const [name, value] of headers) {
      const before = found.get(name.toLowerCase());
      found.set(name.toLowerCase(), [name, before ? `${before[1]}, ${value}` : value]);
    }
  }
  return Object.fromEntries(found.values());
}
