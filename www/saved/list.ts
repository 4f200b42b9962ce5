// The list of saved views that the dialog and the palette show, and what the visitor does with it. Where they are kept is not known
// here: the element hands them in and takes them.
import type { SavedView, ViewState } from "../api/types.ts";
import { readPublic, viewOf } from "../view-state.ts";
import {
  freeName,
  fileText,
  lookOf,
  mostViews,
  nameOf,
  readSavedText,
  type Saved,
} from "./format.ts";
import { readyMade } from "./ready-made.ts";
import { inWords } from "./words.ts";

type Fields = Record<string, unknown>;

/** Where the views are kept. */
export interface Keeper {
  read(): Saved;
  /** Keeps them; false where they are there for this visit alone. */
  write(saved: Saved): boolean;
}

/** What the visitor does. */
export type Change =
  /** `range` is `exact`, `leave`, or what `last` of a state says; a view of that name is replaced with `replace` alone. */
  | { kind: "save"; name: string; range: string; replace: boolean; view: Fields }
  | { kind: "rename"; name: string; to: string }
  | { kind: "remove"; name: string }
  /** Brings back what was removed last. */
  | { kind: "undo" }
  | { kind: "move"; name: string; by: number }
  /** Which one to start with; null for none. */
  | { kind: "start"; name: string | null };

/** An entry of the list: its name, and in words what it shows. */
export interface Entry {
  name: string;
  about: string;
}

/** What the dialog and the palette show. */
export interface Listing {
  views: Entry[];
  ready: Entry[];
  start: string | null;
}

/** What came of a change. */
export interface Outcome {
  done: boolean;
  tone: "good" | "warning" | "bad";
  /** In words; may be empty. */
  text: string;
  /** There is a view of that name: it is to be asked whether it is to be replaced. */
  exists?: boolean;
  /** It can be undone. */
  undo?: boolean;
  listing: Listing;
}

type Result = Omit<Outcome, "listing">;

const good = (text = ""): Result => ({ done: true, tone: "good", text });
const refused = (text: string): Result => ({ done: false, tone: "bad", text });

const badName = "A name has 1 to 80 characters. Type another one.";
const isFull = `${mostViews} views are saved, which is the most. Delete one first.`;
const isGone = "This view is not there any more.";
const notKept =
  "This browser does not keep them: storage is switched off or full. They stay until this page is closed. Export them to keep them.";

const counted = (count: number): string => `${count} ${count === 1 ? "view" : "views"}`;

/** As the views take it: what is chosen stays, and the range where the state holds none. */
export function shownAs(state: ViewState): Fields {
  const { sim: _, session: __, event: ___, demo: ____, span, ...view } = viewOf(state);
  return state.range ? { ...view, span } : view;
}

/** Of one name, the number aside that it may have got, and with the same state. */
const isSame = (kept: SavedView, other: SavedView): boolean =>
  [kept.name, kept.name.replace(/ \(\d+\)$/, "")].includes(other.name) &&
  JSON.stringify(kept.state) === JSON.stringify(other.state);

