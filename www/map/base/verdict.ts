// Whether an own base map works, from what became of its requests, and what to tell the visitor where it does not. Pure.
import { parsed, type Refusal } from "./gate.ts";

/** How long to wait for a first tile. */
export const PATIENCE_MS = 20_000;

export class Verdict {
  #asked = 0;
  #came = 0;
  #broken = 0;
  readonly #refusals: Refusal[] = [];

  asked(): void {
    this.#asked += 1;
  }

  came(): void {
    this.#came += 1;
  }

  refused(refusal: Refusal): void {
    this.#refusals.push(refusal);
  }

  /** What came was not what it should be. */
  broke(): void {
    this.#broken += 1;
  }

  /** One good tile is enough: others may be missing at the edge of what a server has. */
  get hasShown(): boolean {
    return this.#came > this.#broken;
  }

  get hasAsked(): boolean {
    return this.#asked > 0;
  }

  /** What to tell once nothing more is on its way, or it takes too long; null where nothing is wrong. */
  problem(isOver: boolean): string | null {
    if (this.hasShown) return null;
    const worst = WORST.flatMap(
      (why) => this.#refusals.find((one) => one.why === why && one.status !== 404) ?? [],
    )[0];
    if (worst) return refusalText(worst, "tiles");
    if (this.#broken > 0) return UNREADABLE;
    const missing = this.#refusals.find(({ status }) => status === 404);
    if (missing) return refusalText(missing, "tiles");
    if (isOver || this.#asked === 0) return null;
    return `No tile came within ${PATIENCE_MS / 1000} seconds. Check the connection and the address, and try again.`;
  }
}

const WORST = ["policy", "scheme", "status", "network", "content"] as const;

const UNREADABLE = "What came as tiles could not be read as such. Check the address.";

/** What a refusal means, and what to do about it. */
export function refusalText({ why, from, status }: Refusal, what: "style" | "tiles"): string {
  switch (why) {
    case "policy":
      return `The policy of this page does not let it ask ${from}. Whoever hosts the page must add ${from} to connect-src in its Content-Security-Policy.`;
    case "scheme":
      return `It names addresses that begin with ${from}, which only the vendor's own library can read. Use one whose addresses all begin with https://.`;
    case "network":
      return `${from} cannot be reached, or does not let pages of other sites read its answers. Check the address and the connection. The server must send Access-Control-Allow-Origin (CORS), and connect-src of this page's Content-Security-Policy must list ${from}.`;
    case "content":
      return what === "style"
        ? `What ${from} sent is no map style. Check the address: it must lead to the style's JSON.`
        : `What ${from} sent are no tiles. Check the address.`;
    case "status":
      return statusText(from, status ?? 0, what);
  }
}

function statusText(from: string, status: number, what: "style" | "tiles"): string {
  if (status === 401 || status === 403) {
    return `${from} refused (${status}). Check the key in the address, and whether it may be used from this page.`;
  }
  if (status === 404 || status === 410) {
    return what === "style"
      ? `${from} has no style at this address (${status}). Check it.`
      : `${from} has none of the tiles of this view (${status}). Check the address. Where its tiles cover only a part of the world, bring that part into view first, and set it again.`;
  }
  if (status === 429) return `${from} was asked too often (429). Try again later.`;
  return `${from} answered with an error (${status}). Try again later, or check the address.`;
}

/** What the library says of a style, without addresses: they may hold a key. */
export const withoutAddresses = (text: string): string =>
  text.replace(/\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>)]*/gi, (address) =>
    /^https?:/i.test(address) ? (parsed(address)?.origin ?? "…") : "…",
  );
