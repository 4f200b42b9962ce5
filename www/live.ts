// The part that asks providers: fetched when the first one is to be connected. Its WebAssembly instance lives on the page,
// because credentials and requests stay there; the answers go to the engine.
import { createInstance } from "simscope-live";
import css from "./live.css";
import type { Assets } from "./assets.ts";
import { part, startInstance } from "./core.ts";
import type { LiveHistory } from "./history-link.ts";

export type { LiveHandle } from "simscope-core";

/** A chip of a live source. */
export interface LiveChip {
  id: number;
  label: string;
  /** `ok`, `busy`, `warning` or `bad`. */
  tone: string;
  text: string;
  /** When all was fetched last, in milliseconds since the epoch; null while it is not. */
  at: number | null;
  /** Whether it is watched for what is new; null where there is nothing to watch. */
  watching: boolean | null;
}

/** What the view around offers to the live part. */
export interface LiveHost {
  /** Sends a message to the engine host. */
  send(message: unknown, transfer: Transferable[]): void;
  /** A number that grows with each call. */
  newDocument(): number;
  /** Shows the sources' chips. */
  show(chips: LiveChip[]): void;
  /** Opens what the views know of a source. */
  details(label: string): void;
  /** What keeps history in this browser; null where the page around does not allow it. */
  history: LiveHistory | null;
  /** The SIMs of a source with a session of which no end is known, as JSON. */
  unended(source: string): Promise<string>;
  /** Identifiers of the SIMs on screen. */
  onScreen(): string[];
  /** The cells without a position, as JSON. */
  unplaced(): Promise<string>;
}

const live = part("simscope-live.wasm", createInstance);

let sheet: CSSStyleSheet | undefined;

/** One sheet for all elements of the page. */
function styleSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}

/** Starts the live part in `mount`. `onStopped` hears when it cannot go on. */
export async function startLive(
  mount: HTMLElement,
  assets: Assets,
  host: LiveHost,
  onStopped: (details: string) => void,
) {
  const module = await assets.module(live.file);
  const instance = await startInstance(live, module, onStopped);
  const root = mount.getRootNode();
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(styleSheet())) {
    root.adoptedStyleSheets.push(styleSheet());
  }
  return instance.start_live(mount, host);
}
