// The engine's module: runs in a worker, or on the page where none can start. Apart from assets.ts, so that a page that has
// opened nothing does not fetch its bindings.
import { createInstance } from "simscope-engine";
import { files } from "./assets.ts";
import { part } from "./core.ts";

export const engine = part(files.engine, createInstance);
