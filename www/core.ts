// The WebAssembly modules: each compiled once per page, and as many instances of it as are asked for. The views' is
// fetched with the first screen, the engine's when something is opened, the live part's (live.ts) with the first provider.
import { createInstance as createEngine } from "simscope-engine";
import { createInstance as createViews } from "simscope-views";

export type { AppHandle, Engine } from "simscope-core";

export interface Part<Instance> {
  file: string;
  create: () => Instance;
  compiled?: Promise<WebAssembly.Module> | undefined;
}

/** The page's views. */
export const views = part("simscope-views.wasm", createViews);
/** The engine: runs in a worker, or on the page where none can start. */
export const engine = part("simscope-engine.wasm", createEngine);

/** A module by its file and the factory of its instances. */
export function part<Instance>(file: string, create: () => Instance): Part<Instance> {
  return { file, create };
}

/** The compiled module; the first call fetches it. A failed fetch is tried anew by the next call. */
export function compiledModule(part: Part<unknown>): Promise<WebAssembly.Module> {
  part.compiled ??= compile(part.file).catch((error: unknown) => {
    part.compiled = undefined;
    throw error;
  });
  return part.compiled;
}

async function compile(file: string): Promise<WebAssembly.Module> {
  const url = new URL(file, import.meta.url);
  const response = await fetch(url).catch((error: unknown) => {
    throw new Error(`${file} could not be fetched from ${url.origin}: ${String(error)}`);
  });
  if (!response.ok) {
    throw new Error(`${file} could not be fetched: the server answered ${response.status}.`);
  }
  const type = response.headers.get("Content-Type")?.split(";")[0]?.trim();
  if (type === "application/wasm") return WebAssembly.compileStreaming(response);
  console.warn(
    `simscope: the server sends ${file} as "${type ?? "no type"}". Send it as application/wasm to start faster.`,
  );
  return WebAssembly.compile(await response.arrayBuffer());
}

interface Startable {
  (source: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  on_panic(callback: (message: string) => void): void;
}

/** A new, initialised instance. `onPanic` hears the message when it panics; the instance is of no use afterwards. */
export async function startInstance<Instance extends Startable>(
  part: Part<Instance>,
  module: WebAssembly.Module,
  onPanic: (message: string) => void,
): Promise<Instance> {
  const instance = part.create();
  await instance({ module_or_path: module });
  instance.on_panic(onPanic);
  return instance;
}
