// The WebAssembly core as wasm-bindgen binds it (src/embed/). The build gives the name "simscope-core" to its output.
declare module "simscope-core" {
  /** The running views of one element; `free` unmounts them. */
  export interface AppHandle {
    receive(message: unknown): void;
    free(): void;
  }

  /** One outgoing message of the engine. */
  export interface Outgoing {
    body: ArrayBuffer;
    buffers: ArrayBuffer[];
  }

  /** The engine of one element. Every call may throw; after a panic, every call traps. */
  export interface Engine {
    command(body: Uint8Array): void;
    begin(document: number, optionsJson: string): void;
    push(document: number, bytes: Uint8Array): void;
    finish(document: number): void;
    fail(document: number, message: string): void;
    /** Works for about `budgetMs`; `nowMs` is the present time since the epoch. True when more work waits. */
    step(budgetMs: number, nowMs: number): boolean;
    take(): Outgoing | undefined;
    free(): void;
  }

  /** One instance: initialise it, then use its classes. */
  export interface Instance {
    initSync(source: { module: WebAssembly.Module }): unknown;
    (source: { module_or_path: WebAssembly.Module }): Promise<unknown>;
    on_panic(callback: (message: string) => void): void;
    start_app(
      root: HTMLElement,
      send: (message: unknown, transfer: Transferable[]) => void,
      options: unknown,
    ): AppHandle;
    Engine: new () => Engine;
  }

  /** A new instance with a scope of its own, not yet initialised. */
  export function createInstance(): Instance;
}

declare module "*.css" {
  const text: string;
  export default text;
}
