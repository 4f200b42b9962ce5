// The WebAssembly modules: each compiled once per page, and as many instances of it as are asked for. Only the first
// screen's is fetched at once; the views' and the engine's at the first sign of use (views-link.ts), the live part's
// (live.ts) with the first provider.
export interface Part<Instance> {
  file: string;
  create: () => Instance;
}

/** The files of the modules that are fetched together. */
export const files = { views: "simscope-views.wasm", engine: "simscope-engine.wasm" } as const;

/** A module by its file and the factory of its instances. */
export function part<Instance>(file: string, create: () => Instance): Part<Instance> {
  return { file, create };
}

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** The compiled module of a file; the first call fetches it. A failed fetch is tried anew by the next call. */
export function compiledModule(file: string): Promise<WebAssembly.Module> {
  const known = compiled.get(file);
  if (known) return known;
  const module = compile(file).catch((error: unknown) => {
    compiled.delete(file);
    throw error;
  });
  compiled.set(file, module);
  return module;
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
