// What the bench's page can be asked for; each in a page of its own. See README.md.
export { columns } from "./columns.ts";
export { findings } from "./findings.ts";
export { fleetFrames } from "./frames.ts";
export { throughWorker } from "./through-worker.ts";
export { bare } from "./timing.ts";
