// The files that are fetched when they are needed: where they lie, and each of them once for all elements of the page. Whoever
// needs one is handed an `Assets`, so that a script of a bundle, far away from the files, finds them as one beside them does.

/** The WebAssembly modules that are fetched together. */
export const files = { views: "simscope-views.wasm", engine: "simscope-engine.wasm" } as const;

/** The scripts that are fetched when they are needed. */
export type ScriptName = "views.js" | "live.js" | "map.js" | "case.js" | "history.js";

export interface Assets {
  /** A file by its name, as `fetch` answers: of any status. Rejects where nothing answers. */
  read(name: string, signal?: AbortSignal): Promise<Response>;
  /** The compiled module of a file; the first call fetches it. A failed fetch is tried anew by the next call. */
  module(file: string): Promise<WebAssembly.Module>;
  /** A script; the first call fetches it. A failed fetch is tried anew by the next call. */
  script<Script>(name: ScriptName): Promise<Script>;
  /** A new worker that runs an engine; null where only the page can. */
  worker(): Worker | null;
  /** The address of a file; null where the files have none. */
  url(name: string): string | null;
}

/** Keeps what a name stands for, once it is there; what fails is tried anew. */
class Once<Value> {
  readonly #known = new Map<string, Promise<Value>>();

  get(name: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#known.get(name);
    if (known) return known;
    const made = make().catch((error: unknown) => {
      this.#known.delete(name);
      throw error;
    });
    this.#known.set(name, made);
    return made;
  }

  clear(): void {
    this.#known.clear();
  }
}

/** Files in a folder. */
export class FolderAssets implements Assets {
  readonly #modules = new Once<WebAssembly.Module>();
  readonly #scripts = new Once<unknown>();
  #attempts = 0;
  #base: string;

  /** `base` is the folder's address. */
  constructor(base: string) {
    this.#base = base;
  }

  /** The files lie in another folder from now on. */
  set base(base: string) {
    this.#base = base;
    this.#modules.clear();
    this.#scripts.clear();
  }

  url(name: string): string {
    return new URL(name, this.#base).href;
  }

  read(name: string, signal?: AbortSignal): Promise<Response> {
    return fetch(this.url(name), signal ? { signal } : {});
  }

  module(file: string): Promise<WebAssembly.Module> {
    return this.#modules.get(file, () => compile(file, this.url(file)));
  }

  script<Script>(name: ScriptName): Promise<Script> {
    return this.#scripts.get(name, async () => {
      // Browsers remember that a script failed: another attempt has another address.
      const attempt = this.#attempts === 0 ? "" : `?attempt=${this.#attempts}`;
      // In a variable and marked, so that bundlers leave the import alone.
      const address = this.url(name) + attempt;
      try {
        return (await import(/* @vite-ignore */ /* webpackIgnore: true */ address)) as unknown;
      } catch (error) {
        this.#attempts += 1;
        throw error;
      }
    }) as Promise<Script>;
  }

  /** A worker of this page's origin; for a script from elsewhere (a CDN), a local one that imports it. */
  worker(): Worker {
    const url = this.url("worker.js");
    if (new URL(url).origin === location.origin) return new Worker(url, { type: "module" });
    const importing = new Blob([`import ${JSON.stringify(url)};`], { type: "text/javascript" });
    const local = URL.createObjectURL(importing);
    const worker = new Worker(local, { type: "module" });
    const revoke = () => URL.revokeObjectURL(local);
    worker.addEventListener("message", revoke, { once: true });
    worker.addEventListener("error", revoke, { once: true });
    return worker;
  }
}

async function compile(file: string, address: string): Promise<WebAssembly.Module> {
  const { origin, protocol } = new URL(address);
  if (protocol === "file:" && location.protocol !== "file:") {
    throw new Error(
      `a bundler has put the script of simscope elsewhere, so ${file} is not beside it. Copy the folder "assets" of the package to the site and call setAssetBase with its address.`,
    );
  }
  const response = await fetch(address).catch((error: unknown) => {
    throw new Error(`${file} could not be fetched from ${origin}: ${String(error)}`);
  });
  if (!response.ok) {
    throw new Error(`${file} could not be fetched: the server answered ${response.status}.`);
  }
  const type = response.headers.get("Content-Type")?.split(";")[0]?.trim();
  if (type === "application/wasm") return WebAssembly.compileStreaming(response);
  const bytes = await response.arrayBuffer();
  // Hosts with a single-page fallback send their page, with 200, for what they do not have. Every module begins with a 0.
  if (type === "text/html" && new Uint8Array(bytes)[0] !== 0) {
    throw new Error(
      `the server sent a web page in place of ${file}: copy the whole folder, and leave its files out of a single-page fallback.`,
    );
  }
  console.warn(
    `simscope: the server sends ${file} as "${type ?? "no type"}". Send it as application/wasm to start faster.`,
  );
  return WebAssembly.compile(bytes);
}
