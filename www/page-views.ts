// Saved views in this browser's storage: simscope's own page keeps them there, under a key of their own. Another tab's changes are
// taken over.
import type { SimScopeElement } from "./element.ts";
import { readSavedText, storedText } from "./saved/format.ts";

const key = "simscope-views";
/** What could not be read in full is put there before it is written over. */
const unreadKey = `${key}-unread`;

export class KeptViews {
  readonly #element: SimScopeElement;
  /** The text that could not be read in full. */
  #unread: string | null = null;

  constructor(element: SimScopeElement) {
    this.#element = element;
    this.#take();
    addEventListener("storage", (event) => {
      if (event.key === key || event.key === null) this.#take();
    });
  }

  /** The visitor changed them. Says so to the event where they cannot be kept. */
  changed(event: Event): void {
    const { savedViews: views, startView: start } = this.#element;
    try {
      if (this.#unread !== null) localStorage.setItem(unreadKey, this.#unread);
      localStorage.setItem(key, storedText({ views, start }));
      this.#unread = null;
    } catch {
      event.preventDefault();
    }
  }

  #take(): void {
    const text = this.#stored();
    if (text === undefined) return;
    const { saved, notes } =
      text === null ? { saved: { views: [], start: null }, notes: [] } : readSavedText(text);
    this.#unread = notes.length ? text : null;
    this.#element.savedViews = saved.views;
    this.#element.startView = saved.start;
    if (notes.length) this.#element.tell("Saved views", `${notes.join(" ")} ${where}`);
  }

  /** Null: nothing. Undefined: this browser refuses. */
  #stored(): string | null | undefined {
    try {
      return localStorage.getItem(key);
    } catch {
      return undefined;
    }
  }
}

const where = `What is in this browser's storage is kept: before it is written anew, it is copied to the key ${unreadKey}.`;
