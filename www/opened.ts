// What was opened, in order, and what of it was confirmed in between: to read it anew, and to save it.
import type { OpenOptions } from "./messages.ts";

/** A document was opened. */
export interface OpenedDocument {
  document: number;
  options: OpenOptions;
}

/** What these documents say still held at that instant, milliseconds since the epoch. */
export interface Confirmed {
  documents: Uint32Array;
  observed: number;
}

export type Step = OpenedDocument | Confirmed;

const isSame = (a: Uint32Array, b: Uint32Array): boolean =>
  a.length === b.length && a.every((number, at) => number === b[at]);

export class Opened {
  #steps: Step[] = [];

  /** The steps in their order. */
  get steps(): readonly Step[] {
    return this.#steps;
  }

  open(document: number, options: OpenOptions): void {
    this.#steps.push({ document, options });
  }

  confirm(documents: Uint32Array, observed: number): void {
    const [before, last] = this.#steps.slice(-2);
    const replaces = [before, last].every(
      (step) => step && "observed" in step && isSame(step.documents, documents),
    );
    // Of a row of confirmations of the same, only the last two are ever asked for: rounds of watching come in hundreds.
    if (replaces) this.#steps.splice(-2, 1);
    this.#steps.push({ documents, observed });
  }

  forget(documents: readonly number[]): void {
    const gone = new Set(documents);
    this.#steps = this.#steps
      .map((step) =>
        "observed" in step
          ? { ...step, documents: step.documents.filter((number) => !gone.has(number)) }
          : step,
      )
      .filter((step) =>
        "observed" in step ? step.documents.length > 0 : !gone.has(step.document),
      );
  }

  /** The numbers of all documents. */
  documents(): number[] {
    return this.#steps.flatMap((step) => ("observed" in step ? [] : [step.document]));
  }

  clear(): void {
    this.#steps = [];
  }
}
