// What goes wrong with the browser's storage, in words for the visitor.

/** `message` says what it is and what to do; it is shown as it stands. */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
}

const texts: Record<string, string> = {
  QuotaExceededError:
    "The browser's storage is full: what came since was not kept. It stays on screen, and what was kept before stays kept. Delete the history of a source, or free disk space, and keep it again.",
  VersionError:
    "The kept history was written by a newer version of simscope. Reload this page to get that version; nothing was changed.",
  NotFoundError:
    "The kept history is not as simscope left it, so nothing was read or changed. Reload this page; where that does not help, delete it with the browser's own settings for site data.",
};

const refused =
  "This browser keeps nothing for this page: in a private window, or where site data is blocked, there is no storage. Use an ordinary window, or let this page keep data. What is on screen stays.";

export const elsewhereOlder =
  "An older version of simscope is open in another tab and holds on to the kept history. Close or reload that tab, and try again.";

export const elsewhereNewer =
  "Another tab deletes the kept history, or has a newer version of simscope: this tab has let go of it and keeps nothing more. Reload this page to go on.";

export const elsewhereDeleted =
  "The history of this source was deleted, maybe in another tab: nothing more is kept. Keep it again to begin anew.";

/** Any failure of the storage in words. */
export function historyError(error: unknown): HistoryError {
  if (error instanceof HistoryError) return error;
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  return new HistoryError(texts[name] ?? refused, { cause: error });
}
