// The view's way to case files: what the engine hands over is written, what was opened is read. The part that does both is fetched
// with the first one.
import { SimScopeError, type ViewState } from "./api/types.ts";
import type { Assets } from "./assets.ts";
import type { CaseContent } from "./case/content.ts";
import type { CaseParts } from "./messages.ts";
import { viewOf } from "./view-state.ts";

type CaseScript = typeof import("./case.ts");

const unavailable =
  "The part of simscope that reads and writes cases could not be fetched. Check the connection and try again; whoever hosts simscope must copy case.js as well.";

/** What the views open, or why they cannot. */
export type Found =
  | (Omit<CaseContent, "view" | "saved"> & { view: Record<string, unknown>; notes: string[] })
  | { code: string; message: string };

async function script(assets: Assets): Promise<CaseScript> {
  try {
    return await assets.script<CaseScript>("case.js");
  } catch (error) {
    console.error("simscope: the part for cases could not be fetched.", error);
    throw new SimScopeError("unavailable", unavailable);
  }
}

/** Reads a ZIP that was opened. Never rejects. */
export async function openCase(assets: Assets, blob: Blob): Promise<Found> {
  try {
    const { readCase } = await script(assets);
    const { content, notes } = await readCase(blob);
    const { documents, confirmed, masked } = content;
    return { documents, confirmed, masked, view: viewOf(content.view), notes };
  } catch (error) {
    const { name, code, message } = error as SimScopeError;
    if (name === "SimScopeError") return { code, message };
    if (name === "CaseError") return { code: "bad_case", message };
    throw error;
  }
}

/** The view as it goes into a case: what follows from the data as the engine says it. */
function viewIn(view: ViewState, { filter, marks }: CaseParts["view"]): ViewState {
  // What the demo fleet is made of is in the case.
  const { demo: _, filter: __, ...rest } = view;
  const told = Object.entries(marks).filter(([, mark]) => mark !== null && mark.length > 0);
  const without = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !Object.hasOwn(marks, name)),
  );
  return {
    ...(without as unknown as ViewState),
    ...(filter && { filter }),
    ...Object.fromEntries(told),
  };
}

/** Writes a case. Rejects with a `SimScopeError`. */
export async function writeCase(
  assets: Assets,
  parts: CaseParts,
  view: ViewState,
  masked: boolean,
): Promise<Blob> {
  const { documents, confirmed } = parts;
  if (documents.length === 0) {
    throw new SimScopeError("nothing_loaded", "Nothing is loaded that could be saved.");
  }
  const { writeCase: write } = await script(assets);
  const content = {
    documents,
    confirmed,
    view: viewIn(view, parts.view),
    masked,
    saved: new Date().toISOString(),
  };
  try {
    return await write(content);
  } catch (error) {
    const { name, message } = error as Error;
    if (name === "CaseError") throw new SimScopeError("bad_case", message);
    throw error;
  }
}

/** What to call it: with the time, so that two of a day stay apart. */
export const caseName = (at: Date): string =>
  `simscope-case-${at.toISOString().slice(0, 16).replace("T", "-").replace(":", "")}.zip`;
