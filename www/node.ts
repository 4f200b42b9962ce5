// The entry of the package in Node: normalize() reads answers without a browser. A server that renders pages may import it, too:
// the element's class is there, but nothing is defined and nothing is shown.
import { readFile } from "node:fs/promises";
import type { Assets } from "./assets.ts";
import { useAssets } from "./page-assets.ts";

export * from "./exports.ts";

/** The folder of the files from this script; the build knows. */
declare const ASSET_FOLDER: string;

/** The package's files on disk. */
class DiskAssets implements Assets {
  readonly #modules = new Map<string, Promise<WebAssembly.Module>>();

  async read(name: string): Promise<Response> {
    return new Response(await readFile(this.#file(name)));
  }

  module(file: string): Promise<WebAssembly.Module> {
    let module = this.#modules.get(file);
    if (!module) {
      module = readFile(this.#file(file)).then((bytes) => WebAssembly.compile(bytes));
      this.#modules.set(file, module);
    }
    return module;
  }

  script(): Promise<never> {
    return Promise.reject(new Error("simscope shows nothing outside of a browser."));
  }

  worker(): null {
    return null;
  }

  url(): null {
    return null;
  }

  #file(name: string): URL {
    const here = import.meta.url;
    return new URL(ASSET_FOLDER + name, here);
  }
}

useAssets(new DiskAssets());

/** Pages say with it where the files lie; here they are read from the package. */
export function setAssetBase(_base: string | URL): void {
  // Nothing to do.
}
