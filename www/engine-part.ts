// The engine's module: runs in a worker, or on the page where none can start. Apart from core.ts, so that a page that has
// opened nothing does not fetch its bindings.
import { createInstance } from "simscope-engine";
import { files, part } from "./core.ts";

export const engine = part(files.engine, createInstance);
