// The view in the address's fragment: taken from it when the page begins and when it is changed by hand, written to it when the
// view is another one. Fragments are not sent to any server.
import type { SimScopeElement } from "./element.ts";
import { fragmentOf, isFragment, readState } from "./view-state.ts";

export class LinkedView {
  readonly #element: SimScopeElement;
  /** Something was loaded: before, the fragment waits for it. */
  #loaded = false;

  constructor(element: SimScopeElement) {
    this.#element = element;
    element.link = (fragment) => this.#address(fragment);
    this.#take();
    addEventListener("hashchange", () => this.#take());
  }

  /** The view is another one. */
  changed(detail: unknown): void {
    if (typeof detail !== "object" || detail === null || !("state" in detail)) return;
    // What comes after everything was forgotten is of before.
    if (!this.#loaded) return;
    this.#write(fragmentOf(readState(detail.state).state));
  }

  /** There is another number of SIMs. */
  counted(detail: unknown): void {
    if (typeof detail !== "object" || detail === null || !("sims" in detail)) return;
    const isLoaded = detail.sims !== 0;
    // Everything was forgotten, and the view with it.
    if (this.#loaded && !isLoaded && isFragment(location.hash)) this.#write("");
    this.#loaded = isLoaded;
  }

  #take(): void {
    if (isFragment(location.hash)) this.#element.state = location.hash;
  }

  #address(fragment: string): string {
    const { origin, pathname, search } = location;
    return `${origin}${pathname}${search}${fragment && `#${fragment}`}`;
  }

  #write(fragment: string): void {
    try {
      history.replaceState(history.state, "", this.#address(fragment));
    } catch {
      // Browsers take so many a minute: the next change is written.
    }
  }
}
