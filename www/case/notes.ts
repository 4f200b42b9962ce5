// What of a case was left out, in words for the visitor.

/** More than that tells nobody anything. */
const mostNotes = 8;
const longestName = 60;

/** Notes in the order in which they came; of very many the first. */
export class Notes {
  readonly #list: string[] = [];
  #more = 0;

  add(note: string): void {
    if (this.#list.length < mostNotes) this.#list.push(note);
    else this.#more += 1;
  }

  /** All of them, and how many more there were. */
  get list(): string[] {
    if (!this.#more) return [...this.#list];
    return [...this.#list, `And ${this.#more.toLocaleString("en")} more of this kind.`];
  }
}

/** A name as it stands in a sentence. */
export function quoted(name: string): string {
  const letters = [...name];
  const cut = letters.length > longestName ? [...letters.slice(0, longestName), "…"] : letters;
  return `“${cut.join("")}”`;
}
