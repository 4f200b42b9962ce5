// The attribution of a base map as plain text. Styles and tile servers give it as HTML, and are not to be trusted with that:
// the words are kept, the markup goes. It is put into the page as text all the same. Pure.

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  copy: "©",
  reg: "®",
  trade: "™",
  middot: "·",
  ndash: "–",
  mdash: "—",
};

/** A server's attribution may not push everything else off the map. */
const MOST = 240;

/** The words of one attribution; empty where there are none. */
export function wordsOf(html: string): string {
  const bare = html
    .replace(/<!--[\s\S]*?(-->|$)/g, " ")
    .replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, " ")
    .replace(/<\/?[a-z][^>]*(>|$)/gi, " ");
  const text = bare
    .replace(/&(#x?[\da-f]+|[a-z]+);/gi, (whole, name: string) => entity(name) ?? whole)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")
    .trim();
  return text.length > MOST ? `${text.slice(0, MOST - 1).trimEnd()}…` : text;
}

function entity(name: string): string | undefined {
  if (!name.startsWith("#")) return ENTITIES[name.toLowerCase()];
  const hex = /^#x/i.test(name);
  const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** The words of several, each once: sources of a style often share one. */
export function creditsOf(attributions: readonly (string | undefined)[]): string[] {
  const words = attributions.map((one) => wordsOf(one ?? "")).filter((one) => one !== "");
  return [...new Set(words)];
}
