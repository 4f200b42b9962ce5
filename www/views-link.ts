// Fetches what is needed once something is opened: the views with their script, and the engine. One fetch serves all
// elements of the page.
import { compiledModule, files } from "./core.ts";

type ViewsScript = typeof import("./views.ts");

/** A file of its own, so not for the bundler to follow. */
const viewsPart = new URL("views.js", import.meta.url).href;

let script: Promise<ViewsScript> | undefined;
let attempts = 0;

/** A failed fetch is tried anew by the next call, under another address: browsers remember that a script failed. */
function viewsScript(): Promise<ViewsScript> {
  const address = attempts === 0 ? viewsPart : `${viewsPart}?attempt=${attempts}`;
  script ??= (import(address) as Promise<ViewsScript>).catch((error: unknown) => {
    script = undefined;
    attempts += 1;
    throw error;
  });
  return script;
}

/**
 * The views' script and their compiled module. Resolves when the engine is at hand, too: so whoever waits for the views
 * finds that it cannot be had before a file is handed to it.
 */
export async function fetchViews(): Promise<[ViewsScript, WebAssembly.Module]> {
  const [views, module] = await Promise.all([
    viewsScript(),
    compiledModule(files.views),
    compiledModule(files.engine),
  ]);
  return [views, module];
}

/** Begins to fetch them. That they cannot be had is told when they are needed. */
export function prefetchViews(): void {
  fetchViews().catch(() => undefined);
}
