// What a saved view shows, in a few words.
import type { Span, ViewState } from "../api/types.ts";

const tabs = {
  sims: "SIMs",
  sessions: "sessions",
  events: "events",
  usage: "usage",
  report: "report",
  findings: "findings",
};

/** As the rest of simscope calls it. */
const said = (word: string): string => (word === "provider" ? "vendor" : word);

function lastWords(last: string): string {
  const unit = last.endsWith("h") ? "h" : "d";
  return `last ${last.slice(0, -1)} ${unit}`;
}

const rangeWords = ({ from, to }: Span): string => `${from.slice(0, 10)} – ${to.slice(0, 10)}`;

export function inWords(state: ViewState): string {
  const { filter, last, range, group, colour, sort, tab } = state;
  const parts = [
    filter,
    last ? lastWords(last) : range && rangeWords(range),
    group && (group === "none" ? "not grouped" : `grouped by ${said(group)}`),
    colour && `coloured by ${said(colour)}`,
    sort && `lanes by ${sort}`,
    tab && tabs[tab],
  ];
  return parts.filter(Boolean).join(" · ") || "everything, as at first";
}
