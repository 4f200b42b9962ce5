// Saved views in the browser's storage: what is there is handed to the element, what it changes is written, another tab's changes are
// taken over, and a storage that is damaged or refused loses nothing.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { SavedView } from "../../www/api/types.ts";
import type { SimScopeElement } from "../../www/element.ts";
import { KeptViews } from "../../www/page-views.ts";
import { readSavedText, storedText } from "../../www/saved/format.ts";

const key = "simscope-views";
const views: SavedView[] = [{ name: "A", state: { version: 1, filter: "open" } }];

/** A browser's storage and its event, and an element that keeps what it is given. */
class Bench {
  readonly stored = new Map<string, string>();
  readonly told: string[] = [];
  refuses = false;
  readonly element = {
    savedViews: [] as SavedView[],
    startView: null as string | null,
    tell: (_: string, text: string) => this.told.push(text),
  };
  readonly #listeners: ((event: unknown) => void)[] = [];

  start(): KeptViews {
    const attempt = <Result>(work: () => Result): Result => {
      if (this.refuses) throw new DOMException("The operation is insecure.", "SecurityError");
      return work();
    };
    const storage = {
      getItem: (name: string) => attempt(() => this.stored.get(name) ?? null),
      setItem: (name: string, text: string) => attempt(() => this.stored.set(name, text)),
    };
    const listen = (_: string, listener: (event: unknown) => void) =>
      this.#listeners.push(listener);
    Object.assign(globalThis, { localStorage: storage, addEventListener: listen });
    return new KeptViews(this.element as unknown as SimScopeElement);
  }

  /** Another tab wrote. */
  another(text: string | null, name: string | null = key): void {
    if (text === null) this.stored.delete(key);
    else this.stored.set(key, text);
    for (const listener of this.#listeners) listener({ key: name });
  }
}

/** The visitor changed the views; whether they were kept. */
function changed(kept: KeptViews): boolean {
  const event = new Event("simscope-views", { cancelable: true });
  kept.changed(event);
  return !event.defaultPrevented;
}

afterEach(() => {
  for (const name of ["localStorage", "addEventListener"]) Reflect.deleteProperty(globalThis, name);
});

test("what was written is there at the next visit, and nothing is written before", () => {
  const bench = new Bench();
  const kept = bench.start();
  assert.equal(bench.stored.size, 0);
  Object.assign(bench.element, { savedViews: views, startView: "A" });
  assert.ok(changed(kept));
  Object.assign(bench.element, { savedViews: [], startView: null });
  bench.start();
  assert.deepEqual(bench.element.savedViews, views);
  assert.equal(bench.element.startView, "A");
  assert.deepEqual([...bench.stored.keys()], [key]);
  assert.deepEqual(bench.told, []);
});

test("another tab's changes are taken over, other keys are not", () => {
  const bench = new Bench();
  bench.start();
  bench.another(storedText({ views, start: "A" }));
  assert.deepEqual(bench.element.savedViews, views);
  bench.another("{", "simscope");
  assert.deepEqual(bench.element.savedViews, views);
  bench.another(null, null);
  assert.deepEqual([bench.element.savedViews, bench.element.startView], [[], null]);
  assert.deepEqual(bench.told, []);
});

test("what cannot be read is told once, and is copied before it is written over", () => {
  for (const text of ["{", '{"version":9,"views":[]}', '{"version":1,"views":[7]}']) {
    const bench = new Bench();
    bench.stored.set(key, text);
    const kept = bench.start();
    assert.equal(bench.told.length, 1, text);
    assert.match(bench.told[0] ?? "", /copied to the key simscope-views-unread/);
    assert.equal(bench.stored.get(key), text);
    bench.element.savedViews = views;
    assert.ok(changed(kept));
    assert.equal(bench.stored.get(`${key}-unread`), text);
    assert.deepEqual(readSavedText(bench.stored.get(key) ?? "").saved.views, views);
    // What is whole is written over without a copy.
    assert.ok(changed(kept));
    assert.equal(bench.stored.get(`${key}-unread`), text);
  }
});

test("where storage is refused, the event says that they are not kept", () => {
  const bench = new Bench();
  bench.refuses = true;
  const kept = bench.start();
  bench.element.savedViews = views;
  assert.equal(changed(kept), false);
  assert.deepEqual(bench.element.savedViews, views);
  bench.refuses = false;
  assert.ok(changed(kept));
});
