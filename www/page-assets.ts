// The one `Assets` of this page's elements.
import type { Assets } from "./assets.ts";

let current: Assets | undefined;

/** Where the elements of this page find their files. */
export function assets(): Assets {
  if (!current) throw new Error("simscope: its entry has not said where its files are.");
  return current;
}

/** Says where they are; the entry of the package does. */
export function useAssets(given: Assets): void {
  current = given;
}