export class SavedList {
  readonly #keeper: Keeper;
  #removed: { view: SavedView; at: number; wasStart: boolean } | undefined;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  listing(): Listing {
    const { views, start } = this.#keeper.read();
    const entry = ({ name, state }: SavedView): Entry => ({ name, about: inWords(state) });
    const known = views.some(({ name }) => name === start);
    return { views: views.map(entry), ready: readyMade.map(entry), start: known ? start : null };
  }

  /** A view by its name, as the views take it; null where there is none. */
  view(name: string, ready: boolean): Fields | null {
    const all = ready ? readyMade : this.#keeper.read().views;
    const found = all.find((view) => view.name === name);
    return found ? shownAs(found.state) : null;
  }

  /** All of them as the text of a file. */
  file(): string {
    return fileText(this.#keeper.read());
  }

  change(change: Change): Outcome {
    return this.#outcome(this.#changed(change));
  }

  /** Adds the views of a file; those whose name is taken get another one, unless they are the same. */
  bring(text: string): Outcome {
    const { saved, notes } = readSavedText(text);
    const { views, start } = this.#keeper.read();
    const added: SavedView[] = [];
    let [renamed, same, surplus] = [0, 0, 0];
    for (const view of saved.views) {
      const all = [...views, ...added];
      const known = all.some(({ name }) => name === view.name);
      if (all.some((other) => isSame(other, view))) same += 1;
      else if (all.length >= mostViews) surplus += 1;
      else {
        added.push({ ...view, name: freeName(view.name, all) });
        if (known) renamed += 1;
      }
    }
    const kept = !added.length || this.#keeper.write({ views: [...views, ...added], start });
    const parts = [`${counted(added.length)} added.`];
    if (renamed) parts.push(`${renamed} of them got another name, because theirs is taken.`);
    if (same) parts.push(`${counted(same)} were there already.`);
    if (surplus) parts.push(`${counted(surplus)} found no room: ${mostViews} are kept at most.`);
    parts.push(...notes);
    if (!kept) parts.push(notKept);
    const clean = !notes.length && !surplus && kept;
    const tone = clean ? "good" : saved.views.length ? "warning" : "bad";
    return this.#outcome({ done: added.length > 0, tone, text: parts.join(" ") });
  }

  #outcome(result: Result): Outcome {
    return { ...result, listing: this.listing() };
  }

  /** Keeps a changed list. */
  #keep(saved: Saved, result: Result): Result {
    if (this.#keeper.write(saved)) return result;
    return { ...result, tone: "warning", text: `${result.text} ${notKept}`.trim() };
  }

  #changed(change: Change): Result {
    const saved = this.#keeper.read();
    switch (change.kind) {
      case "save":
        return this.#save(saved, change);
      case "rename":
        return this.#rename(saved, change.name, change.to);
      case "remove":
        return this.#remove(saved, change.name);
      case "undo":
        return this.#undo(saved);
      case "move":
        return this.#move(saved, change.name, change.by);
      case "start":
        return this.#keep({ ...saved, start: change.name }, good());
    }
  }

  #save({ views, start }: Saved, change: Extract<Change, { kind: "save" }>): Result {
    const name = nameOf(change.name);
    if (name === undefined) return refused(badName);
    const at = views.findIndex((view) => view.name === name);
    if (at >= 0 && !change.replace) {
      return { done: false, tone: "warning", text: `“${name}” is there already.`, exists: true };
    }
    if (at < 0 && views.length >= mostViews) return refused(isFull);
    const { state, notes } = readPublic(change.view);
    const { range, span, last: _, ...rest } = lookOf(state);
    const look: ViewState = rest;
    if (change.range === "exact") Object.assign(look, { range, span });
    else if (change.range !== "leave") look.last = change.range;
    // What was not there is not written as undefined.
    const view: SavedView = JSON.parse(
      JSON.stringify({ name, state: look, saved: new Date().toISOString() }),
    ) as SavedView;
    const list =
      at < 0 ? [...views, view] : views.map((known, place) => (place === at ? view : known));
    const text = [`“${name}” is saved.`, ...notes].join(" ");
    const tone = notes.length ? "warning" : "good";
    return this.#keep({ views: list, start }, { ...good(text), tone });
  }

  #rename({ views, start }: Saved, from: string, to: string): Result {
    const name = nameOf(to);
    if (name === undefined) return refused(badName);
    const found = views.find((view) => view.name === from);
    if (!found) return refused(isGone);
    if (name === from) return good();
    if (views.some((view) => view.name === name)) {
      return refused(`“${name}” is there already. Type another name.`);
    }
    const list = views.map((view) => (view === found ? { ...view, name } : view));
    return this.#keep({ views: list, start: start === from ? name : start }, good());
  }

  #remove({ views, start }: Saved, name: string): Result {
    const at = views.findIndex((view) => view.name === name);
    const view = views[at];
    if (!view) return refused(isGone);
    const wasStart = start === name;
    this.#removed = { view, at, wasStart };
    const list = views.filter((known) => known !== view);
    const result = { ...good(`“${name}” was deleted.`), undo: true };
    return this.#keep({ views: list, start: wasStart ? null : start }, result);
  }

  #undo({ views, start }: Saved): Result {
    const removed = this.#removed;
    if (!removed) return refused("There is nothing to undo any more.");
    if (views.length >= mostViews) return refused(isFull);
    this.#removed = undefined;
    const name = freeName(removed.view.name, views);
    const list = [...views];
    list.splice(Math.min(removed.at, views.length), 0, { ...removed.view, name });
    const saved = { views: list, start: removed.wasStart ? name : start };
    return this.#keep(saved, good(`“${name}” is back.`));
  }

  #move({ views, start }: Saved, name: string, by: number): Result {
    const at = views.findIndex((view) => view.name === name);
    const to = at + Math.sign(by);
    const [view, other] = [views[at], views[to]];
    if (!view || !other) return good();
    const list = [...views];
    [list[at], list[to]] = [other, view];
    return this.#keep({ views: list, start }, good());
  }
}
