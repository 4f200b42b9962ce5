// The part that keeps what live sources bring in this browser, where the visitor wants that. Fetched when something is kept, or when
// the list of what is kept is opened: before, no storage is looked at. docs/history.md says what lies where.
export { Keeper } from "./history/keeper.ts";
export type { About, Came, HistoryHost, Identity, Remembered } from "./history/keeper.ts";
export { HistoryError } from "./history/error.ts";
