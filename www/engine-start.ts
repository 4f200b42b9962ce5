// Sets one engine going behind a message port: what a worker does, and what the page does where no worker can start.
import { startInstance } from "./core.ts";
import { engine as enginePart } from "./engine-part.ts";
import { EngineHost, type Pace, type Read } from "./engine-host.ts";
import type { FromEngine, ToEngine } from "./messages.ts";

/** The part of a worker's scope or of a MessagePort that a host needs. */
export interface Port {
  postMessage(message: FromEngine, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/**
 * Makes an instance and its engine, and answers on `port` from then on; `read` fetches files of simscope by name. Resolves to
 * what stops it.
 */
export async function startEngine(
  module: WebAssembly.Module,
  port: Port,
  pace: Pace,
  read: Read,
): Promise<() => void> {
  let host: EngineHost | undefined;
  let early: unknown;
  const instance = await startInstance(enginePart, module, (message) => {
    early = message;
    host?.fail(message);
  });
  const engine = new instance.Engine();
  const post: Port["postMessage"] = (message, transfer) => port.postMessage(message, transfer);
  host = new EngineHost(engine, post, pace, read);
  if (early !== undefined) host.fail(early);
  const running = host;
  port.onmessage = (event: MessageEvent<ToEngine>) => running.receive(event.data);
  return () => running.stop();
}
