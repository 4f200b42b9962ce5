// What is wrong with a case, or with what was to be one, in words for the visitor.

/** A case could not be read or written. `message` says what it is and what to do; it is shown as it stands. */
export class CaseError extends Error {
  override readonly name = "CaseError";
}
