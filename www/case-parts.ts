// Gathers what goes into a case file: the documents in the order in which they were opened, as the engine gives them.
import type { Engine } from "simscope-core";
import type { DocumentOptions } from "./case/content.ts";
import { Growing } from "./documents.ts";
import { piecesOf } from "./gzip.ts";
import type { CaseParts } from "./messages.ts";
import type { Opened } from "./opened.ts";

/** What of the engine's host is needed for it. */
export interface Turns {
  /** Bytes handed to the engine at once. */
  sliceBytes: number;
  /** Lets everything that is waiting come first; never resolves once the host has ended. */
  next(): Promise<void>;
}

/** A document's text as it goes into a case file; null where it cannot be read any more: its file was moved or changed. */
async function textOf(engine: Engine, blob: Blob, turns: Turns): Promise<Blob | null> {
  const text = new Growing(new Blob());
  const pieces = piecesOf(blob.stream());
  for (;;) {
    const piece = await pieces.next().catch(() => null);
    if (!piece) return null;
    if (piece.done) break;
    for (let at = 0; at < piece.value.length; at += turns.sliceBytes) {
      await turns.next();
      text.append(engine.case_piece(piece.value.subarray(at, at + turns.sliceBytes)));
    }
  }
  // Also where the host ended meanwhile: its engine is not to be called any more.
  await turns.next();
  text.append(engine.case_rest());
  return text.blob();
}

/** Gathers it, with the identifiers masked or not. `kept` are the texts of the documents that are at hand. */
export async function gatherCase(
  engine: Engine,
  opened: Opened,
  kept: Map<number, Blob>,
  mask: boolean,
  turns: Turns,
): Promise<CaseParts> {
  const places = new Map<number, number>();
  const parts: Omit<CaseParts, "view"> = { documents: [], confirmed: [], missing: 0 };
  engine.begin_case(mask);
  for (const step of [...opened.steps]) {
    if ("observed" in step) {
      const documents = [...step.documents].flatMap((number) => places.get(number) ?? []);
      if (documents.length === 0) continue;
      parts.confirmed.push({ after: parts.documents.length, documents, observed: step.observed });
      continue;
    }
    const saved = engine.case_document(step.document, JSON.stringify(step.options));
    if (saved === undefined) continue;
    const blob = kept.get(step.document);
    const text = blob && (await textOf(engine, blob, turns));
    await turns.next();
    if (!text) {
      parts.missing += 1;
      continue;
    }
    places.set(step.document, parts.documents.length);
    parts.documents.push({ blob: text, options: JSON.parse(saved) as DocumentOptions });
  }
  return { ...parts, view: JSON.parse(engine.end_case()) as CaseParts["view"] };
}
