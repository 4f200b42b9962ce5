// normalize(): one vendor's answer in, the model out. No UI, no worker, nothing kept.
import type { Provider, Session, Sim, SimEvent, Usage, Warning } from "./api/model.ts";
import { startInstance } from "./core.ts";
import { assets } from "./page-assets.ts";
import { openBlob } from "./reading.ts";

export interface NormalizeOptions {
  /** The vendor that wrote the answer. Without it the vendor is recognised. */
  provider?: Provider;
  /** The vendor's key of the SIM, for answers that name none. */
  sim?: string;
  /** What to call the answer in warnings. */
  name?: string;
}

export interface Normalized {
  /** The vendor, where all of it is of one. */
  provider: Provider | null;
  sims: Sim[];
  sessions: Session[];
  events: SimEvent[];
  usage: Usage[];
  warnings: Warning[];
}

/** The answer could not be read, or not to its end; `rows` holds what was complete before. */
export class NormalizeError extends Error {
  override readonly name = "NormalizeError";
  readonly code: string;
  readonly rows: Normalized;

  constructor(code: string, message: string, rows: Normalized) {
    super(message);
    this.code = code;
    this.rows = rows;
  }
}

interface Refused {
  code: string;
  message: string;
  rows: string;
}

const isRefused = (error: unknown): error is Refused =>
  typeof error === "object" && error !== null && "code" in error && "rows" in error;

/** Turns one answer of one of the five vendors (text or bytes, also gzipped) into simscope's model. */
export async function normalize(
  answer: string | ArrayBuffer | Uint8Array | Blob,
  options: NormalizeOptions = {},
): Promise<Normalized> {
  // A Blob takes all but memory that is shared between workers, and says so itself.
  const blob = answer instanceof Blob ? answer : new Blob([answer as BlobPart]);
  const { pieces } = await openBlob(blob);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of pieces) parts.push(piece);
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  // Fetched with the first answer, as its module is.
  const { engine } = await import("./engine-part.ts");
  let panicked: string | undefined;
  const instance = await startInstance(engine, await assets().module(engine.file), (message) => {
    panicked = message;
  });
  try {
    return JSON.parse(instance.normalize(bytes, options)) as Normalized;
  } catch (error) {
    if (panicked !== undefined) throw new Error(`simscope stopped: ${panicked}`);
    if (!isRefused(error)) throw error;
    throw new NormalizeError(error.code, error.message, JSON.parse(error.rows) as Normalized);
  }
}
