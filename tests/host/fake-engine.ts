// An engine that writes down how it is called, and a host around it.
import type { Engine, Outgoing } from "simscope-core";
import { EngineHost, type Pace } from "../../www/engine-host.ts";
import type { FromEngine } from "../../www/messages.ts";

/** A command or an update of the fake engine: plain text as bytes. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const textOf = (bytes: ArrayBuffer | Uint8Array): string => new TextDecoder().decode(bytes);

export class FakeEngine implements Engine {
  /** The calls, in order, as short words: `begin 1 {}`, `push 1 5`, `finish 1`, … */
  readonly calls: string[] = [];
  /** What was pushed, by document. */
  readonly pushed = new Map<number, Uint8Array[]>();
  /** It wants the names of networks. */
  wantsNames = false;
  /** The only list of names that it takes for one. */
  namesTaken = "24201 Telenor\n";
  /** How many more steps it asks for. */
  steps = 0;
  /** Called at the start of every call with its word; may throw, as a panic does. */
  onCall: (call: string) => void = () => undefined;
  readonly #outgoing: Outgoing[] = [];

  #called(call: string): void {
    this.calls.push(call);
    this.onCall(call);
  }

  say(text: string, buffers: ArrayBuffer[] = []): void {
    this.#outgoing.push({ body: bytesOf(text).buffer, buffers });
  }

  command(body: Uint8Array): void {
    const text = textOf(body);
    this.#called(`command ${text}`);
    this.say(`answer ${text}`);
  }

  clear(): void {
    this.#called("clear");
    this.pushed.clear();
  }

  confirm(documents: Uint32Array, observedMs: number): void {
    this.#called(`confirm ${documents.join(",")} ${observedMs}`);
  }

  unplaced_cells(): string {
    this.#called("unplaced");
    return "[]";
  }

  begin(document: number, optionsJson: string): void {
    this.#called(`begin ${document} ${optionsJson}`);
    this.pushed.set(document, []);
  }

  push(document: number, bytes: Uint8Array): void {
    this.#called(`push ${document} ${bytes.length}`);
    this.pushed.get(document)?.push(bytes.slice());
  }

  finish(document: number): void {
    this.#called(`finish ${document}`);
  }

  fail(document: number, message: string): void {
    this.#called(`fail ${document} ${message}`);
  }

  /** Documents of which nothing is loaded. */
  readonly unread = new Set<number>();

  begin_case(masks: boolean): void {
    this.#called(`begin case ${masks}`);
  }

  case_document(document: number, optionsJson: string): string | undefined {
    this.#called(`case ${document} ${optionsJson}`);
    return this.unread.has(document)
      ? undefined
      : JSON.stringify({ ...(JSON.parse(optionsJson) as object), provider: "kore" });
  }

  case_piece(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    this.#called(`case piece ${bytes.length}`);
    return bytesOf(textOf(bytes).toUpperCase());
  }

  case_rest(): Uint8Array<ArrayBuffer> {
    this.#called("case rest");
    return bytesOf(".");
  }

  end_case(): string {
    this.#called("end case");
    return JSON.stringify({ filter: "open", marks: { sim: "1" } });
  }

  unended(source: string): string {
    this.#called(`unended ${source}`);
    return "[]";
  }

  without_secrets(text: string): string {
    return text.replace("secret", "******");
  }

  hand_over(format: string, all: boolean): number {
    this.#called(`hand over ${format} ${all}`);
    return 450;
  }

  handed(at: number, count: number): string {
    this.#called(`handed ${at} ${count}`);
    return `${at} `;
  }

  handed_over(): void {
    this.#called("handed over");
  }

  wants_network_names(): boolean {
    const wants = this.wantsNames;
    this.wantsNames = false;
    return wants;
  }

  take_network_names(bytes: Uint8Array): boolean {
    const text = textOf(bytes);
    this.#called(`names ${text}`);
    return text === this.namesTaken;
  }

  step(budgetMs: number): boolean {
    this.#called(`step ${budgetMs}`);
    this.steps -= 1;
    return this.steps > 0;
  }

  take(): Outgoing | undefined {
    return this.#outgoing.shift();
  }

  free(): void {
    this.#called("free");
  }

  text(document: number): string {
    return Buffer.concat(this.pushed.get(document) ?? []).toString();
  }

  /** The calls that are about documents and commands, without the steps between them. */
  get work(): string[] {
    return this.calls.filter((call) => !call.startsWith("step"));
  }
}

export class Bench {
  readonly engine = new FakeEngine();
  readonly posted: FromEngine[] = [];
  readonly transferred: Transferable[][] = [];
  readonly host: EngineHost;

  constructor(pace: Pace = { sliceMs: 5, sliceBytes: 4 }) {
    const post = (message: FromEngine, transfer: Transferable[]) => {
      this.posted.push(message);
      this.transferred.push(transfer);
    };
    this.host = new EngineHost(this.engine, post, pace, (name) =>
      fetch(new URL(name, "http://files.invalid/")),
    );
  }

  open(document: number, content: BlobPart, options?: Record<string, unknown>): void {
    const blob = new Blob([content]);
    this.host.receive({ type: "open", document, blob, ...(options ? { options } : {}) });
  }

  /** Resolves once the engine was called with a word that starts so. */
  async called(start: RegExp): Promise<string> {
    return until(() => this.engine.calls.find((call) => start.test(call)), String(start));
  }

  /** Resolves to the first message of that type, once it was posted. */
  async message<T extends FromEngine["type"]>(type: T): Promise<Extract<FromEngine, { type: T }>> {
    const of = (m: FromEngine): m is Extract<FromEngine, { type: T }> => m.type === type;
    return until(() => this.posted.find(of), `a message ${type}`);
  }
}

/** Resolves to what `find` finds; rejects when that is nothing for 5 s. */
export async function until<T>(find: () => T | undefined, what: string): Promise<T> {
  const begun = Date.now();
  for (;;) {
    const found = find();
    if (found !== undefined) return found;
    if (Date.now() - begun > 5000) throw new Error(`waited 5 s for ${what}`);
    await pause();
  }
}

/** Lets everything that is due happen. */
export const pause = (ms = 1) => new Promise((resolve) => setTimeout(resolve, ms));
