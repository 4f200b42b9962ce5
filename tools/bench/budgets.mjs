// What the figures are held against.

/** How many times as fast as JavaScript parsing must be. */
export const leastParseRatio = 1.5;
/** How many times as fast as ECharts with a tenth of the sessions a frame must be. */
export const leastPeerRatio = 100;
/** How many times as long as putting the pixels alone a frame may take. */
export const mostBareRatio = 8;
/** Milliseconds that a filter over a million sessions may take in the engine. */
export const mostFilterMs = 80;
/** How many times as long as a frame of the empty map one of a map full of cells may take. */
export const mostMapRatio = 3;
/** Long tasks of the page while a file of 100 MB is read. */
export const mostLongTasks = 0;
/** Bytes that a session may take, counted by `cargo test --test memory`. */
export const mostBytes = 160;
/** How many times as long as reading the same bytes all findings may take. */
export const mostSearchRatio = 3;
/** Precision and recall of each rule of findings, on fleets with planted truth. */
export const leastRuleShare = 0.95;
/** False alarms of each rule in a thousand SIM-days of clean fleets. */
export const mostFalseAlarms = 1;
