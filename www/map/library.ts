// The map library (MapLibre GL JS): loaded when a map is first shown, from files that lie unchanged beside this module.
import type * as MapLibre from "maplibre-gl";
import libraryCss from "maplibre-gl/dist/maplibre-gl.css";
import ownCss from "../map.css";
import { NO_LIBRARY } from "./wording.ts";
import { MapUnavailable, type MapAssets } from "./types.ts";

export type Library = typeof MapLibre;

/** Whether this browser can draw the map at all. Cheap enough to ask before loading anything. */
export function webgl2Available(): boolean {
  const canvas = document.createElement("canvas");
  const gl = canvas.getContext("webgl2");
  if (!gl) return false;
  // Browsers keep only some contexts; do not wait for the garbage collector to give this one back.
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return true;
}

const script = "maplibre/maplibre-gl.mjs";

/** Whether there is a library: files that are part of a script have no addresses, and the library is not among them. */
export const hasLibrary = (assets: MapAssets): boolean => assets.url(script) !== null;

/** Loads the library; its worker is the file of that name beside it. */
export async function loadLibrary(assets: MapAssets): Promise<Library> {
  // In a variable, so that bundlers leave the import alone.
  const url = assets.url(script);
  if (url === null) throw new MapUnavailable(NO_LIBRARY);
  try {
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ url)) as Library;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MapUnavailable(
      `The map library could not be loaded (${reason}). Copy the maplibre folder beside the module, and serve .mjs files as JavaScript.`,
    );
  }
}

let sheets: CSSStyleSheet[] | null = null;

function styleSheets(): CSSStyleSheet[] {
  sheets ??= [libraryCss, ownCss].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}

const users = new WeakMap<Document | ShadowRoot, number>();

/** Gives the container's root the map's style sheets; returns what takes them away when the last map there is gone. */
export function adoptStyles(container: HTMLElement): () => void {
  const root = container.getRootNode();
  if (!(root instanceof ShadowRoot) && !(root instanceof Document)) {
    throw new MapUnavailable("The map's container is not in the page.");
  }
  const wanted = styleSheets();
  const count = users.get(root) ?? 0;
  users.set(root, count + 1);
  if (count === 0) root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...wanted];
  let done = false;
  return () => {
    if (done) return;
    done = true;
    const left = (users.get(root) ?? 1) - 1;
    users.set(root, left);
    if (left > 0) return;
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !wanted.includes(sheet));
  };
}
