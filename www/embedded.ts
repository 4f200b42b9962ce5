// Files that are part of the script itself: for pages that can copy no folder, or whose policy lets nothing be fetched.
import type { Assets, ScriptName } from "./assets.ts";

/** Scripts that are part of this one. */
export type Scripts = Record<ScriptName, unknown>;

/** The bytes that a text in base64 stands for. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

export class EmbeddedAssets implements Assets {
  readonly #files: Record<string, string>;
  readonly #scripts: Scripts;
  readonly #modules = new Map<string, Promise<WebAssembly.Module>>();

  /** `files` are the files by their names, compressed with gzip and in base64. */
  constructor(files: Record<string, string>, scripts: Scripts) {
    this.#files = files;
    this.#scripts = scripts;
  }

  async read(name: string, signal?: AbortSignal): Promise<Response> {
    signal?.throwIfAborted();
    const packed = this.#files[name];
    if (packed === undefined) return new Response(null, { status: 404 });
    const stream = new Blob([bytesOf(packed)]).stream();
    return new Response(stream.pipeThrough(new DecompressionStream("gzip")));
  }

  module(file: string): Promise<WebAssembly.Module> {
    let module = this.#modules.get(file);
    if (!module) {
      module = this.#compile(file);
      this.#modules.set(file, module);
    }
    return module;
  }

  script<Script>(name: ScriptName): Promise<Script> {
    return Promise.resolve(this.#scripts[name] as Script);
  }

  /** A worker's script would have to be fetched, or be let in by the page's policy: the engine runs on the page. */
  worker(): null {
    return null;
  }

  url(): null {
    return null;
  }

  async #compile(file: string): Promise<WebAssembly.Module> {
    const response = await this.read(file);
    if (!response.ok) throw new Error(`${file} is not part of this edition of simscope.`);
    return WebAssembly.compile(await response.arrayBuffer());
  }
}
