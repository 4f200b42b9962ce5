// The part that saves and opens cases: everything that is loaded, with its view, as one file that goes with a support ticket.
// Fetched when the first one is to be saved or opened. docs/case.md says what lies in it.
export { CaseError } from "./case/error.ts";
export type { CaseContent, CaseDocument, Confirmation, DocumentOptions } from "./case/content.ts";
export { readCase, type ReadCase } from "./case/read.ts";
export { writeCase } from "./case/write.ts";
