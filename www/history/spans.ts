// Over which time a question was answered in full: spans of time in order, none of which touches another.

/** [from, until), milliseconds since the epoch. */
export type Span = [from: number, until: number];

/** The spans with one more. Those that overlap or touch become one; an empty one changes nothing. */
export function withSpan(spans: readonly Span[], more: Span): Span[] {
  const all = [...spans, more].filter(([from, until]) => from < until);
  all.sort((a, b) => a[0] - b[0]);
  const merged: Span[] = [];
  for (const [from, until] of all) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else merged.push([from, until]);
  }
  return merged;
}

/** From the first to the last of several questions' spans; null where there is none. */
export function extentOf(questions: Iterable<readonly Span[]>): Span | null {
  let extent: Span | null = null;
  for (const spans of questions) {
    const [first, last] = [spans[0], spans.at(-1)];
    if (!first || !last) continue;
    extent = extent
      ? [Math.min(extent[0], first[0]), Math.max(extent[1], last[1])]
      : [first[0], last[1]];
  }
  return extent;
}
