// The WebAssembly core: compiled once per page, and as many instances of it as are asked for.
import { createInstance, type Instance } from "simscope-core";

export type { AppHandle, Engine, Instance } from "simscope-core";

let compiled: Promise<WebAssembly.Module> | undefined;

/** The compiled module; the first call fetches it. A failed fetch is tried anew by the next call. */
export function coreModule(): Promise<WebAssembly.Module> {
  compiled ??= compile(new URL("simscope.wasm", import.meta.url)).catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}

async function compile(url: URL): Promise<WebAssembly.Module> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new Error(`simscope.wasm could not be fetched from ${url.origin}: ${String(error)}`);
  });
  if (!response.ok) {
    throw new Error(`simscope.wasm could not be fetched: the server answered ${response.status}.`);
  }
  const type = response.headers.get("Content-Type")?.split(";")[0]?.trim();
  if (type === "application/wasm") return WebAssembly.compileStreaming(response);
  console.warn(
    `simscope: the server sends simscope.wasm as "${type ?? "no type"}". Send it as application/wasm to start faster.`,
  );
  return WebAssembly.compile(await response.arrayBuffer());
}

/** A new, initialised instance. `onPanic` hears the message when it panics; the instance is of no use afterwards. */
export async function startInstance(
  module: WebAssembly.Module,
  onPanic: (message: string) => void,
): Promise<Instance> {
  const instance = createInstance();
  await instance({ module_or_path: module });
  instance.on_panic(onPanic);
  return instance;
}
