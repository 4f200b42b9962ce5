// The views that everybody has: plain data, in the form of saved ones.
import type { SavedView, ViewState } from "../api/types.ts";

const ready = (name: string, state: Omit<ViewState, "version">): SavedView => ({
  name,
  state: { version: 1, ...state },
});

/** Each answers a question that is asked of every fleet. */
export const readyMade: readonly SavedView[] = [
  ready("Offline over 7 days", {
    filter: "offline>7d",
    tab: "sims",
    pane: "tables",
    tables: { sims: { sort: "offline", descending: true } },
  }),
  ready("Most active SIMs, 30 days", {
    last: "30d",
    tab: "sims",
    pane: "tables",
    tables: { sims: { sort: "sessions", descending: true } },
  }),
  ready("By country", { group: "country", colour: "country", tab: "sims" }),
  ready("Findings", { tab: "findings", pane: "tables" }),
  ready("Report, 30 days", { last: "30d", tab: "report", pane: "tables" }),
];
