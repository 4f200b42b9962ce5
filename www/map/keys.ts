// Which keys the map takes while it has the focus.

/** Arrows move it, plus and minus zoom, 0 shows all places; with Ctrl, Alt or Meta they are the browser's. */
export function takes({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  return /^(Arrow(Up|Down|Left|Right)|[-+=_0])$/.test(key);
}
