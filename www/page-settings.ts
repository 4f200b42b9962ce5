// What the page remembers for the visitor between visits: the theme and the time zone (saved views: page-views.ts). Nothing that was loaded and no
// secret is ever stored.

/** The key in the browser's storage. */
const key = "simscope";

/** The attributes of <sim-scope> that are remembered, with what a value must look like. */
const remembered = {
  theme: /^(light|dark)$/,
  zone: /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/,
} as const;

type Name = keyof typeof remembered;
type Settings = Partial<Record<Name, string>>;

const names = Object.keys(remembered) as Name[];

/** The fields of `from` that can be remembered; everything else, and every other value, is left out. */
function valid(from: unknown): Settings {
  if (typeof from !== "object" || from === null) return {};
  const found: Settings = {};
  for (const name of names) {
    const value = (from as Record<string, unknown>)[name];
    if (typeof value === "string" && remembered[name].test(value)) found[name] = value;
  }
  return found;
}

/** What is stored. A browser that refuses storage, or a text that is none of ours, is an empty memory. */
function stored(): Settings {
  try {
    return valid(JSON.parse(localStorage.getItem(key) ?? "null"));
  } catch {
    return {};
  }
}

/** Sets the remembered attributes on an element; those that are not remembered stay as the page has them. */
export function restoreSettings(element: Element): void {
  for (const [name, value] of Object.entries(stored())) element.setAttribute(name, value);
}

/**
 * Remembers the fields of `changed` that it has: a value this page knows is stored, any other (null, the
 * theme "system") forgets that field. A browser that refuses storage remembers nothing, and everything else works.
 */
export function rememberSettings(changed: unknown): void {
  if (typeof changed !== "object" || changed === null) return;
  const kept = stored();
  for (const name of names) if (name in changed) delete kept[name];
  const settings = { ...kept, ...valid(changed) };
  try {
    if (Object.keys(settings).length) localStorage.setItem(key, JSON.stringify(settings));
    else localStorage.removeItem(key);
  } catch {
    // Storage is switched off or full: the choice holds until the page is closed.
  }
}
