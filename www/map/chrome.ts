// What surrounds the drawing: buttons, scale, credits, the card at the pointer. All text goes in as text, never as markup.
import type { Foot } from "./picture.ts";
import type { Hovered, Tokens } from "./types.ts";

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  in: "M6 1.5v9M1.5 6h9",
  out: "M1.5 6h9",
  fit: "M1.5 4V1.5H4M8 1.5h2.5V4M10.5 8v2.5H8M4 10.5H1.5V8",
} as const;

export interface Chrome {
  readonly root: HTMLElement;
  /** Where an own base map is drawn, under the other. */
  readonly base: HTMLElement;
  /** Where the map library draws. */
  readonly pane: HTMLElement;
  /** Shows what the library draws. */
  uncover(): void;
  /** Whether the picture will change by itself. */
  setBusy(busy: boolean): void;
  setTheme(theme: Tokens): void;
  setScale(element: HTMLElement): void;
  setCredits(parts: readonly string[]): void;
  /** What the foot says now. */
  readonly foot: Foot;
  /** A sentence over an empty map; null takes it away. */
  setEmpty(text: string | null): void;
  /** Which zoom buttons still have an effect. */
  setZoomable(inwards: boolean, outwards: boolean): void;
  showCard(hovered: Hovered | null): void;
  remove(): void;
}

export interface Actions {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
}

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function button(label: string, path: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.title = label;
  made.setAttribute("aria-label", label);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  made.append(svg);
  made.addEventListener("click", act);
  return made;
}

/** Builds it all into the container. */
export function buildChrome(container: HTMLElement, actions: Actions): Chrome {
  const root = element("div", "simscope-map");
  const base = element("div", "simscope-map-base");
  // It is only looked at: what it shows has no controls, and is told by nothing in the page.
  base.inert = true;
  base.hidden = true;
  const pane = element("div", "simscope-map-pane covered");
  const buttons = element("div", "simscope-map-buttons");
  const zoomIn = button("Zoom in", PATHS.in, actions.zoomIn);
  const zoomOut = button("Zoom out", PATHS.out, actions.zoomOut);
  buttons.append(zoomIn, zoomOut, button("Show all places", PATHS.fit, actions.fit));
  const foot = element("div", "simscope-map-foot");
  const credit = element("div", "simscope-map-credit");
  let bar: HTMLElement | null = null;
  foot.append(credit);
  const empty = element("p", "simscope-map-empty");
  empty.hidden = true;
  const card = element("div", "simscope-map-card");
  card.hidden = true;
  card.setAttribute("aria-hidden", "true");
  root.append(base, pane, empty, foot, buttons, card);
  container.append(root);

  return {
    root,
    base,
    pane,
    uncover() {
      pane.classList.remove("covered");
    },
    setBusy(busy) {
      pane.setAttribute("aria-busy", String(busy));
    },
    setTheme(theme) {
      for (const name of ["sea", "border", "text", "dim", "accent", "tint"] as const) {
        root.style.setProperty(`--map-${name}`, theme[name]);
      }
    },
    setScale(scale) {
      foot.append(scale);
      bar = scale;
    },
    get foot() {
      const scale = { text: bar?.textContent ?? "", width: bar?.offsetWidth ?? 0 };
      return { credits: credit.textContent ?? "", scale };
    },
    setCredits(parts) {
      credit.textContent = parts.join(" · ");
    },
    setEmpty(text) {
      empty.hidden = text === null;
      empty.replaceChildren(element("span", "", text ?? ""));
    },
    setZoomable(inwards, outwards) {
      zoomIn.disabled = !inwards;
      zoomOut.disabled = !outwards;
    },
    showCard(hovered) {
      card.hidden = hovered === null;
      if (!hovered) return;
      card.replaceChildren(
        element("strong", "", hovered.title),
        ...hovered.lines.map((line) => element("div", "", line)),
      );
      place(card, hovered, root);
    },
    remove() {
      root.remove();
    },
  };
}

const GAP = 14;
const MARGIN = 4;

/** Beside the pointer, inside the pane, and never under the pointer. */
function place(card: HTMLElement, at: { x: number; y: number }, root: HTMLElement): void {
  const { offsetWidth: width, offsetHeight: height } = card;
  const right = at.x + GAP + width + MARGIN <= root.clientWidth;
  const x = right ? at.x + GAP : at.x - GAP - width;
  const below = at.y + GAP + height + MARGIN <= root.clientHeight;
  const y = below ? at.y + GAP : at.y - GAP - height;
  const inside = (value: number, most: number): number => Math.max(MARGIN, Math.min(value, most));
  card.style.left = `${inside(x, root.clientWidth - width - MARGIN)}px`;
  card.style.top = `${inside(y, root.clientHeight - height - MARGIN)}px`;
}
