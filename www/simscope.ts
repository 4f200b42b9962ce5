// The entry of the package whose files lie in a folder: where the build says, or where `setAssetBase` says.
import { FolderAssets } from "./assets.ts";
import { define } from "./element.ts";
import { useAssets } from "./page-assets.ts";

export * from "./exports.ts";

/** The folder of the files from this script; the build knows. */
declare const ASSET_FOLDER: string;

// In a variable, so that bundlers leave the address alone. Scripts that are no modules have none.
const here: string | undefined = import.meta.url;
const folder = new FolderAssets(here ? new URL(ASSET_FOLDER, here).href : "");
useAssets(folder);

/**
 * Says in which folder the package's files lie, where a bundler has put this script elsewhere. To be called in the module that
 * imports simscope, before anything is awaited.
 */
export function setAssetBase(base: string | URL): void {
  const url = new URL(base, globalThis.document?.baseURI ?? here);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  folder.base = url.href;
}

define();
