// <sim-scope>: a shadow root, its styles, and one view while the element is in a document.
import appCss from "./app.css";
import css from "./simscope.css";
import { stoppedPanel } from "./stopped-panel.ts";
import { View, type ViewOptions } from "./view.ts";

export { normalize, NormalizeError } from "./normalize.ts";
export type { Normalized, NormalizeOptions, Provider, Row, Warning } from "./normalize.ts";

let sheets: CSSStyleSheet[] | undefined;

/** One set of sheets for all elements of the page. */
function styleSheets(): CSSStyleSheet[] {
  sheets ??= [css, appCss].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}

/** Fetched when a map is first shown: a file of its own, so not for the bundler to follow. */
const mapPart = new URL("map.js", import.meta.url).href;

/** The themes that the attribute `theme` knows; anything else follows the system. */
const themes = new Set(["light", "dark"]);

export class SimScopeElement extends HTMLElement {
  static readonly observedAttributes = ["theme"];

  readonly #mount: HTMLElement;
  #view: View | undefined;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = styleSheets();
    this.#mount = document.createElement("div");
    this.#mount.className = "simscope";
    shadow.append(this.#mount);
    this.#applyTheme();
  }

  connectedCallback(): void {
    if (!this.#view) this.#start();
  }

  disconnectedCallback(): void {
    // A move within the document is a removal and an insertion at once: only what stays away is ended.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  attributeChangedCallback(): void {
    this.#applyTheme();
  }

  #applyTheme(): void {
    const theme = this.getAttribute("theme") ?? "";
    this.#mount.dataset["theme"] = themes.has(theme) ? theme : "system";
  }

  #start(): void {
    this.#mount.replaceChildren();
    // Each start has a fresh element: what a stopped view left behind can then reach nothing that is shown.
    const mount = document.createElement("div");
    mount.className = "view";
    this.#mount.append(mount);
    // Read when the views start: a page may set attributes after its markup brought the element to life.
    this.#view = new View(
      mount,
      () => this.#options(),
      (details) => this.#stopped(details),
    );
  }

  #options(): ViewOptions {
    return {
      theme: this.getAttribute("theme"),
      zone: this.getAttribute("zone"),
      view: this.getAttribute("view"),
      assetBase: new URL("./", import.meta.url).href,
      loadMap: () => import(mapPart),
      emit: (type, detail) =>
        this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true })),
    };
  }

  #end(): void {
    this.#view?.end();
    this.#view = undefined;
    this.#mount.replaceChildren();
  }

  #stopped(details: string): void {
    this.#mount.replaceChildren(stoppedPanel(details, () => this.#start()));
    const message = "simscope stopped. Reload the view.";
    this.dispatchEvent(new CustomEvent("simscope-error", { detail: { message, details } }));
  }
}

// A page that takes the module in twice must not fail on the second.
if (!customElements.get("sim-scope")) customElements.define("sim-scope", SimScopeElement);

declare global {
  interface HTMLElementTagNameMap {
    "sim-scope": SimScopeElement;
  }
}
