// Instances of the WebAssembly modules: as many of each as are asked for.

/** A module by its file and the factory of its instances. */
export interface Part<Instance> {
  file: string;
  create: () => Instance;
}

/** A module by its file and the factory of its instances. */
export function part<Instance>(file: string, create: () => Instance): Part<Instance> {
  return { file, create };
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
