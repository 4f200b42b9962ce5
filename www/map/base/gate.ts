// The one way by which an own base map asks for anything. The map library hands every request to it, so that what became of
// each is known exactly, and no message of the library holds an address: a tile server's address may hold a key.
import type { AddProtocolAction, RequestTransformFunction } from "maplibre-gl";
import type { Library } from "../library.ts";

/** Why something could not be had, and from whom. */
export interface Refusal {
  readonly why: "policy" | "network" | "scheme" | "status" | "content";
  /** Origin, or scheme where that is what is wrong: never more of the address. */
  readonly from: string;
  readonly status?: number;
}

export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;
  /** The library takes 404 for a tile that is not there. */
  readonly status: number | undefined;

  constructor(refusal: Refusal) {
    super(`${refusal.from} (${refusal.status ?? refusal.why})`);
    this.refusal = refusal;
    this.status = refusal.status;
  }
}

export interface Heard {
  /** A request for a tile or for what describes tiles began. */
  asked(): void;
  /** A tile is there, or is known to be empty. */
  came(): void;
  refused(refusal: Refusal): void;
}

/** Without these there is no map; all else (fonts, images of a style) is decoration. */
const VITAL = ["Tile", "Source"];
/** The browser tells of a request that the policy stopped a little after it has stopped it. */
const POLICY_TOLD_MS = 60;

/**
 * The library knows our requests by this. It is taught once and for all: a worker may still ask for something when its map is gone,
 * which must not go out under an address that nobody knows.
 */
const SCHEME = "simscope-base";
const taught = new WeakSet<Library>();
const open = new Map<string, Gate>();
let gates = 0;

function teach(library: Library): void {
  if (taught.has(library)) return;
  taught.add(library);
  library.addProtocol(SCHEME, async ({ url, type }, { signal }) => {
    const [, id = "", kind = "", address = ""] = /^[\w-]+:\/\/(\d+)\/(\w*)\/(.*)$/s.exec(url) ?? [];
    const gate = open.get(id);
    if (!gate) throw new Refused({ why: "network", from: "a map that is gone" });
    return gate.serve(address, kind, type, signal);
  });
}

export class Gate {
  readonly #id: string;
  readonly #heard: Heard;
  readonly #stopped = new Set<string>();
  readonly #noteStopped = (event: SecurityPolicyViolationEvent): void => {
    // Of a stopped request the address is told; "inline" and the like are none.
    const address = event.disposition === "enforce" ? parsed(event.blockedURI) : null;
    if (address) this.#stopped.add(address.origin);
  };

  constructor(library: Library, heard: Heard) {
    gates += 1;
    this.#id = String(gates);
    this.#heard = heard;
    document.addEventListener("securitypolicyviolation", this.#noteStopped);
    teach(library);
    open.set(this.#id, this);
  }

  end(): void {
    open.delete(this.#id);
    document.removeEventListener("securitypolicyviolation", this.#noteStopped);
  }

  /** For the library: leads a request through here. What kind it is goes before the address. */
  readonly lead: RequestTransformFunction = (url, kind) => {
    if (/^(data|blob):/.test(url)) return { url };
    return { url: `${SCHEME}://${this.#id}/${kind ?? ""}/${url}` };
  };

  /** Asks for something; what is not a good answer is thrown as `Refused`. */
  async ask(url: string, signal: AbortSignal): Promise<Response> {
    const address = parsed(url);
    if (!address || !/^https?:$/.test(address.protocol)) {
      throw new Refused({ why: "scheme", from: address?.protocol ?? "no address" });
    }
    const { origin: from } = address;
    if (this.#stopped.has(from)) throw new Refused({ why: "policy", from });
    let reply: Response;
    try {
      reply = await fetch(address, { signal });
    } catch (error) {
      if (signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, POLICY_TOLD_MS));
      throw new Refused({ why: this.#stopped.has(from) ? "policy" : "network", from });
    }
    if (!reply.ok) throw new Refused({ why: "status", from, status: reply.status });
    return reply;
  }

  async serve(
    address: string,
    kind: string,
    type: string | undefined,
    signal: AbortSignal,
  ): ReturnType<AddProtocolAction> {
    const isVital = VITAL.includes(kind);
    if (isVital) this.#heard.asked();
    try {
      const reply = await this.ask(address, signal);
      const answer = await read(reply, type, kind);
      if (kind === "Tile") this.#heard.came();
      return answer;
    } catch (error) {
      if (isVital && error instanceof Refused) this.#heard.refused(error.refusal);
      // Of vector tiles the library hears in a worker, where a status gets lost: one that is not there is an empty one.
      const isMissing = error instanceof Refused && error.status === 404;
      if (isMissing && kind === "Tile" && type === "arrayBuffer")
        return { data: new ArrayBuffer(0) };
      throw error;
    }
  }
}

export function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

async function read(
  reply: Response,
  type: string | undefined,
  kind: string,
): ReturnType<AddProtocolAction> {
  const { headers } = reply;
  const kept = { cacheControl: headers.get("Cache-Control"), expires: headers.get("Expires") };
  if (type === "string") return { data: await reply.text(), ...kept };
  const unread = new Refused({ why: "content", from: new URL(reply.url).origin });
  if (type === "json") {
    try {
      return { data: await reply.json(), ...kept };
    } catch {
      throw unread;
    }
  }
  // A page that says in words that there is nothing, or who may see it.
  if (kind === "Tile" && /^text\/html\b/i.test(headers.get("Content-Type") ?? "")) throw unread;
  return { data: await reply.arrayBuffer(), ...kept };
}
